using System.Collections.Immutable;

namespace KfuncLsp.Analysis.Engine;

/// <summary>One thing that happened on a path, and what happened before it.</summary>
/// <remarks><see cref="Order"/> counts from the path's start, so that steps can be placed before or after an acquisition.</remarks>
internal sealed record PathTrace(string Message, Location Where, PathTrace? Previous)
{
    private const int MostSteps = 8;

    public int Order { get; } = (Previous?.Order ?? 0) + 1;

    /// <summary>The newest steps after a point of a path, in the order they happened.</summary>
    public static ImmutableArray<TraceStep> Since(PathTrace? trace, int order)
    {
        var steps = new Stack<TraceStep>();
        for (var step = trace; step is not null && step.Order > order && steps.Count < MostSteps; step = step.Previous)
            steps.Push(new(step.Message, step.Where));
        return [.. steps];
    }
}
