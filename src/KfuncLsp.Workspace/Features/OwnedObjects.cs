using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>What a program owns at a place, as far as it was recorded.</summary>
internal static class OwnedObjects
{
    private static readonly HashSet<string> s_none = [];

    /// <summary>The structs of which some path owns an object at a place in the text as it is now.</summary>
    public static IReadOnlySet<string> At(FileSnapshot snapshot, int offset)
    {
        if (snapshot.States is not { } states) return s_none;
        var at = new TextShift(states.Check.Document.Text.Span, snapshot.Document.Text.Span).Nearest(offset);
        if (VariablePlace.Before(states.Check, at) is not { } point || states.At(point) is not { } state) return s_none;
        return state.Owned.Select(o => o.Struct).Where(s => s.Length > 0).ToHashSet(StringComparer.Ordinal);
    }
}
