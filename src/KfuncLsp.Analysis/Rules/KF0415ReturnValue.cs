using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A program returns a constant that its type does not allow.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_return_code. kernel/bpf/bpf_lsm.c, bpf_lsm_get_retval_range. Of what is not constant, only numbers of which nothing at all is known are told.</remarks>
internal static class KF0415ReturnValue
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0415", "return-value", "A program returns what its type allows", "ret-range");

    private static readonly (int Least, int Most) s_zeroOrError = ((int)ScalarRange.Errors.Min, 0);

    /// <summary>The end of a program, or of a callback that runs by itself. A global function may return any number.</summary>
    public static void AtEnd(Site site, RegState value)
    {
        var frame = site.State.Top;
        if (frame.Kind == FrameKind.Program && site.Program.StructOps is { Prototype.Return: PointerType { Pointee: StructType wanted } } && site.Traits.StructOpsReturnsReferences) OfObject(site, value, wanted.Name);
        else if (frame.Kind == FrameKind.Program && site.Program.Kind is { } kind && Allowed(kind, site.Model) is { } allowed) Check(site, value, "a program of this type", "At program exit", allowed);
        else if (frame is { Kind: FrameKind.AsyncCallback, Function.ReturnType: IntType } && !frame.CallbackOf.StartsWith("bpf_task_work", StringComparison.Ordinal)) Check(site, value, $"a callback of `{frame.CallbackOf}`", "At async callback return", (0, 0));
    }

    /// <summary>What is to be returned to user space instead: 0 or an error, on newer kernels.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_helper_call.</remarks>
    public static void AtSetRetval(Site site, Call call, RegState value)
    {
        if (!site.Traits.SetRetvalHasRange || site.Program.Kind is not { } kind || kind.AttachType == "CGROUP_GETSOCKOPT") return;
        var place = site.At(call.SpanOf(0));
        var hooks = site.Model.Lsm;
        if (kind.Type == ProgramType.Lsm && hooks.Void.Contains(kind.Target))
            place.Report(Rule, $"the LSM hook `{kind.Target}` returns nothing that could be set", "", "BPF_LSM_CGROUP that attach to void LSM hooks can't modify return value!");
        else
            Check(place, value, "`bpf_set_retval`", "At bpf_set_retval", kind.Type == ProgramType.Lsm && hooks.Boolean.Contains(kind.Target) ? (0, 1) : s_zeroOrError, "R1");
    }

    /// <summary>A struct_ops member that returns an object is given one that the program owns, from its start, or NULL.</summary>
    private static void OfObject(Site site, RegState value, string wanted)
    {
        if (value.IsScalar && value.Lost == LostPointer.None) Check(site, value, $"a program that gives a `struct {wanted}`", "At program exit", (0, 0));
        if (!value.IsPointer || value.IsUntypedArgument || value.HasVariableOffset || value.Is(TypeFlags.StructUnknown) || (value.IsObject && value.Struct.Length == 0)) return;
        var isOwn = value.IsObject && value.RefObjId != 0 && value.Struct == wanted && !value.Is(TypeFlags.MemAlloc);
        if (isOwn && value.Offset == 0) return;
        var kernel = isOwn ? $"dereference of modified {RegNames.Of(value)} ptr R0 off={value.Offset} disallowed" : site.Kernel("ret-range", "is not a known value", "At program exit", 0, RegNames.Of(value));
        site.Report(Rule, isOwn ? $"a `struct {wanted}` is returned by its start, not by a place in it" : $"what is returned must be a `struct {wanted}` that the program owns, or NULL", "ret-range", kernel);
    }

    /// <summary>The end of a callback that runs during a call.</summary>
    public static void AtCallbackEnd(Site site, RegState value)
    {
        if (site.State.Top.Function.ReturnType is IntType) Check(site, value, $"a callback of `{site.State.Top.CallbackOf}`", "At callback return", (0, 1));
    }

    private static void Check(Site site, RegState value, string who, string where, (int Least, int Most) allowed, string register = "R0")
    {
        if (value.IsLeftToLoader) return;
        var range = InWords(allowed);
        if (value.ConstValue is not { } constant)
        {
            if (IsAnyNumber(value))
                site.Report(Rule, $"any number may be returned here, but {who} may return {range}", "ret-range", site.Kernel("ret-range", "has unknown scalar value", where, register));
            return;
        }

        var returned = (int)constant;
        if (returned >= allowed.Least && returned <= allowed.Most) return;
        // Assembly leaves all of the register, the compiler its lower half.
        var whole = site.State.Top.Function.IsNaked ? constant : (uint)returned;
        site.Report(Rule, $"{returned} is returned, but {who} may return {range}", "ret-range",
            $"{where} the register {register} has smin={whole} smax={whole} should have been in [{allowed.Least}, {allowed.Most}]");
    }

    public static string InWords((int Least, int Most) allowed) => allowed.Least == allowed.Most ? $"only {allowed.Least}" : $"{allowed.Least} to {allowed.Most}";

    /// <summary>Whether the verifier knows no more of a number than that it has 32 bits.</summary>
    public static bool IsAnyNumber(RegState value) =>
        value is { IsScalar: true, IsRuntimeValue: true, Lost: LostPointer.None, Holes.IsEmpty: true, SignedHalf: null, Bits: { Clear: 0, Set: 0 } }
        && (value.Range.Contains(new ScalarRange(0, uint.MaxValue)) || value.Range.Contains(new ScalarRange(int.MinValue, int.MaxValue)));

    /// <summary>The numbers that a program may return; null where any, or where it is not known.</summary>
    public static (int Least, int Most)? Allowed(ProgramKind kind, KernelModel model) => kind.Type switch
    {
        ProgramType.CgroupSkb => kind.AttachType == "CGROUP_INET_EGRESS" ? (0, 3) : kind.AttachType == "CGROUP_INET_INGRESS" ? (0, 1) : null,
        ProgramType.CgroupSockAddr => kind.AttachType switch
        {
            "CGROUP_INET4_BIND" or "CGROUP_INET6_BIND" => (0, 3),
            _ when IsAnswerToAsker(kind.AttachType) => (1, 1),
            _ => (0, 1),
        },
        ProgramType.CgroupSock or ProgramType.SockOps or ProgramType.CgroupDevice or ProgramType.CgroupSysctl or ProgramType.CgroupSockopt
            or ProgramType.SkLookup or ProgramType.Netfilter => (0, 1),
        ProgramType.Kprobe => (kind.AttachType == "TRACE_KPROBE_SESSION" && model.Traits.KprobeSessionsAnswer) || (kind.AttachType == "TRACE_UPROBE_SESSION" && model.Traits.UprobeSessionsAnswer) ? (0, 1) : null,
        ProgramType.Tracing => kind.AttachType switch
        {
            "TRACE_FENTRY" or "TRACE_FEXIT" => (0, 0),
            "TRACE_ITER" => (0, 1),
            _ => null,
        },
        ProgramType.Lsm => kind.AttachType == "LSM_CGROUP" ? (model.Lsm.Void.Contains(kind.Target) ? 1 : 0, 1) : OfHook(model.Lsm, kind.Target),
        _ => null,
    };

    /// <summary>An LSM hook's program says yes or no, or 0 or an error, where the kernel looks at it at all.</summary>
    private static (int Least, int Most)? OfHook(LsmHooks hooks, string hook) =>
        hooks.Boolean.Count == 0 || hook.Length == 0 || hooks.Void.Contains(hook) ? null : hooks.Boolean.Contains(hook) ? (0, 1) : s_zeroOrError;

    /// <summary>Hooks that change what user space is told, and may refuse nothing.</summary>
    private static bool IsAnswerToAsker(string attachType) =>
        attachType.EndsWith("RECVMSG", StringComparison.Ordinal) || attachType.EndsWith("GETPEERNAME", StringComparison.Ordinal) || attachType.EndsWith("GETSOCKNAME", StringComparison.Ordinal);
}
