namespace KfuncLsp.Registry;

/// <summary>Decides <see cref="KernelModel.MayCall"/>.</summary>
internal static class CallabilityCheck
{
    public static Callability Decide(KernelModel model, KfuncSignature kfunc, CallContext caller)
    {
        var type = caller.Program.Type;
        if (type == ProgramType.Ext) return Callability.Allowed;
        if (IsOfSessions(kfunc) && !caller.Program.AttachType.Contains("SESSION", StringComparison.Ordinal)) return new(false, "only session programs may call it");
        if (model.HasCommonHook && kfunc.Hooks.ContainsKey(KfuncHook.Common)) return Filtered(kfunc, KfuncHook.Common, caller);
        if (model.HookOf(type) is not { } hook) return new(false, $"{type} programs have no kfuncs of their own");
        return kfunc.Hooks.ContainsKey(hook)
            ? Filtered(kfunc, hook, caller)
            : new(false, $"it is not registered for {type} programs");
    }

    /// <summary>Whether a kfunc asks about the session that its program runs in. Facts read from an image lack the filter that says so.</summary>
    /// <remarks>Source: kernel/trace/bpf_trace.c, bpf_session_filter; on older kernels bpf_kprobe_multi_filter.</remarks>
    private static bool IsOfSessions(KfuncSignature kfunc) => kfunc.Name is "bpf_session_is_return" or "bpf_session_cookie";

    private static Callability Filtered(KfuncSignature kfunc, KfuncHook hook, CallContext caller)
    {
        foreach (var filter in kfunc.Filters)
            if (filter.Hook == hook && filter.Rule.IsExact && !Allows(filter.Rule, caller))
                return new(false, $"{filter.Name} refuses it here");
        return Callability.Allowed;
    }

    private static bool Allows(FilterRule rule, CallContext caller)
    {
        if (rule.ProgramTypes.Length > 0 && !rule.ProgramTypes.Contains(caller.Program.Type)) return false;
        if (rule.AttachTypes.Length > 0 && !rule.AttachTypes.Contains(caller.Program.AttachType)) return false;
        if (rule.ExcludedTargets.Contains(caller.Program.Target)) return false;
        if (rule.StructOpsMembers.Length == 0 || caller.Program.Type != ProgramType.StructOps) return true;
        return caller.StructOpsType is not { } type
            || rule.StructOpsMembers.Contains($"{type}.*")
            || (caller.StructOpsMember is not { } member ? rule.StructOpsMembers.Any(m => m.StartsWith(type + ".", StringComparison.Ordinal)) : rule.StructOpsMembers.Contains($"{type}.{member}"));
    }
}
