using System.Text;
using KfuncLsp.Analysis.Rules;
using KfuncLsp.Registry;

namespace KfuncLsp.Scoreboard;

/// <summary>Writes <c>docs/parity.md</c>: what the verifier says of kfuncs, and which of it we predict.</summary>
public static class ParityPage
{
    public static string Write(Baseline baseline)
    {
        var models = KernelModels.Versions.Select(v => KernelModels.For(v)!).ToList();
        var rules = RuleCatalog.All.SelectMany(r => r.Conditions.Select(c => (Condition: c, Rule: r))).ToLookup(x => x.Condition, x => x.Rule);
        var conditions = models.SelectMany(m => m.Messages.Conditions).Distinct().Order(StringComparer.Ordinal).ToList();
        var rows = conditions.Select(c => new Row(c, models, [.. rules[c]], baseline)).ToList();
        var page = new StringBuilder();
        page.Append($"""
            # Parity with the verifier

            Every condition under which the kernel rejects a program for what it does with kfuncs, by our name of its message.
            Made by `tests/corpus/scoreboard parity` from the rules, the kernel models and the corpus's counts; a test keeps it true.

            | | conditions |
            |---|---|
            | covered | {rows.Count(r => r.Status == Row.Covered)} |
            | approximated | {rows.Count(r => r.Status == Row.Approximated)} |
            | not yet | {rows.Count(r => r.Status == Row.NotYet)} |

            *Covered*: a rule reports it. *Approximated*: a rule reports it, and some programs of the corpus that the kernel rejects
            with this message are not found. *Not yet*: no rule reports it; such a program is accepted or inconclusive here.
            The last columns are the corpus's rejected programs with this message: found of all.

            | condition | kernels | rule | status |{string.Concat(baseline.Kernels.Keys.Select(k => $" {k} |"))}
            |---|---|---|---|{string.Concat(baseline.Kernels.Keys.Select(_ => "---|"))}

            """);
        foreach (var row in rows) page.Append(row.Text).Append('\n');
        return page.ToString();
    }

    private sealed class Row
    {
        public const string Covered = "covered", Approximated = "approximated", NotYet = "not yet";

        public Row(string condition, List<KernelModel> models, List<RuleInfo> rules, Baseline baseline)
        {
            var counts = baseline.Kernels.Values.Select(k => k.Classes.GetValueOrDefault(condition)).ToList();
            Status = rules.Count == 0 ? NotYet : counts.Any(c => c is not null && c.Found < c.Rejected) ? Approximated : Covered;
            var kernels = string.Join(", ", models.Where(m => m.Messages.Formats(condition).Length > 0).Select(m => m.Version));
            var names = string.Join(", ", rules.Select(r => r.Id.Code).Order(StringComparer.Ordinal));
            var found = string.Concat(counts.Select(c => c is null ? " |" : $" {c.Found}/{c.Rejected} |"));
            Text = $"| {condition} | {kernels} | {names} | {Status} |{found}";
        }

        public string Status { get; }

        public string Text { get; }
    }
}
