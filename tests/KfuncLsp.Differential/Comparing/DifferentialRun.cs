using System.Globalization;
using System.Text;
using KfuncLsp.Differential.Generating;
using KfuncLsp.Differential.Interpreting;
using KfuncLsp.Ir;

namespace KfuncLsp.Differential.Comparing;

/// <summary>What to compare.</summary>
/// <remarks>Units: <see cref="PerFile"/> in functions, <see cref="InputsPerFunction"/> in calls.</remarks>
public sealed record DifferentialOptions
{
    public int Functions { get; init; } = 10_000;
    public int Seed { get; init; } = 1;
    public int PerFile { get; init; } = 100;
    public int InputsPerFunction { get; init; } = 5;

    /// <summary>How the reference is compiled.</summary>
    public string Optimisation { get; init; } = "-O1";

    /// <summary>A file to trace in place of a generated one.</summary>
    public string? File { get; init; }

    /// <summary>Where files with a difference are kept; null keeps none.</summary>
    public string? Keep { get; init; }
}

/// <summary>What came out.</summary>
/// <remarks>Units: <see cref="Functions"/> counts each generated function with the wrapper that calls it as one.</remarks>
public sealed record DifferentialResult(int Functions, int Calls, IReadOnlyList<string> Differences, IReadOnlyDictionary<string, int> NotCompared);

/// <summary>The same C, compiled for this machine and lowered to IR that is interpreted: the results must be equal.</summary>
public static class DifferentialRun
{
    /// <summary>Whether there is a compiler to compare with.</summary>
    public static bool CanRun => HostRun.FindClang() is not null;

    public static async Task<DifferentialResult> Run(DifferentialOptions options, TextWriter log)
    {
        var clang = HostRun.FindClang() ?? throw new InvalidOperationException("clang is not installed");
        var differences = new List<string>();
        var notCompared = new Dictionary<string, int>();
        var (functions, calls) = (0, 0);
        for (var file = 0; functions < options.Functions; file++)
        {
            var count = Math.Min(options.PerFile, options.Functions - functions);
            var seed = options.Seed + file;
            var text = UnitGenerator.Generate(seed, count);
            var inputs = Inputs.For(seed, options.InputsPerFunction);
            var before = differences.Count;
            var reference = Task.Run(() => HostRun.Results(clang, text, count, inputs, options.Optimisation));
            var unit = LoweredUnit.Of("generated.bpf.c", Encoding.UTF8.GetBytes(text), ["-target", "bpf", .. HostRun.Dialect]);
            Compare(unit, await reference, seed, count, inputs, differences, notCompared);
            functions += count;
            calls += count * inputs.Length;
            if (differences.Count > before && options.Keep is { } directory)
                await System.IO.File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(directory).FullName, $"seed{seed}.c"), text);
            foreach (var difference in differences.Skip(before)) await log.WriteLineAsync(difference);
            await log.WriteLineAsync($"seed {seed}: {functions} functions, {differences.Count} differences, {notCompared.Values.Sum()} not compared");
        }
        return new(functions, calls, differences, notCompared);
    }

    private static void Compare(
        UnitIr unit, ulong[] expected, int seed, int count, ulong[][] inputs, List<string> differences, Dictionary<string, int> notCompared)
    {
        if (unit.Functions.Length == 0)
            throw new InvalidOperationException($"nothing was lowered: {string.Join("; ", unit.Issues.Select(i => i.Message))}");
        foreach (var issue in unit.Issues.Where(i => i.Function is null)) Count($"issue: {issue.Message}");
        var interpreter = new Interpreter(unit);
        for (var f = 0; f < count; f++)
            for (var i = 0; i < inputs.Length; i++)
            {
                var arguments = inputs[i].Select(n => (long)n).ToArray();
                var call = string.Create(CultureInfo.InvariantCulture, $"seed {seed}: t{f}({string.Join(", ", inputs[i])})");
                try
                {
                    var actual = (ulong)interpreter.Run($"t{f}", arguments);
                    if (actual == expected[f * inputs.Length + i]) continue;
                    differences.Add($"{call} is {expected[f * inputs.Length + i]} in C and {actual} in the IR");
                }
                catch (IrFault fault)
                {
                    differences.Add($"{call}: {fault.Message}");
                }
                catch (NotInterpreted reason)
                {
                    Count(reason.Message);
                }
                break;
            }

        void Count(string reason) => notCompared[reason] = notCompared.GetValueOrDefault(reason) + 1;
    }
}
