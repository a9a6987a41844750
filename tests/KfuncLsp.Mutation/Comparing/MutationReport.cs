using System.Globalization;
using System.Text;
using KfuncLsp.Analysis;
using KfuncLsp.Scoreboard;

namespace KfuncLsp.Mutation.Comparing;

/// <summary>Counts mutants by kind of edit, and prints them for a person to read.</summary>
internal static class MutationReport
{
    public static void Write(IReadOnlyList<Mutant> mutants, MutationOptions options, TextWriter output)
    {
        var all = mutants.SelectMany(m => m.Outcomes.Select(o => (Mutant: m, Outcome: o))).ToList();
        output.WriteLine($"{mutants.Count} mutants of {mutants.Select(m => m.File).Distinct().Count()} files, {all.Select(x => x.Outcome.Label.Section.Split('/')[0]).Where(s => s.Length > 0).Distinct().Count()} kinds of sections, {all.Count} programs judged");
        output.WriteLine();
        output.WriteLine($"  {"edit",-30} {"accepted",8} {"FALSE",6} {"unsure",7} | {"rejected",8} {"found",6} {"missed",7} {"unsure",7} {"found %",8} | other reasons: found, of | of all %");
        foreach (var kind in all.GroupBy(x => x.Mutant.Kind.Name)) output.WriteLine(Row(kind.Key, [.. kind.Select(x => x.Outcome)]));
        output.WriteLine(Row("all", [.. all.Select(x => x.Outcome)]));
        output.WriteLine();
        foreach (var kind in all.GroupBy(x => x.Mutant.Kind.Name).Where(k => k.Count(x => KfuncRejection.Is(x.Outcome)) < options.Rejected))
            output.WriteLine($"  too few to tell  {kind.Key}: {kind.Count(x => KfuncRejection.Is(x.Outcome))} rejections in {kind.Count()} programs");
        foreach (var failed in mutants.Where(m => m.Failure.Length > 0)) output.WriteLine($"  FAILED {Describe(failed)}: {failed.Failure}");
        foreach (var (mutant, outcome) in all.Where(x => x.Outcome.IsFalseError)) WriteDifference("FALSE ERROR", mutant, outcome, output);
        if (options.Names)
        {
            foreach (var (mutant, outcome) in all.Where(x => KfuncRejection.Is(x.Outcome) && !x.Outcome.IsFound)) WriteDifference(outcome.Predicted is Verdict.Accepted ? "missed" : "unsure", mutant, outcome, output);
            foreach (var (mutant, outcome) in all.Where(x => !x.Outcome.Label.IsRejected && x.Outcome.Predicted is null or Verdict.Inconclusive)) WriteDifference("unsure", mutant, outcome, output);
            foreach (var (mutant, outcome) in all.Where(x => x.Outcome.Label.IsRejected && !KfuncRejection.Is(x.Outcome) && !x.Outcome.IsFound)) WriteDifference("other reason", mutant, outcome, output);
        }

        if (options.Keep.Length > 0) Keep(all.Where(x => x.Outcome.IsFalseError || x.Outcome.Label.IsRejected && !x.Outcome.IsFound || x.Outcome.Predicted is null or Verdict.Inconclusive)
            .Select(x => x.Mutant).Concat(mutants.Where(m => m.Failure.Length > 0)).Distinct(), options.Keep);
    }

    private static string Row(string name, List<Outcome> outcomes)
    {
        var accepted = outcomes.Where(o => !o.Label.IsRejected).ToList();
        var ours = outcomes.Where(KfuncRejection.Is).ToList();
        var others = outcomes.Where(o => o.Label.IsRejected && !KfuncRejection.Is(o)).ToList();
        var (found, missed) = (ours.Count(o => o.IsFound), ours.Count(o => o.Predicted == Verdict.Accepted));
        var share = Share(found, ours.Count);
        return $"  {name,-30} {accepted.Count,8} {accepted.Count(o => o.IsFalseError),6} {accepted.Count(o => o.Predicted is null or Verdict.Inconclusive),7} | "
            + $"{ours.Count,8} {found,6} {missed,7} {ours.Count - found - missed,7} {share,8} | {others.Count(o => o.IsFound),4}, {others.Count,4} | {Share(found + others.Count(o => o.IsFound), ours.Count + others.Count),6}";
    }

    private static string Share(int part, int whole) => whole == 0 ? "" : (100.0 * part / whole).ToString("F1", CultureInfo.InvariantCulture);

    private static void WriteDifference(string what, Mutant mutant, Outcome outcome, TextWriter output)
    {
        output.WriteLine($"  {what}  {Describe(mutant)}");
        if (outcome.Label.IsRejected) output.WriteLine($"      kernel, line {outcome.Label.Line}: {outcome.Label.Message}");
        foreach (var error in outcome.Errors) output.WriteLine($"      {error.Rule} line {error.Line}: {error.Message}");
        if (outcome.Why.Length > 0) output.WriteLine($"      {outcome.Why}");
    }

    private static string Describe(Mutant mutant) => $"{mutant.Name} {mutant.File} [{mutant.Kind.Name}] {mutant.Edit.What}";

    private static void Keep(IEnumerable<Mutant> mutants, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var mutant in mutants)
            File.WriteAllBytes(Path.Combine(folder, $"{mutant.Name}_{mutant.File}"), Encoding.Latin1.GetBytes($"{mutant.Text}\n/* {mutant.Kind.Name}: {mutant.Edit.What} */\n"));
    }
}
