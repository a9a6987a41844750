using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Scoreboard;

/// <summary>Runs the analyser over labelled programs.</summary>
public sealed class Judge(IUnitSource units, ImmutableArray<string> clangArguments)
{
    private readonly Dictionary<string, MessageClasses> _classes = new(StringComparer.Ordinal);

    /// <summary>An outcome for each label of these kernels, in the labels' order.</summary>
    /// <remarks>
    /// Shape: labels, the folder that their files are in → outcomes. A label without a kernel is taken for the only one that is asked for.
    /// Errors: a file that is not there, or on which the analyser fails, gives outcomes without a prediction.
    /// </remarks>
    public async Task<ImmutableArray<Outcome>> RunAsync(
        ImmutableArray<Label> labels, string tree, ImmutableArray<string> kernels, Action<string> progress, CancellationToken cancel)
    {
        var wanted = labels.Where(l => kernels.Contains(l.Kernel ?? kernels[0])).ToList();
        var checker = new FileChecker(units, new CheckSettings { Kernels = kernels, ClangArguments = clangArguments }, OwnKernels.None);
        var outcomes = ImmutableArray.CreateBuilder<Outcome>();
        foreach (var file in wanted.GroupBy(l => l.File))
        {
            progress(file.Key);
            var path = Find(tree, file.Key);
            CheckedFile? check = null;
            var why = "";
            try
            {
                var answer = await checker.CheckAsync(path, null, cancel);
                check = answer.Checks.FirstOrDefault();
                why = answer.Refusal?.Message ?? "";
            }
            catch (Exception ours) when (ours is not OperationCanceledException)
            {
                why = $"internal error: {ours.GetType().Name}: {ours.Message}";
            }

            await units.CloseAsync(path);
            foreach (var label in file) outcomes.Add(Compare(label, label.Kernel ?? kernels[0], check, why));
        }

        return outcomes.ToImmutable();
    }

    /// <summary>A labelled file: below the tree, or below a folder above it, as a kernel's programs are that aren't among its BPF selftests.</summary>
    private static string Find(string tree, string file)
    {
        for (var folder = new DirectoryInfo(tree); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, file) is var path && File.Exists(path)) return path;
        return Path.Combine(tree, file);
    }

    /// <summary>A label beside what a check of its program found; <paramref name="why"/> says why there is no check.</summary>
    public Outcome Compare(Label label, string kernel, CheckedFile? check, string why)
    {
        var version = KernelVersion.Parse(kernel);
        var outcome = new Outcome(label, kernel, null) { Classes = label.IsRejected ? ClassesOf(kernel).Of(label.Message) : [""], Why = why };
        if (check is null) return outcome;
        var report = check.Reports.FirstOrDefault(r => r.Kernel == version);
        if (report is null) return outcome with { Why = $"no model of {kernel}" };
        var program = report.Programs.FirstOrDefault(p => p.Name == label.Program || p.Name == "____" + label.Program);
        if (program is null) return outcome with { Why = FirstIssue(check.Unit) ?? "the analyser lists no such program" };

        var places = new PlaceResolver(check.Unit);
        var texts = new SourceTexts();
        var errors = program.Findings.Where(f => f.Severity == Severity.Error)
            .Select(f => new FoundError(f.Rule.Code, f.Condition, f.Message, texts.RangeOf(places.Resolve(f.Where)).Start.Line + 1) { Function = LinesOf(check.Unit, f.Where.Function, texts) });
        return outcome with
        {
            Predicted = program.Verdict,
            Errors = [.. errors],
            Why = program.Verdict == Verdict.Inconclusive ? program.Issues.FirstOrDefault()?.Reason ?? "no reason given" : "",
        };
    }

    private static LineSpan LinesOf(UnitIr unit, string function, SourceTexts texts)
    {
        if (unit.FindFunction(function)?.Anchor is not { } anchor) return default;
        var range = texts[anchor.File].RangeAt(anchor.Start, anchor.Length);
        return new(range.Start.Line + 1, range.End.Line + 1);
    }

    private static string? FirstIssue(UnitIr unit) => unit.Issues.FirstOrDefault()?.Message;

    private MessageClasses ClassesOf(string kernel)
    {
        if (_classes.TryGetValue(kernel, out var classes)) return classes;
        var catalog = KernelVersion.Parse(kernel) is { } version ? KernelModels.For(version)?.Messages : null;
        return _classes[kernel] = new MessageClasses(catalog ?? MessageCatalog.Empty);
    }
}
