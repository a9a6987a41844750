using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Workspace.Checking;

/// <summary>Makes one list of what several kernels say of a unit.</summary>
public static class FindingMerger
{
    /// <summary>The findings of all reports in source order, those about the same mistake of the same program merged into one with its kernels listed.</summary>
    /// <remarks>
    /// Shape: one report per kernel, in the order the kernels were asked for; the first kernel's wording and path stand for all.
    /// Places are in files: a finding in a header's function stands in the header. The main file comes first, headers after it by name.
    /// </remarks>
    public static ImmutableArray<MergedFinding> Merge(UnitIr unit, IEnumerable<UnitReport> reports)
    {
        var places = new PlaceResolver(unit);
        var merged = new Dictionary<Key, MergedFinding>();
        var all = reports.ToList();
        foreach (var report in all)
            foreach (var program in report.Programs)
                // Those in words that are known already come first: another finding of the same call is then one of its own.
                foreach (var finding in program.Findings.OrderBy(f => merged.ContainsKey(KeyOf(f, program.Name)) ? 0 : 1)) Add(finding, program.Name, report.Kernel);

        return InSourceOrder(merged.Values.Select(WithVerdicts), unit.MainFile);

        MergedFinding WithVerdicts(MergedFinding finding) => finding.Programs is [var program] ? finding with { AcceptedOn = AcceptedOn(program, all) } : finding;

        Key KeyOf(Finding finding, string program) =>
            new(finding.Rule, finding.Severity, places.Resolve(finding.Where), finding.Message, finding.Program.Length > 0 ? finding.Program : program);

        void Add(Finding finding, string program, KernelVersion kernel)
        {
            if (finding.Program.Length > 0) program = finding.Program;
            var key = KeyOf(finding, program);
            var where = key.Where;
            if (!merged.ContainsKey(key) && merged.FirstOrDefault(m => m.Key.Program == program && !m.Value.Kernels.Contains(kernel) && m.Value.Finding.IsSameMistakeAs(finding)) is { Value: not null } other) key = other.Key;
            if (!merged.TryGetValue(key, out var first))
                merged[key] = new(finding, where, [kernel])
                {
                    Programs = [program],
                    Steps = [.. finding.Trace.Select(s => new MergedStep(s.Message, places.Resolve(s.Where)))],
                    Words = WithWords([], finding.KernelMessage, [kernel]),
                };
            else if (!first.Kernels.Contains(kernel))
                merged[key] = first with
                {
                    Kernels = first.Kernels.Add(kernel),
                    Finding = first.Finding.KernelMessage.Length > 0 ? first.Finding : first.Finding with { KernelMessage = finding.KernelMessage },
                    Words = WithWords(first.Words, finding.KernelMessage, [kernel]),
                };
        }
    }

    /// <summary>The main file first, headers after it by name, each from top to bottom.</summary>
    internal static ImmutableArray<MergedFinding> InSourceOrder(IEnumerable<MergedFinding> findings, string mainFile) => [.. findings.Order(BySource(mainFile))];

    private static ImmutableArray<KernelVersion> AcceptedOn(string program, List<UnitReport> reports) =>
        [.. reports.Where(r => r.Programs.Any(p => p.Name == program && p.Verdict == Verdict.Accepted)).Select(r => r.Kernel)];

    /// <summary>What a person sees at a place: the same finding of several programs is shown once, with the programs listed.</summary>
    /// <remarks>Shape: findings in source order → the same order; the first program's path stands for all.</remarks>
    public static ImmutableArray<MergedFinding> ByPlace(IEnumerable<MergedFinding> findings) => Unite(findings, _ => "");

    /// <summary>The findings of a file that was checked with several compile commands, each listed once.</summary>
    public static ImmutableArray<MergedFinding> Combine(IEnumerable<ImmutableArray<MergedFinding>> checks)
    {
        var all = checks.ToArray();
        return all.Length == 1 ? all[0] : Unite(all.SelectMany(f => f), f => f.Programs.FirstOrDefault(""));
    }

    private static ImmutableArray<MergedFinding> Unite(IEnumerable<MergedFinding> findings, Func<MergedFinding, string> programOf)
    {
        var order = new List<Key>();
        var merged = new Dictionary<Key, MergedFinding>();
        foreach (var finding in findings)
        {
            var key = new Key(finding.Finding.Rule, finding.Finding.Severity, finding.Where, finding.Finding.Message, programOf(finding));
            if (!merged.TryGetValue(key, out var first))
            {
                order.Add(key);
                merged[key] = finding;
                continue;
            }

            merged[key] = first with
            {
                Programs = [.. first.Programs.Union(finding.Programs)],
                Kernels = [.. first.Kernels.Union(finding.Kernels)],
                AcceptedOn = [.. first.AcceptedOn.Intersect(finding.AcceptedOn)],
                Words = finding.Words.Aggregate(first.Words, (words, next) => WithWords(words, next.Message, next.Kernels)),
            };
        }

        return [.. order.Select(k => merged[k])];
    }

    private static ImmutableArray<KernelWords> WithWords(ImmutableArray<KernelWords> words, string message, ImmutableArray<KernelVersion> kernels)
    {
        if (message.Length == 0) return words;
        for (var i = 0; i < words.Length; i++)
            if (words[i].Message == message) return words.SetItem(i, words[i] with { Kernels = [.. words[i].Kernels.Union(kernels)] });
        return words.Add(new(message, kernels));
    }

    private static Comparer<MergedFinding> BySource(string mainFile) => Comparer<MergedFinding>.Create((a, b) =>
    {
        var order = (a.Where.File != mainFile).CompareTo(b.Where.File != mainFile);
        if (order == 0) order = string.CompareOrdinal(a.Where.File, b.Where.File);
        if (order == 0) order = (a.Where.Start, a.Where.Length).CompareTo((b.Where.Start, b.Where.Length));
        if (order == 0) order = string.CompareOrdinal(a.Finding.Rule.Code, b.Finding.Rule.Code);
        if (order == 0) order = string.CompareOrdinal(a.Programs.FirstOrDefault(), b.Programs.FirstOrDefault());
        return order != 0 ? order : string.CompareOrdinal(a.Finding.Message, b.Finding.Message);
    });

    private readonly record struct Key(RuleId Rule, Severity Severity, FileSpan Where, string Message, string Program);
}
