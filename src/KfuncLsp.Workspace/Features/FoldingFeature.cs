using System.Collections.Immutable;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>Lines that can be folded away. Units: 0-based lines, both of which stay visible at their ends.</summary>
public sealed record RegionFold(int StartLine, int EndLine, string Title);

/// <summary>Folds what lies between a lock and its unlock, and between the ends of an RCU, preemption or interrupt section.</summary>
public static class FoldingFeature
{
    public static ImmutableArray<RegionFold> Of(FileSnapshot snapshot, KernelModel model)
    {
        if (ParsedCode.Of(snapshot) is not { } code) return [];
        var folds = ImmutableArray.CreateBuilder<RegionFold>();
        foreach (var function in code.Functions)
            foreach (var pair in PairedCalls.In(function, model).Where(p => p.IsRegion && p.Closes.Length > 0))
                if (code.NameOf(function, pair.Open) is { } open && code.NameOf(function, pair.Closes[^1]) is { } close)
                    Add(LineOf(open), LineOf(close), TitleOf(pair.Kind));
        return folds.ToImmutable();

        int LineOf(TextSpan span) => snapshot.Document.Lines.PositionAt(span.Start).Line;

        // The line of the closing call stays.
        void Add(int first, int last, string title)
        {
            if (last - 1 > first) folds.Add(new(first, last - 1, title));
        }
    }

    private static string TitleOf(PairKind kind) => kind switch
    {
        PairKind.RcuSection => "RCU read section",
        PairKind.PreemptDisabled => "preemption disabled",
        PairKind.IrqDisabled => "interrupts disabled",
        _ => "lock held",
    };
}
