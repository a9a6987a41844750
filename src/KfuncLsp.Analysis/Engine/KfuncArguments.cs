using KfuncLsp.Analysis.Rules;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Engine;

/// <summary>The arguments of a kfunc call, left to right, until one is wrong.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_kfunc_args.</remarks>
internal static class KfuncArguments
{
    public static void Check(Site site, KfuncCall meta)
    {
        var releaseIsFirst = site.Traits.ReleaseIsFirstArgument;
        var isBroken = false;
        for (var i = 0; i < meta.Kfunc.Parameters.Length && i < meta.Arguments.Length; i++)
        {
            var parameter = meta.Kfunc.Parameters[i];
            var argument = meta.Arguments[i];
            if (parameter.Class == KfuncArgClass.Ignored) continue;
            if (!parameter.Type.IsPointer && parameter.Class != KfuncArgClass.Callback)
            {
                if (!isBroken) isBroken = KF0802NotConstant.IsBroken(site, meta, parameter, argument);
                else NoteConstant(meta, parameter, argument);
                continue;
            }

            if (argument.MayBeNull || argument.IsNull)
            {
                if (!isBroken && (KF0201UncheckedNullArgument.IsBroken(site, meta, parameter, argument) || IsNullableField(site, meta, parameter, argument)
                    || (parameter.Class == KfuncArgClass.BtfObject && KF0801WrongObject.IsModified(site, meta, parameter, argument))))
                {
                    isBroken = true;
                    if (argument.Id != 0) BranchRefinement.MarkNull(site.State, argument.Id, isNull: false);
                }

                argument = meta.Arguments[i] = argument.WithoutNull();
            }

            argument = AsTracedArgument(site, parameter, argument);
            var isReleased = meta.IsRelease && (releaseIsFirst ? i == 0 : argument.RefObjId != 0);
            if (!isBroken && releaseIsFirst && isReleased && parameter.Class is not KfuncArgClass.Dynptr)
                isBroken = KF0103UnownedRelease.IsBroken(site, meta, i, argument);
            if (!isBroken && isReleased && parameter.Class is KfuncArgClass.BtfObject or KfuncArgClass.AllocObject)
                isBroken = KF0103UnownedRelease.IsInside(site, meta, i, argument);
            if (isReleased && argument.RefObjId != 0) meta.ReleasedArgument = i;
            if (argument.IsUnknown || (argument.IsNull && parameter.IsNullable)) 
            {
                Note(site, meta, parameter, argument);
                continue;
            }

            if (StackLayout.IsOutside(site.State, argument))
            {
                if (!isBroken && IsSurelyNotMadeThere(site, meta, parameter, argument) && IsWrong(site, meta, parameter, argument)) return;
                site.Program.GiveUp("what lies beside this variable is the compiler's choice", site.At(meta.SpanOf(i)).Where);
                foreach (var reference in site.State.References) site.State.Escape(reference.Id);
                continue;
            }

            if (!isBroken) isBroken = KF0805WrongMap.IsMoved(site, meta, parameter, argument) || IsWrong(site, meta, parameter, argument);
            Note(site, meta, parameter, argument);
        }

        if (!isBroken && !releaseIsFirst && meta.IsRelease && meta.ReleasedArgument is null && !meta.Arguments.Any(a => a.IsUnknown))
            KF0103UnownedRelease.IsBroken(site, meta, 0, meta.Arguments.Length > 0 ? meta.Arguments[0] : RegState.Unknown);
        if (meta.IsRelease && meta.ReleasedArgument is null) EscapeUnknown(site, meta);
    }

    /// <summary>Whether a call needs something that was made before, and beside the variable nothing of that kind was.</summary>
    private static bool IsSurelyNotMadeThere(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        SlotKind? needed = parameter.Class switch
        {
            KfuncArgClass.Iterator when !meta.Has(KfuncFlags.IterNew) => SlotKind.Iterator,
            KfuncArgClass.IrqFlag when !meta.Kfunc.Name.EndsWith("save", StringComparison.Ordinal) => SlotKind.IrqFlag,
            _ => null,
        };
        return needed is { } kind && site.Traits.ChecksPlaceOfStackObjects && !StackLayout.IsElsewhere(site.State, argument, kind);
    }

    /// <summary>An argument of a traced function whose type the program does not say: whatever it is, nobody vouches for it.</summary>
    private static RegState AsTracedArgument(Site site, KfuncParameter parameter, RegState argument) =>
        argument is { IsUntypedArgument: true, Flags: TypeFlags.None } && parameter.Class is KfuncArgClass.BtfObject or KfuncArgClass.Context
        && site.Program.Kind is { Type: ProgramType.Tracing, AttachType: "TRACE_FENTRY" or "TRACE_FEXIT" or "MODIFY_RETURN" }
            ? argument with { Type = RegType.PtrToBtfId, Flags = TypeFlags.StructUnknown } : argument;

    private static bool IsNullableField(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument) =>
        argument.MayBeNull && parameter.Class is KfuncArgClass.Workqueue or KfuncArgClass.TaskWork && KF0805WrongMap.IsNotMapField(site, meta, parameter, argument);

