using KfuncLsp.Analysis.Rules;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>What must be true where a path ends: at the last return, in a throw, at a tail call.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_resource_leak, process_bpf_exit.</remarks>
internal static class ExitChecks
{
    private const string Exit = "BPF_EXIT instruction in main prog";

    public static void AtEnd(Site site, RegState value)
    {
        if (site.State.Top.Kind == FrameKind.ExceptionCallback) KF0414ThrowInCallback.AtReturn(site, value);
        else KF0415ReturnValue.AtEnd(site, value);
        if (IsReturnable(site)) site.State.Escape(value.RefObjId);
        if (MayHandBackFromR0(site)) site.State.Escape(site.State.LeftInR0);
        KF0101UnreleasedReference.AtExit(site, "returning");
        CheckRegions(site, Exit);
    }

    /// <summary>Newer kernels let a struct_ops program return the reference that its member's type asks for.</summary>
    private static bool IsReturnable(Site site) =>
        site.Program.StructOps is { Prototype: null } or { Prototype.Return: PointerType } && site.Traits.StructOpsReturnsReferences;

    /// <summary>Of a member that returns nothing those kernels do not ask what it left in R0: a reference there counts as handed back.</summary>
    public static bool MayHandBackFromR0(Site site) =>
        site.Program.StructOps is { Prototype: null } or { Prototype.Return: VoidType } && site.Traits.StructOpsReturnsReferences;

    /// <summary>The end of a callback that runs during a call; older kernels account for its references by themselves.</summary>
    public static void AtCallbackEnd(Site site, RegState value, int depth)
    {
        KF0415ReturnValue.AtCallbackEnd(site, value);
        if (site.Traits.CallbackReferencesApart) KF0101UnreleasedReference.AtExit(site, "the callback returns", depth);
    }

    public static void AtThrow(Site site, KfuncCall meta)
    {
        var place = site.At(meta.Call.CalleeSpan);
        KF0414ThrowInCallback.Check(site, meta);
        KF0101UnreleasedReference.AtExit(place, "throwing");
        CheckRegions(place, "bpf_throw");
    }

    /// <summary>A global function that may throw ends the path where it is called, as far as newer kernels know.</summary>
    /// <remarks>Source: kernel/bpf/cfg.c, mark_subprog_might_throw; kernel/bpf/verifier.c, check_func_call.</remarks>
    public static void AtGlobalCall(Site site, Call call, FunctionIr callee)
    {
        if (!site.Traits.GlobalThrowsEndPaths || !site.Program.Unit.MayThrow(callee)) return;
        var place = site.At(call.CalleeSpan);
        KF0101UnreleasedReference.AtExit(place, $"`{callee.DisplayName}` throws");
        CheckRegions(place, "bpf_throw");
    }

    public static void AtTailCall(Site site, Call call)
    {
        var place = site.At(call.CalleeSpan);
        KF0414ThrowInCallback.AtTailCall(place);
        KF0710AttachTarget.AtTailCall(place);
        // Of references the verifier asks in the program's own frame only; other functions may be part of it, or not.
        if (site.State.Frames.TrueForAll(f => !f.Function.IsNoInline || f.Function.IsGlobalFunction)) KF0101UnreleasedReference.AtExit(place, "the tail call");
        CheckRegions(place, "tail_call");
    }

    /// <summary>A read of the packet leaves the program where the packet is too short.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_ld_abs.</remarks>
    public static void AtPacketLoad(Site site, Call call)
    {
        var place = site.At(call.CalleeSpan);
        if (KF0310ContextAccess.IsNoPacket(place)) return;
        KF0101UnreleasedReference.AtPacketLoad(place);
        CheckRegions(place, "BPF_LD_[ABS|IND]");
    }

    private static void CheckRegions(Site site, string prefix)
    {
        KF0407MissingUnlock.AtExit(site, prefix);
        KF0412MissingIrqRestore.AtExit(site, prefix);
        KF0305MissingRcuUnlock.AtExit(site, prefix);
        KF0405MissingPreemptEnable.AtExit(site, prefix);
    }
}
