using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Analysis;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Mutation.Compiling;
using KfuncLsp.Mutation.Editing;
using KfuncLsp.Mutation.Syntax;
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

    /// <summary>So many mutants more are made for each rejection that is missing, at least.</summary>
    private const int PerMissing = 2;

    public async Task<ImmutableArray<Mutant>> RunAsync(string repository, CancellationToken cancel)
    {
        var folder = CorpusFolder.Programs(repository);
        var pool = ReadPool(repository);
        var scratch = Directory.CreateTempSubdirectory("kfunc-lsp-mutation-").FullName;
        try
        {
            var flags = File.ReadAllLines(Path.Combine(folder, "..", "compile_flags.txt")).Where(l => l.Length > 0);
            var clang = new Clang(Environment.GetEnvironmentVariable("CLANG") ?? "clang-19", Path.Combine(folder, ".."),
                [.. options.IncludeArguments, .. flags, "-O2", "-g"]);
            var maker = new MutantMaker(clang, folder, scratch);
            var oracle = new KernelOracle(Path.Combine(repository, "tests", "oracle", "label"), options.Kernel, options.Loader, log);
            var judge = new Judge(units, []);
            var judged = new List<Mutant>();
            // First all kinds in turn; then, a boot each, more of those of which the kernel has not rejected enough.
            for (var mutants = await maker.MakeAsync(pool.Take(pool.KindsLeft), options.Mutants, cancel); mutants.Count > 0; mutants = await MakeMissingAsync(pool, judged, maker, cancel))
            {
                log.WriteLine($"seed {options.Seed}, kernel {options.Kernel}: {mutants.Count} mutants of {mutants.Select(m => m.File).Distinct().Count()} files, {mutants.Select(m => m.Kind).Distinct().Count()} kinds of edit");
                var byName = (await oracle.AskAsync([.. mutants.Select(maker.ObjectOf)], scratch, cancel)).ToLookup(l => Path.GetFileNameWithoutExtension(l.File));
                // A file at a time: its translation unit is parsed again with each mutant's text.
                foreach (var mutant in mutants.OrderBy(m => m.File, StringComparer.Ordinal).ThenBy(m => m.Number))
                    judged.Add(await JudgeAsync(mutant, [.. byName[mutant.Name]], judge, folder, cancel));
            }

            return [.. judged];
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>The edits of the programs that the kernel accepts.</summary>
    public EditPool ReadPool(string repository)
    {
        var folder = CorpusFolder.Programs(repository);
        var files = Label.ReadAll(CorpusFolder.Labels(repository)).Where(l => l.Kernel == options.Kernel && l.File.Contains(options.Only, StringComparison.Ordinal))
            .GroupBy(l => l.File).Where(g => g.All(l => !l.IsRejected)).Select(g => g.Key).Order(StringComparer.Ordinal);
        var model = KernelModels.For(KernelVersion.Parse(options.Kernel) ?? default) ?? throw new InvalidOperationException($"no model of {options.Kernel}");
        return EditPool.Of([.. EditKind.All.Where(k => k.Name.Contains(options.Kind, StringComparison.Ordinal))], files, Parse, model, new Random(options.Seed));

        SyntaxTree? Parse(string file)
        {
            var path = Path.Combine(folder, file);
            var command = CompileCommandResolver.Resolve(path, CompileSettings.Default with { ExtraArguments = options.IncludeArguments })[0];
            return SyntaxTree.Parse(path, command.Arguments);
        }
    }

    /// <summary>A label of a whole object is taken for that of the program in which the analyser finds something, if there is one.</summary>
    private static Label OfAProgram(Label label, CheckedFile? check) => label.Program.Length > 0 || check?.Reports.FirstOrDefault() is not { Programs: [var first, ..] programs }
        ? label : label with { Program = (programs.FirstOrDefault(p => p.Verdict == Verdict.Rejected) ?? first).Name };

    /// <summary>More mutants of each kind that lacks rejections: as many as the kernel, rejecting as often as before, needs.</summary>
    private async Task<IReadOnlyList<Mutant>> MakeMissingAsync(EditPool pool, List<Mutant> judged, MutantMaker maker, CancellationToken cancel)
    {
        var made = new List<Mutant>();
        foreach (var kind in pool.KindsLeft)
        {
            var before = judged.Where(m => m.Kind == kind).ToList();
            var rejected = before.Sum(m => m.Outcomes.Count(KfuncRejection.Is));
            var count = (options.Rejected - rejected) * Math.Max(PerMissing, before.Count / Math.Max(1, rejected) + 1);
            count = Math.Min(count, options.Most - before.Count);
            if (count > 0) made.AddRange(await maker.MakeAsync(pool.Take(new HashSet<EditKind> { kind }), count, cancel));
        }

        return made;
    }

    private async Task<Mutant> JudgeAsync(Mutant mutant, ImmutableArray<Label> labels, Judge judge, string folder, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        var checker = new FileChecker(units, new CheckSettings { Kernels = [options.Kernel], ClangArguments = options.IncludeArguments }, OwnKernels.None);
        try
        {
            var answer = await checker.CheckAsync(Path.Combine(folder, mutant.File), Encoding.Latin1.GetBytes(mutant.Text), patience.Token);
            var check = answer.Checks.FirstOrDefault();
            // What libbpf refuses for another reason than the edit (assembly alone names a kfunc: clang gives it no BTF) is no kernel's verdict.
            return mutant with { Outcomes = [.. labels.Where(l => l.Program.Length > 0 || mutant.Kind.ChangesOnlyDeclarations).Select(l => judge.Compare(OfAProgram(l, check), options.Kernel, check, answer.Refusal?.Message ?? ""))] };
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
