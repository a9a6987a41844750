using System.Collections.Immutable;
using System.CommandLine;
using KfuncLsp.Extraction;
using KfuncLsp.Frontend.Headers;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Frontend.Process;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Server.Cli.Adoption;
using KfuncLsp.Server.Cli.Output;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Server.Cli;

/// <summary><c>kfunc-lsp check</c>: files and directories → findings in one of the formats, and an exit code.</summary>
public static class CheckCommand
{
    /// <summary>The verb for the command line's parser. <paramref name="clangArguments"/> are what followed <c>--</c>.</summary>
    public static Command Build(CliConsole console, ImmutableArray<string> clangArguments)
    {
        var kernels = CommonOptions.Kernels();
        var registries = CommonOptions.Registries();
        var buildDirectory = CommonOptions.BuildDirectory();
        var format = new Option<string>("--format") { Description = "How findings are printed", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "sarif", "github");
        var fix = new Option<bool>("--fix") { Description = "Mend in the files what can be mended safely, and say what was changed" };
        var adoption = new AdoptionOptions();
        var jobs = new Option<int>("--jobs", "-j") { Description = "Files checked at the same time; 0 is one per core", HelpName = "N" };
        var targets = new Argument<string[]>("FILE|DIR") { Description = "C files, and directories that hold them", Arity = ArgumentArity.OneOrMore };
        targets.Validators.Add(CommonOptions.RefuseOptions);
        var command = new Command("check", "Say what the kernel's verifier would say of the kfunc calls in BPF C files") { kernels, registries, format, buildDirectory, fix, jobs, targets };
        command.SetAction((parsed, cancel) =>
        {
            var settings = new CheckSettings
            {
                Kernels = [.. parsed.GetValue(kernels) ?? []],
                Registries = CommonOptions.Paths(parsed.GetValue(registries), console.Directory),
                BuildDirectory = parsed.GetValue(buildDirectory) is { } build ? Path.GetFullPath(build, console.Directory) : null,
                ClangArguments = clangArguments,
            };
            return RunAsync(
                console, adoption.Read(parsed, console.Directory, new(settings, parsed.GetValue(format)!, [.. parsed.GetValue(targets)!]) { Fix = parsed.GetValue(fix) }),
                () => ParserProcesses.Start(ConfigurationFile.FindFor(console.Directory), parsed.GetValue(jobs)), cancel);
        });
        adoption.AddTo(command);
        return command;
    }

    /// <summary>Checks, prints, and says how it ended.</summary>
    /// <remarks><paramref name="units"/> is asked for once there is something to parse; it is disposed here.</remarks>
    public static async Task<int> RunAsync(CliConsole console, CheckRequest request, Func<IUnitSource> units, CancellationToken cancel)
    {
        var own = new OwnKernels(RegistryFile.Read);
        var selection = TargetKernels.Resolve(request.Settings.Kernels, request.Settings.Over(ConfigurationFile.FindFor(console.Directory)), HostEnvironment.Current, own);
        if (request.Settings is not { Kernels: [], Registries: [] } && selection.Errors.Length > 0)
        {
            foreach (var error in selection.Errors) console.Error.WriteLine($"kfunc-lsp: {error}");
            return ExitCode.BadInput;
        }

        if (request.Settings.BuildDirectory is { } build && !Directory.Exists(build))
        {
            console.Error.WriteLine($"kfunc-lsp: no such build directory: {build}");
            return ExitCode.BadInput;
        }

        var (baseline, mistake) = ReadBaseline(request);
        var (changed, refusal) = request.ChangedSince is { } revision ? ChangedFiles.Since(revision, console.Directory) : (null, "");
        foreach (var error in new[] { mistake, refusal.Length > 0 ? $"--changed-since {request.ChangedSince}: {refusal}" : "" })
        {
            if (error.Length == 0) continue;
            console.Error.WriteLine($"kfunc-lsp: {error}");
            return ExitCode.BadInput;
        }

        var sources = Concerned(SourceFinder.Find(request.Targets, console.Directory, cancel), changed, request, console);
        var names = new PathNames(console.Directory);
        var checks = sources.Files.Length == 0 ? [] : await CheckAllAsync(console, request, own, sources.Files, names, units(), cancel);
        PrintTargets(console, selection, checks);
        var result = WithoutKnown(Collect(sources, checks, selection, names), baseline, request, console);
        Write(result, request.Format, console);

        // A file that was judged for no kernel, or not for all, is not clean.
        return result.ExitCode <= ExitCode.ErrorsFound && checks.Any(o => o.Targets?.Errors.Length > 0) ? ExitCode.BadInput : result.ExitCode;
    }

    private static (Baseline? Baseline, string Error) ReadBaseline(CheckRequest request) =>
        request.Baseline is not { } file ? (null, "")
        : request.UpdatesBaseline && !File.Exists(file) ? (Baseline.Empty(file), "")
        : Baseline.Read(file);

    private static FoundSources Concerned(FoundSources sources, ChangedFiles? changed, CheckRequest request, CliConsole console)
    {
        if (changed is null) return sources;
        var concerned = sources.Files.RemoveAll(f => !changed.Concern(f));
        console.Error.WriteLine($"kfunc-lsp: {concerned.Length} of {sources.Files.Length} files changed since {request.ChangedSince}, or what they include");
        return sources with { Files = concerned };
    }

