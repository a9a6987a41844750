using System.Globalization;
using KfuncLsp.Analysis;

namespace KfuncLsp.Scoreboard;

/// <summary>Prints a score for a person to read.</summary>
public static class ScoreText
{
    public static void Write(Score score, TextWriter output, bool names)
    {
        output.WriteLine($"kernel {score.Kernel}: {score.Outcomes.Length} programs");
        output.WriteLine($"  accepted by the kernel {score.Accepted.Count(),5}   {Split(score.Accepted, "accepted", "WRONGLY REJECTED")}");
        foreach (var wrong in score.FalseErrors)
        {
            output.WriteLine($"    {wrong.Label.File} {wrong.Label.Program}");
            foreach (var error in wrong.Errors) output.WriteLine($"      {error.Rule} line {error.Line}: {error.Message}");
        }

        output.WriteLine($"  rejected by the kernel {score.Rejected.Count(),5}   {Split(score.Rejected, "missed", "found")}");
        if (score.RejectedForOtherReasons.Any())
            output.WriteLine($"  …for other reasons     {score.RejectedForOtherReasons.Count(),5}   {Split(score.RejectedForOtherReasons, "missed", "found")}");
        var found = score.Rejected.Where(o => o.IsFound).ToList();
        output.WriteLine($"  of those found: {found.Count(o => o.HasSameClass)} with the kernel's message, {found.Count(o => o.HasSameLine)} of {found.Count(o => o.HasLine)} on the kernel's line");
        output.WriteLine();
        WriteClasses(score, output);
        if (names) WriteNames(score, output);
    }

    private static void WriteClasses(Score score, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  found of each message, on average: {score.FoundByMessage * 100:F1} %"));
        output.WriteLine();
        output.WriteLine($"  {"message",-34} {"n",4} {"found",6} {"missed",7} {"inconcl.",9} {"same msg",9} {"same line",10}");
        foreach (var group in score.Rejected.GroupBy(o => o.Class).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal))
        {
            var found = group.Where(o => o.IsFound).ToList();
            var missed = group.Count(o => o.Predicted == Verdict.Accepted);
            output.WriteLine($"  {group.Key,-34} {group.Count(),4} {found.Count,6} {missed,7} {group.Count() - found.Count - missed,9} "
                + $"{found.Count(o => o.HasSameClass),9} {found.Count(o => o.HasSameLine),10}");
        }

        output.WriteLine();
    }

    private static void WriteNames(Score score, TextWriter output)
    {
        foreach (var outcome in score.Rejected.Where(o => !o.IsFound))
            output.WriteLine($"  {(outcome.Predicted == Verdict.Accepted ? "missed" : "inconclusive")}  {outcome.Label.File} {outcome.Label.Program}: {outcome.Label.Message}{Reason(outcome)}");
        foreach (var outcome in score.Accepted.Where(o => o.Predicted is null or Verdict.Inconclusive))
            output.WriteLine($"  unsure  {outcome.Label.File} {outcome.Label.Program}{Reason(outcome)}");
        foreach (var outcome in score.Rejected.Where(o => o.IsFound && !o.HasSameClass))
            output.WriteLine($"  other message  {outcome.Label.File} {outcome.Label.Program}: {outcome.Class} ≠ {string.Join(", ", outcome.Errors.Select(e => e.Condition))}");
        foreach (var outcome in score.Rejected.Where(o => o.IsFound && o.HasLine && !o.HasSameLine))
            output.WriteLine($"  other line  {outcome.Label.File} {outcome.Label.Program}: {outcome.Label.Line} ≠ {string.Join(", ", outcome.Errors.Select(e => $"{e.Line} {e.Condition}"))}");
        output.WriteLine();
    }

    private static string Reason(Outcome outcome) => outcome.Why.Length == 0 ? "" : $"  [{outcome.Why}]";

    private static string Split(IEnumerable<Outcome> outcomes, string accepted, string rejected)
    {
        var list = outcomes.ToList();
        return $"{rejected} {list.Count(o => o.Predicted == Verdict.Rejected)}, {accepted} {list.Count(o => o.Predicted == Verdict.Accepted)}, "
            + $"inconclusive {list.Count(o => o.Predicted == Verdict.Inconclusive)}, not judged {list.Count(o => o.Predicted is null)}";
    }
}
