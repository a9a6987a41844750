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

    /// <summary>Accepted, and the analyser says so too.</summary>
    public int Agreed => Accepted.Count(o => o.Predicted == Verdict.Accepted);

    public static ImmutableArray<Score> Of(ImmutableArray<Outcome> outcomes) =>
        [.. outcomes.GroupBy(o => o.Kernel).Select(g => new Score(g.Key, [.. g]))];
}
