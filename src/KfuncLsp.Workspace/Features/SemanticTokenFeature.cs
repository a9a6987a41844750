using System.Collections.Immutable;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>What is worth a colour of its own.</summary>
[Flags]
public enum KfuncTraits : byte
{
    None = 0,
    Acquire = 1,
    Release = 2,
    Sleepable = 4,
    Deprecated = 8,

    /// <summary>Not in the target kernel, or not for the program around it.</summary>
    Unavailable = 16,
}

/// <summary>A kfunc's name in the text.</summary>
public sealed record KfuncToken(TextRange Range, KfuncTraits Traits);

/// <summary>Colours kfuncs by what they do.</summary>
public static class SemanticTokenFeature
{
    /// <summary>The tokens between two places, in the text's order.</summary>
    public static ImmutableArray<KfuncToken> In(FileSnapshot snapshot, TextRange? range, PositionEncoding encoding, KernelView kernels)
    {
        var lines = snapshot.Document.Lines;
        var (from, to) = range is { } given ? (lines.OffsetAt(given.Start, encoding), lines.OffsetAt(given.End, encoding)) : (0, lines.Text.Length);
        var tokens = ImmutableArray.CreateBuilder<KfuncToken>();
        foreach (var found in KfuncNames.In(snapshot, kernels))
            if (found.Name.End > from && found.Name.Start < to)
                tokens.Add(new(lines.RangeAt(found.Name.Start, found.Name.Length, encoding), TraitsOf(found, snapshot, kernels)));
        return tokens.ToImmutable();
    }

    private static KfuncTraits TraitsOf(KfuncName found, FileSnapshot snapshot, KernelView kernels)
    {
        var (name, kfunc, model) = found;
        var traits = KfuncTraits.None;
        if (kfunc.Has(KfuncFlags.Acquire)) traits |= KfuncTraits.Acquire;
        if (kfunc.Has(KfuncFlags.Release)) traits |= KfuncTraits.Release;
        if (kfunc.Has(KfuncFlags.Sleepable)) traits |= KfuncTraits.Sleepable;
        if (kfunc.Deprecated is not null || kfunc.Has(KfuncFlags.Deprecated)) traits |= KfuncTraits.Deprecated;
        var refused = model != kernels.Target || EnclosingPrograms.At(snapshot, name.Start).Any(p => CallReason.Refusal(kfunc, model, p) is not null);
        return refused ? traits | KfuncTraits.Unavailable : traits;
    }
}
