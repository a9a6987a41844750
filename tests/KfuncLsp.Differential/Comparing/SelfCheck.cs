using KfuncLsp.Differential.Generating;

namespace KfuncLsp.Differential.Comparing;

/// <summary>Looks for undefined behaviour in what the generator writes, so that a difference is never the generator's fault.</summary>
internal static class SelfCheck
{
    /// <summary>Compares optimised results with unoptimised ones that trap on undefined behaviour; an exit code.</summary>
    public static int Run(DifferentialOptions options, TextWriter log)
    {
        const string Checked = "-O0 -fsanitize=undefined -fno-sanitize=alignment -fsanitize-trap=undefined";
        var clang = HostRun.FindClang()!;
        var bad = 0;
        for (var done = 0; done < options.Functions; done += options.PerFile)
        {
            var seed = options.Seed + done / options.PerFile;
            var text = UnitGenerator.Generate(seed, options.PerFile);
            var inputs = Inputs.For(seed, options.InputsPerFunction);
            try
            {
                var optimised = HostRun.Results(clang, text, options.PerFile, inputs, options.Optimisation);
                var plain = HostRun.Results(clang, text, options.PerFile, inputs, Checked);
                for (var i = 0; i < optimised.Length; i++)
                {
                    if (optimised[i] == plain[i]) continue;
                    log.WriteLine($"seed {seed}: t{i / inputs.Length}, input {i % inputs.Length}: {optimised[i]} and {plain[i]}");
                    bad++;
                }
            }
            catch (InvalidOperationException failure)
            {
                log.WriteLine($"seed {seed}: {failure.Message}");
                bad++;
            }
        }
        log.WriteLine($"{options.Functions} functions, {bad} with undefined behaviour");
        return bad == 0 ? 0 : 1;
    }
}