    /// <summary>Leaves out what the baseline knows, after it was written anew where that was asked for.</summary>
    private static CheckResult WithoutKnown(CheckResult result, Baseline? baseline, CheckRequest request, CliConsole console)
    {
        if (baseline is null) return result;
        if (request.UpdatesBaseline) File.WriteAllText(request.Baseline!, (baseline = baseline.Updated(result)).ToJson());
        var (others, known, gone) = baseline.Apply(result);
        var stale = gone > 0 ? $"; {gone} of its findings are found no more (--update-baseline drops them)" : "";
        if (known + gone > 0) console.Error.WriteLine($"kfunc-lsp: {known} known {(known == 1 ? "finding is" : "findings are")} not reported ({result.Paths[request.Baseline!]}){stale}");
        return others;
    }

    /// <summary>One file's outcome: its check, or the exception that was our fault.</summary>
    private sealed record Outcome(string File, FileCheck? Check, Exception? Fault)
    {
        public TargetSelection? Targets => Check?.Targets;
    }

    private static async Task<Outcome[]> CheckAllAsync(
        CliConsole console, CheckRequest request, OwnKernels own, ImmutableArray<string> files, PathNames names, IUnitSource units, CancellationToken cancel)
    {
        await using var disposed = units;
        var checker = new FileChecker(units, request.Settings, own);
        var outcomes = new Outcome[files.Length];
        using var progress = new ProgressLine(console, files.Length);
        var degree = units is UnitSourcePool pool ? pool.Count : 1;
        await Parallel.ForEachAsync(Enumerable.Range(0, files.Length), new ParallelOptions { MaxDegreeOfParallelism = degree, CancellationToken = cancel }, async (i, token) =>
        {
            progress.Begin(names[files[i]]);
            try
            {
                var check = await checker.CheckAsync(files[i], null, token);
                if (request.Fix && await SafeFixes.ApplyAsync(check, line => console.Error.WriteLine($"kfunc-lsp: {names[files[i]]}:{line}"), token)) check = await checker.CheckAsync(files[i], null, token);
                outcomes[i] = new(files[i], check, null);
                await units.CloseAsync(files[i]);
            }
            catch (Exception e) when (e is not OperationCanceledException || !token.IsCancellationRequested)
            {
                outcomes[i] = new(files[i], null, e);
                console.Error.WriteLine($"kfunc-lsp: {names[files[i]]}: internal error, please report it:\n{e}");
            }

            progress.End();
        });
        return outcomes;
    }

    /// <summary>Says once for which kernels programs were judged, and why for these.</summary>
    private static void PrintTargets(CliConsole console, TargetSelection selection, Outcome[] outcomes)
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var targets in outcomes.Select(o => o.Targets).OfType<TargetSelection>().DefaultIfEmpty(selection))
        {
            if (targets.Kernels.Length > 0) Say($"target kernel {string.Join(", ", targets.Kernels.Select(k => k.Name))} ({targets.Origin})");
            foreach (var text in targets.Notices.Concat(targets.Errors)) Say(text);
        }

        foreach (var problem in outcomes.SelectMany(o => o.Check?.Problems ?? [])) Say(problem.ToString());

        void Say(string text)
        {
            if (said.Add(text)) console.Error.WriteLine($"kfunc-lsp: {text}");
        }
    }

    private static CheckResult Collect(FoundSources sources, Outcome[] outcomes, TargetSelection selection, PathNames names)
    {
        var kernels = outcomes.SelectMany(o => o.Targets?.Kernels ?? []).Concat(outcomes.Length == 0 ? selection.Kernels : [])
            .Select(k => new KeyValuePair<KernelVersion, string>(k.Version, k.Name)).Distinct().ToImmutableArray();
        var result = new CheckResult(kernels, [], new SourceTexts(), names);
        var files = ImmutableArray.CreateBuilder<FileResult>();
        foreach (var (directory, reason) in sources.Problems)
            files.Add(new(names[directory]) { Issues = [new(IssueResult.Unreadable, reason, new FileSpan(directory, 0, 0))] });
        foreach (var outcome in outcomes)
        {
            var name = names[outcome.File];
            files.Add(outcome switch
            {
                { Fault: { } fault } => new(name) { Issues = [new(IssueResult.Internal, $"internal error: {fault.Message}", new(outcome.File, 0, 0))] },
                { Check.Refusal: { } refusal } => new(name) { Issues = [new(IssueResult.Unreadable, refusal.Message, refusal.Where)] },
                { Check: { } check } => ResultBuilder.Build(name, check.Checks, result.NameOf),
                _ => throw new InvalidOperationException("a file without an outcome"),
            });
        }

        return result with { Files = files.ToImmutable() };
    }

    private static void Write(CheckResult result, string format, CliConsole console)
    {
        switch (format)
        {
            case "json": JsonFormat.Write(result, console.Out); break;
            case "sarif": SarifFormat.Write(result, console.Out); break;
            case "github": GithubFormat.Write(result, console.Out); break;
            default: TextFormat.Write(result, console.Out, new Palette(console.OutHasColors)); break;
        }

        console.Out.Flush();
    }
}

/// <summary>What <c>check</c> was asked to do.</summary>
public sealed record CheckRequest(CheckSettings Settings, string Format, ImmutableArray<string> Targets)
{
    /// <summary>Whether safe fixes are written into the files first.</summary>
    public bool Fix { get; init; }

    /// <summary>The full path of the file with the findings that are known; null for none.</summary>
    public string? Baseline { get; init; }

    /// <summary>Whether <see cref="Baseline"/> is written instead of kept to.</summary>
    public bool UpdatesBaseline { get; init; }

    /// <summary>The git revision since which a file must have changed to be checked; null for all.</summary>
    public string? ChangedSince { get; init; }
}
