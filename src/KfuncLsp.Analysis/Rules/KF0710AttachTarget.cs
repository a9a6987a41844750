using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A program is meant for a place where the kernel takes none, or none that sleeps.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_attach_btf_id and bpf_check_attach_target; kernel/bpf/bpf_lsm.c, bpf_lsm_verify_prog.</remarks>
internal static class KF0710AttachTarget
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0710", "attach-target", "A program is for a place that takes it", "lsm-hook", "attach-target-not-sleepable", "prog-cannot-be-sleepable", "struct-ops-ref-tailcall");

    /// <summary>A program that is handed a reference cannot leave by a tail call: another program would not know of it.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_struct_ops_btf_id.</remarks>
    public static void AtTailCall(Site place)
    {
        const string Condition = "struct-ops-ref-tailcall";
        if (place.Program.StructOps is not { } binding || !place.Model.StructOps.TryGetValue(binding.TypeName, out var type)) return;
        if (type.Arguments.GetValueOrDefault(binding.Member) is not { } suffixes || !suffixes.ContainsValue("ref") || place.Kernel(Condition, null) is not { Length: > 0 } kernel) return;
        place.Report(Rule, $"`{binding.Member}` is handed a reference, and so cannot make a tail call", Condition, kernel);
    }

    public static void Check(ProgramContext program)
    {
        if (program.Kind is not { Target.Length: > 0 } kind) return;
        var site = new Site(program, new VerifierState(), default) { ShownAt = new(program.Program.Name, default) };
        var hooks = site.Model.Lsm;
        switch (kind.Type)
        {
            case ProgramType.Lsm when hooks.Disabled.Contains(kind.Target):
                site.Report(Rule, $"no program may attach to the LSM hook `{kind.Target}`", "lsm-hook", site.Kernel("lsm-hook", "disabled hook", null, "bpf_lsm_" + kind.Target));
                break;
            case ProgramType.Lsm when kind.IsSleepable && hooks.Sleepable.Count > 0 && !hooks.Sleepable.Contains(kind.Target):
                site.Report(Rule, $"programs of the LSM hook `{kind.Target}` may not sleep; use SEC(\"lsm/{kind.Target}\")", "attach-target-not-sleepable",
                    site.Kernel("attach-target-not-sleepable", "is not sleepable", "bpf_lsm_" + kind.Target));
                break;
            case ProgramType.Tracing or ProgramType.RawTracepoint or ProgramType.Tracepoint when kind.IsSleepable && !site.Traits.TracepointsMaySleep && kind.AttachType is "TRACE_RAW_TP" or "":
                site.Report(Rule, "programs at tracepoints may not sleep on this kernel", "prog-cannot-be-sleepable", site.Kernel("prog-cannot-be-sleepable", "fmod_ret, lsm"));
                break;
        }
    }
}