    /// <summary>A pointer that we lost was released: it may be any of those still open.</summary>
    private static void EscapeUnknown(Site site, KfuncCall meta)
    {
        if (!meta.Arguments.Any(a => a.IsUnknown)) return;
        foreach (var reference in site.State.References)
            if (reference.Kind == ReferenceKind.Pointer) site.State.Escape(reference.Id);
    }

    private static bool IsWrong(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument) => parameter.Class switch
    {
        KfuncArgClass.FixedMem or KfuncArgClass.MemWithSize when KF0308ObjectOffset.IsInsideSlice(site, meta.SpanOf(parameter.Index), parameter.Index, argument) => true,
        KfuncArgClass.Context => KF0804NotContext.IsBroken(site, meta, parameter, argument),
        KfuncArgClass.AllocObject => KF0806NotAllocatedObject.IsNotOwned(site, meta, parameter, argument),
        KfuncArgClass.RefcountedKptr => KF0806NotAllocatedObject.IsNotRefcounted(site, meta, parameter, argument),
        KfuncArgClass.Dynptr => KF0601DynptrState.IsWrong(site, meta, parameter, argument),
        KfuncArgClass.Iterator => KF0501IteratorState.IsWrong(site, meta, parameter, argument),
        KfuncArgClass.ListHead or KfuncArgClass.RbRoot => KF0410GraphWithoutLock.IsBroken(site, meta, parameter, argument),
        KfuncArgClass.ListNode or KfuncArgClass.RbNode =>
            KF0806NotAllocatedObject.IsWrongNode(site, meta, parameter, argument) || KF0810WrongGraphNode.IsBroken(site, meta, parameter, argument),
        KfuncArgClass.ConstString => KF0803NotConstString.IsBroken(site, meta, parameter, argument),
        KfuncArgClass.Workqueue or KfuncArgClass.TaskWork => KF0805WrongMap.IsNotMapField(site, meta, parameter, argument),
        KfuncArgClass.ConstMap or KfuncArgClass.Map => KF0805WrongMap.IsOtherMap(site, meta, parameter, argument),
        KfuncArgClass.Callback => KF0813WrongCallback.IsBroken(site, meta, parameter, argument),
        KfuncArgClass.IrqFlag => KF0406IrqFlag.IsWrong(site, meta, parameter, argument),
        KfuncArgClass.BtfObject => IsNoPlainMemory(site, meta, parameter, argument) || KF0801WrongObject.IsBroken(site, meta, parameter, argument),
        KfuncArgClass.FixedMem when argument.IsObject => KF0801WrongObject.IsBroken(site, meta, parameter, argument),
        KfuncArgClass.FixedMem => IsNoPlainMemory(site, meta, parameter, argument),
        KfuncArgClass.MemWithSize when argument.Type == RegType.PtrToCtx && KF0804NotContext.IsPartForMemory(site, meta, parameter, argument) => true,
        KfuncArgClass.MemWithSize => KF0801WrongObject.IsObjectForMemory(site, meta, parameter, argument) || IsNoPlainMemory(site, meta, parameter, argument)
            || KF0603OutOfBounds.IsTooShort(site, meta, parameter, argument),
        _ => false,
    };

    /// <summary>Memory that is none, or none to be lent.</summary>
    private static bool IsNoPlainMemory(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument) =>
        KF0604ReadOnlyWrite.IsBrokenByKfunc(site, meta, parameter, argument) || KF0801WrongObject.IsNumberForMemory(site, meta, parameter, argument)
        || KF0809KptrAccess.IsBrokenByKfunc(site, meta, parameter, argument, LengthOf(meta, parameter));

    /// <summary>What the call's effects need to know of an argument, and what the kernel does to it.</summary>
    private static void Note(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        var state = site.State;
        switch (parameter.Class)
        {
            case KfuncArgClass.ListHead or KfuncArgClass.RbRoot:
                meta.GraphRoot = argument;
                break;
            case KfuncArgClass.RefcountedKptr:
                meta.IsOwningArgument = argument.RefObjId != 0 && !argument.Is(TypeFlags.NonOwnRef);
                break;
            case KfuncArgClass.Dynptr:
                DynptrTransfer.Apply(site, meta, parameter, argument);
                break;
            case KfuncArgClass.MemWithSize or KfuncArgClass.FixedMem:
                MemoryTransfer.Forget(state, argument, LengthOf(meta, parameter));
                break;
            case KfuncArgClass.BtfObject when argument.Type == RegType.PtrToStack:
                MemoryTransfer.Forget(state, argument, null);
                break;
        }
    }

    private static long? LengthOf(KfuncCall meta, KfuncParameter parameter) =>
        parameter.SizeParameter is { } size && size < meta.Arguments.Length ? meta.Arguments[size].ConstValue
        : parameter.PointeeSize > 0 ? parameter.PointeeSize : null;

    private static void NoteConstant(KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        if (parameter.Class is KfuncArgClass.ConstScalar or KfuncArgClass.ConstMemSize) meta.Constant = argument;
    }
}
