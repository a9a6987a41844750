using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Mutation.Compiling;
using KfuncLsp.Registry;
using KfuncLsp.Scoreboard;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Configuration;

namespace KfuncLsp.Mutation.Comparing;

/// <summary>Edits programs that a kernel accepts, asks the kernel and the analyser about each, and compares.</summary>
internal sealed class MutationRun(MutationOptions options, IUnitSource units, TextWriter log)
{
    /// <summary>Longer than this no answer may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<ImmutableArray<Mutant>> RunAsync(string repository, CancellationToken cancel)
    {
        var folder = CorpusFolder.Programs(repository);
        var files = Label.ReadAll(CorpusFolder.Labels(repository)).Where(l => l.Kernel == options.Kernel && l.File.Contains(options.Only, StringComparison.Ordinal))
            .GroupBy(l => l.File).Where(g => g.All(l => !l.IsRejected)).Select(g => g.Key).Order(StringComparer.Ordinal).ToList();
        var model = KernelModels.For(KernelVersion.Parse(options.Kernel) ?? default) ?? throw new InvalidOperationException($"no model of {options.Kernel}");
        var scratch = Directory.CreateTempSubdirectory("kfunc-lsp-mutation-").FullName;
        try
        {
            var flags = File.ReadAllLines(Path.Combine(folder, "..", "compile_flags.txt")).Where(l => l.Length > 0);
            var clang = new Clang(Environment.GetEnvironmentVariable("CLANG") ?? "clang-19", Path.Combine(folder, ".."),
                [.. options.IncludeArguments, .. flags, "-O2", "-g"]);
            var mutants = await new MutantMaker(options, model, clang, folder).MakeAsync(files, scratch, cancel);
            log.WriteLine($"seed {options.Seed}, kernel {options.Kernel}: {mutants.Length} mutants of {mutants.Select(m => m.File).Distinct().Count()} programs");
            var labels = await new KernelOracle(Path.Combine(repository, "tests", "oracle", "label"), options.Kernel, options.Loader)
                .AskAsync([.. mutants.Select(m => Path.Combine(scratch, m.Name + ".o"))], scratch, cancel);
            var byName = labels.ToLookup(l => Path.GetFileNameWithoutExtension(l.File));
            var judge = new Judge(units, []);
            var judged = ImmutableArray.CreateBuilder<Mutant>();
            // A file at a time: its translation unit is parsed again with each mutant's text.
            foreach (var mutant in mutants.OrderBy(m => m.File, StringComparer.Ordinal).ThenBy(m => m.Number))
                judged.Add(await JudgeAsync(mutant, [.. byName[mutant.Name]], judge, folder, cancel));
            return judged.ToImmutable();
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private async Task<Mutant> JudgeAsync(Mutant mutant, ImmutableArray<Label> labels, Judge judge, string folder, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        var checker = new FileChecker(units, new CheckSettings { Kernels = [options.Kernel], ClangArguments = options.IncludeArguments }, OwnKernels.None);
        try
        {
            var answer = await checker.CheckAsync(Path.Combine(folder, mutant.File), Encoding.Latin1.GetBytes(mutant.Text), patience.Token);
            return mutant with { Outcomes = [.. labels.Select(l => judge.Compare(l, options.Kernel, answer.Checks.FirstOrDefault(), answer.Refusal?.Message ?? ""))] };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return mutant with { Failure = $"no answer within {Patience.TotalSeconds:F0} s" };
        }
        catch (Exception ours) when (ours is not OperationCanceledException)
        {
            return mutant with { Failure = $"internal error: {ours.GetType().Name}: {ours.Message}" };
        }
    }
}
