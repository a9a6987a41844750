using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Acquires and releases references.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, acquire_reference_state, release_reference, invalidate_non_owning_refs.</remarks>
internal static class ReferenceTransfer
{
    public static int Acquire(Site site, Call call, ReferenceKind kind, string by, string structName)
    {
        var id = site.Program.NextId();
        site.State.References = site.State.References.Add(new(id, kind, by, site.At(call.CalleeSpan).Where)
        {
            Variable = VariableOf(site, call),
            Struct = structName,
            CallbackDepth = CallbackDepth(site.State),
            TraceOrder = site.State.Trace?.Order ?? 0,
        });
        return id;
    }

    /// <summary>Ends a reference: every copy of its pointer is a number from here on.</summary>
    public static void Release(VerifierState state, int refObjId, string by)
    {
        state.RemoveReference(refObjId);
        state.MapValues(v => v.RefObjId == refObjId ? v.LostTo(LostPointer.Released, by) : v);
        DynptrTransfer.InvalidateReferenced(state, refObjId, by);
    }

    /// <summary>The reference is kept by a list or tree: every copy may still be used while its lock is held.</summary>
    public static void ConvertToNonOwning(Site site, int refObjId)
    {
        site.State.RemoveReference(refObjId);
        site.State.MapValues(v => v.RefObjId == refObjId ? AsNonOwning(site, v with { RefObjId = 0 }) : v);
    }

    public static RegState AsNonOwning(Site site, RegState value)
    {
        var flags = value.Flags | TypeFlags.NonOwnRef;
        if (site.Program.Unit.Records.OfStruct(value.Struct)?.First(BtfFieldKind.Refcount) is not null) flags |= TypeFlags.MemRcu;
        return value with { Flags = flags };
    }

    public static void InvalidateNonOwning(VerifierState state) =>
        state.MapValues(v => v.IsNonOwningObject ? v.LostTo(LostPointer.Unlocked, "bpf_spin_unlock") : v);

    public static int CallbackDepth(VerifierState state)
    {
        for (var i = state.Depth; i > 0; i--)
            if (state.Frames[i].Kind is FrameKind.Callback or FrameKind.AsyncCallback) return i;
        return 0;
    }

    /// <summary>The variable that a call's result is put into: by the next instructions, or the call itself.</summary>
    private static string VariableOf(Site site, Call call)
    {
        if (call.Result is not { } result) return "";
        var frame = site.State.Top;
        var name = frame.Facts.Names[result];
        if (frame.Function.Locals[result].Kind == LocalKind.Register) return "";
        if (frame.Function.Locals[result].Kind != LocalKind.Temporary) return name;
        var instructions = frame.Function.Blocks[frame.Block].Instructions;
        for (var i = frame.Index; i < instructions.Count && i < frame.Index + 4; i++)
        {
            if (instructions[i] is Assign { Value: Use or Cast } assign && SourceOf(assign.Value) == result)
            {
                result = assign.Target;
                if (frame.Function.Locals[result].Kind != LocalKind.Temporary) return frame.Facts.Names[result];
            }
        }

        return "";
    }

    private static int? SourceOf(Rvalue value) => value switch
    {
        Use { Value: { Kind: OperandKind.Local } o } => o.LocalId,
        Cast { Value: { Kind: OperandKind.Local } o } => o.LocalId,
        _ => null,
    };
}
