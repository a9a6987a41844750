namespace KfuncLsp.Registry;

/// <summary>Decides <see cref="KernelModel.MayCall"/>.</summary>
internal static class CallabilityCheck
{
    public static Callability Decide(KernelModel model, KfuncSignature kfunc, CallContext caller)
    {
        var type = caller.Program.Type;
        if (type == ProgramType.Ext) return Callability.Allowed;
        if (model.HasCommonHook && kfunc.Hooks.ContainsKey(KfuncHook.Common)) return Filtered(kfunc, KfuncHook.Common, caller);
        if (model.HookOf(type) is not { } hook) return new(false, $"{type} programs have no kfuncs of their own");
        return kfunc.Hooks.ContainsKey(hook)
            ? Filtered(kfunc, hook, caller)
            : new(false, $"it is not registered for {type} programs");
    }

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
