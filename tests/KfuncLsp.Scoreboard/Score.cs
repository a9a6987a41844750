using System.Collections.Immutable;
using KfuncLsp.Analysis;

namespace KfuncLsp.Scoreboard;

/// <summary>The outcomes of one kernel, counted.</summary>
public sealed record Score(string Kernel, ImmutableArray<Outcome> Outcomes)
{
    public IEnumerable<Outcome> Accepted => Outcomes.Where(o => !o.Label.IsRejected);

    /// <summary>The rejections that are ours to predict: those about a kfunc, where the labels tell.</summary>
    public IEnumerable<Outcome> Rejected => Outcomes.Where(o => o.Label.IsRejected && o.Label.AboutKfunc != false);

    public IEnumerable<Outcome> RejectedForOtherReasons => Outcomes.Where(o => o.Label.IsRejected && o.Label.AboutKfunc == false);

    public IEnumerable<Outcome> FalseErrors => Accepted.Where(o => o.IsFalseError);

    public int Found => Rejected.Count(o => o.IsFound);

    /// <summary>The share found of each message, averaged over the messages: a rare one counts as much as a common one. Units: 0 to 1.</summary>
    public double FoundByMessage => Rejected.GroupBy(o => o.Class).Select(g => g.Average(o => o.IsFound ? 1.0 : 0.0)).DefaultIfEmpty(1).Average();

    /// <summary>Accepted, and the analyser says so too.</summary>
    public int Agreed => Accepted.Count(o => o.Predicted == Verdict.Accepted);

    public static ImmutableArray<Score> Of(ImmutableArray<Outcome> outcomes) =>
        [.. outcomes.GroupBy(o => o.Kernel).Select(g => new Score(g.Key, [.. g]))];
}
