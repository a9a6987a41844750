using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A program returns a constant that its type does not allow.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_return_code. kernel/bpf/bpf_lsm.c, bpf_lsm_get_retval_range. What is not constant is left to the kernel.</remarks>
internal static class KF0415ReturnValue
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0415", "return-value", "A program returns what its type allows", "ret-range");

    /// <summary><c>MAX_ERRNO</c>.</summary>
    private const int MostErrors = 4095;

    /// <summary>The end of a program, or of a callback that runs by itself. A global function may return any number.</summary>
    public static void AtEnd(Site site, RegState value)
    {
        var frame = site.State.Top;
        if (frame.Kind == FrameKind.Program && site.Program.Kind is { } kind && Allowed(kind, site.Model) is { } allowed) Check(site, value, "a program of this type", "At program exit", allowed);
        else if (frame is { Kind: FrameKind.AsyncCallback, Function.ReturnType: IntType } && !frame.CallbackOf.StartsWith("bpf_task_work", StringComparison.Ordinal)) Check(site, value, $"a callback of `{frame.CallbackOf}`", "At async callback return", (0, 0));
    }

    /// <summary>The end of a callback that runs during a call.</summary>
    public static void AtCallbackEnd(Site site, RegState value)
    {
        if (site.State.Top.Function.ReturnType is IntType) Check(site, value, $"a callback of `{site.State.Top.CallbackOf}`", "At callback return", (0, 1));
    }

    private static void Check(Site site, RegState value, string who, string where, (int Least, int Most) allowed)
    {
        if (value.ConstValue is not { } constant || value.IsLeftToLoader) return;
        var returned = (int)constant;
        if (returned >= allowed.Least && returned <= allowed.Most) return;
        // Assembly leaves all of the register, the compiler its lower half.
        var whole = site.State.Top.Function.IsNaked ? constant : (uint)returned;
        var range = allowed.Least == allowed.Most ? $"only {allowed.Least}" : $"{allowed.Least} to {allowed.Most}";
        site.Report(Rule, $"{returned} is returned, but {who} may return {range}", "ret-range",
            $"{where} the register R0 has smin={whole} smax={whole} should have been in [{allowed.Least}, {allowed.Most}]");
    }

    /// <summary>The numbers that a program may return; null where any, or where it is not known.</summary>
    private static (int Least, int Most)? Allowed(ProgramKind kind, KernelModel model) => kind.Type switch
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
        hooks.Boolean.Count == 0 || hook.Length == 0 || hooks.Void.Contains(hook) ? null : hooks.Boolean.Contains(hook) ? (0, 1) : (-MostErrors, 0);

    /// <summary>Hooks that change what user space is told, and may refuse nothing.</summary>
    private static bool IsAnswerToAsker(string attachType) =>
        attachType.EndsWith("RECVMSG", StringComparison.Ordinal) || attachType.EndsWith("GETPEERNAME", StringComparison.Ordinal) || attachType.EndsWith("GETSOCKNAME", StringComparison.Ordinal);
}
