using KfuncLsp.Mutation.Syntax;
using KfuncLsp.Registry;

namespace KfuncLsp.Mutation.Editing;

/// <summary>Iterators and dynptrs that are not made, or not ended, as they should be.</summary>
internal static class IteratorEdits
{
    public static IEnumerable<EditKind> Kinds =>
    [
        new("drop an iterator's destroy", s => Statements(s, KfuncFlags.IterDestroy).SelectMany<SyntaxNode, Edit>(c => [s.Remove(c, $"{c.Name} is gone"), s.OnlySometimes(c)])),
        new("misuse an iterator", Misuse),
        new("drop an initialisation", DropInitialisation),
    ];

    private static IEnumerable<SyntaxNode> Statements(Subject s, KfuncFlags flag) =>
        s.CallsWith(flag).Where(c => Subject.IsStatement(c) && s.EndOf(c) is not null);

    private static IEnumerable<Edit> Misuse(Subject s)
    {
        foreach (var call in Statements(s, KfuncFlags.IterDestroy | KfuncFlags.IterNew))
        {
            yield return s.InsertAfter(call, s.TextOf(call), $"{call.Name} a second time");
            if (Subject.Neighbour(call, -1) is { } before && s.EndOf(before) is not null && before.Kind != Frontend.Interop.CXCursorKind.CXCursor_DeclStmt)
                yield return s.Move(call, before, $"{call.Name} a statement earlier");
        }

        foreach (var destroy in Statements(s, KfuncFlags.IterDestroy))
            if (destroy.Children[0].IsPlain)
                yield return s.InsertAfter(destroy, s.TextOf(destroy).Replace("_destroy(", "_next(", StringComparison.Ordinal), "next after destroy");
    }

    /// <summary>A call that would have made an iterator or a dynptr is not there.</summary>
    private static IEnumerable<Edit> DropInitialisation(Subject s)
    {
        foreach (var call in s.Calls.Where(c => Makes(s, c)))
        {
            if (Subject.IsStatement(call) && s.EndOf(call) is not null)
            {
                yield return s.Remove(call, $"{call.Name} is gone");
                yield return s.OnlySometimes(call);
            }
            else if (call.IsPlain) yield return new Edit($"{call.Name} is gone", new Replacement(call.Start, call.End, "0"));
        }
    }

    private static bool Makes(Subject s, SyntaxNode call) =>
        call.Name is "bpf_dynptr_from_mem" or "bpf_ringbuf_reserve_dynptr"
        || s.Model.FindKfunc(call.Name) is { } kfunc && (kfunc.Has(KfuncFlags.IterNew) || kfunc.Parameters.Any(p => p.IsUninit));
}
