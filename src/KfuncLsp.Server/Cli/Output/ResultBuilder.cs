using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Workspace.Checking;

namespace KfuncLsp.Server.Cli.Output;

/// <summary>Turns checked files into what is printed of them.</summary>
public static class ResultBuilder
{
    /// <summary>One file, checked once for each of its compile commands.</summary>
    /// <remarks>
    /// Shape: where commands disagree the worst verdict counts (rejected, inconclusive, accepted), and all findings and issues are listed once.
    /// <paramref name="nameOf"/> gives a kernel as it is printed.
    /// </remarks>
    public static FileResult Build(string path, IReadOnlyList<CheckedFile> checks, Func<KernelVersion, string> nameOf)
    {
        var programs = new List<ProgramResult>();
        var issues = new List<IssueResult>();
        foreach (var check in checks)
        {
            foreach (var issue in check.Issues.Concat(check.Command.Issues).Concat(check.Unit.Issues))
                if (!check.HiddenNotes.Contains((NamedRules.NotAnalysed.Id, issue.Where))) AddIssue(issues, new(Slug(issue.Kind), issue.Message, issue.Where) { Function = Display(issue.Function) });
            var places = new PlaceResolver(check.Unit);
            foreach (var report in check.Reports)
            {
                foreach (var program in report.Programs)
                {
                    AddVerdict(programs, program, nameOf(report.Kernel));
                    foreach (var issue in program.Issues)
                        if (!check.HiddenNotes.Contains((NamedRules.Inconclusive.Id, places.Resolve(issue.Where)))) AddIssue(issues, new(IssueResult.Inconclusive, issue.Reason, places.Resolve(issue.Where))
                        {
                            Function = Display(issue.Where.Function),
                            Program = Display(program.Name),
                            Kernels = [nameOf(report.Kernel)],
                        });
                }
            }
        }

        return new(path)
        {
            Programs = [.. programs],
            Findings = FindingsOf(checks),
            Issues = [.. issues],
            Suppressed = [.. checks.SelectMany(c => c.Suppressed).DistinctBy(s => (s.Finding.Finding.Rule, s.Finding.Where, s.Finding.Programs.FirstOrDefault("")))],
        };
    }

    /// <summary>A suppression that one compile command needs is not unused.</summary>
    private static ImmutableArray<MergedFinding> FindingsOf(IReadOnlyList<CheckedFile> checks)
    {
        var unused = NamedRules.UnusedSuppression.Id;
        return FindingMerger.Combine(checks.Select(c => c.Findings))
            .RemoveAll(f => f.Finding.Rule == unused && !checks.All(c => c.Findings.Any(o => o.Finding.Rule == unused && o.Where == f.Where && o.Finding.Message == f.Finding.Message)));
    }

    /// <summary>The name that a person knows: without the prefix that <c>BPF_PROG</c> adds.</summary>
    public static string Display(string? function) =>
        function is null ? "" : FunctionIr.ProgramOf(function) ?? function;

    private static void AddVerdict(List<ProgramResult> programs, ProgramReport program, string kernel)
    {
        var name = Display(program.Name);
        var at = programs.FindIndex(p => p.Name == name && p.Section == program.Section);
        if (at < 0)
        {
            at = programs.Count;
            programs.Add(new(name, program.Section, KernelNames.Spell(program.Kind?.Type ?? ProgramType.Unspec), program.Kind?.IsSleepable ?? false));
        }

        var known = programs[at].Verdicts;
        var verdict = known.FindIndex(v => v.Key == kernel);
        programs[at] = programs[at] with
        {
            Verdicts = verdict < 0 ? known.Add(new(kernel, program.Verdict))
                : known.SetItem(verdict, new(kernel, Worse(known[verdict].Value, program.Verdict))),
        };
    }

    private static int FindIndex<T>(this ImmutableArray<T> items, Predicate<T> matches)
    {
        for (var i = 0; i < items.Length; i++)
            if (matches(items[i])) return i;
        return -1;
    }

    private static Verdict Worse(Verdict a, Verdict b) =>
        a == Verdict.Rejected || b == Verdict.Rejected ? Verdict.Rejected
        : a == Verdict.Inconclusive || b == Verdict.Inconclusive ? Verdict.Inconclusive : Verdict.Accepted;

    private static void AddIssue(List<IssueResult> issues, IssueResult issue)
    {
        var same = issues.FindIndex(i => i.Kind == issue.Kind && i.Reason == issue.Reason && i.Where == issue.Where
            && (i.Function ?? "") == (issue.Function ?? "") && i.Program == issue.Program);
        if (same < 0) issues.Add(issue);
        else issues[same] = issues[same] with { Kernels = [.. issues[same].Kernels.Union(issue.Kernels)] };
    }

    private static string Slug(UnitIssueKind kind) => kind switch
    {
        UnitIssueKind.Unreadable => IssueResult.Unreadable,
        UnitIssueKind.NotParsed => IssueResult.NotParsed,
        UnitIssueKind.CompileError => IssueResult.CompileError,
        UnitIssueKind.NotAnalysed => "not-analysed",
        UnitIssueKind.MissingHeader => IssueResult.MissingHeader,
        UnitIssueKind.MissingMacro => "missing-macro",
        UnitIssueKind.Flags => "flags",
        UnitIssueKind.Vmlinux => "vmlinux",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "a kind of issue without a name"),
    };
}
