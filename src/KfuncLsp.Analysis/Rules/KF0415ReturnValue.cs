using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A program returns a constant that its type does not allow.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_return_code. LSM hooks have ranges of their own, and what is not constant is left to the kernel.</remarks>
internal static class KF0415ReturnValue
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0415", "return-value", "A program returns what its type allows", "ret-range");

    public static void AtEnd(Site site, RegState value)
    {
        if (value.ConstValue is not { } constant || value.IsLeftToLoader || site.Program.Kind is not { } kind || Allowed(kind) is not var (least, most)) return;
        var returned = (int)constant;
        if (returned >= least && returned <= most) return;
        var allowed = least == most ? $"only {least}" : $"{least} to {most}";
        site.Report(Rule, $"{returned} is returned, but a program of this type may return {allowed}", "ret-range",
            $"At program exit the register R0 has smin={(uint)returned} smax={(uint)returned} should have been in [{least}, {most}]");
    }

    /// <summary>The numbers that a program may return; null where any, or where it is not known.</summary>
    private static (int Least, int Most)? Allowed(ProgramKind kind) => kind.Type switch
    {
        ProgramType.CgroupSkb => kind.AttachType == "CGROUP_INET_EGRESS" ? (0, 3) : kind.AttachType == "CGROUP_INET_INGRESS" ? (0, 1) : null,
        ProgramType.CgroupSockAddr => kind.AttachType switch
        {
            "CGROUP_INET4_BIND" or "CGROUP_INET6_BIND" => (0, 3),
            "CGROUP_INET4_CONNECT" or "CGROUP_INET6_CONNECT" or "CGROUP_UDP4_SENDMSG" or "CGROUP_UDP6_SENDMSG" => (0, 1),
            "CGROUP_UDP4_RECVMSG" or "CGROUP_UDP6_RECVMSG" => (1, 1),
            _ => null,
        },
        ProgramType.CgroupSock or ProgramType.SockOps or ProgramType.CgroupDevice or ProgramType.CgroupSysctl or ProgramType.CgroupSockopt
            or ProgramType.SkLookup or ProgramType.Netfilter => (0, 1),
        ProgramType.Tracing => kind.AttachType switch
        {
            "TRACE_FENTRY" or "TRACE_FEXIT" => (0, 0),
            "TRACE_ITER" => (0, 1),
            _ => null,
        },
        _ => null,
    };
}
