namespace KfuncLsp.Registry;

/// <summary>How far programs of a type may call a kfunc.</summary>
public enum KfuncReach : byte
{
    /// <summary>Not at all: it is not registered for the type, or a filter refuses it.</summary>
    None,

    /// <summary>Some of them: a filter asks for an attach type, target or struct_ops member.</summary>
    Filtered,

    /// <summary>All of them, as far as registration goes.</summary>
    Free,
}

/// <summary>Decides <see cref="KernelModel.ReachOf"/>.</summary>
internal static class KfuncReaches
{
    public static KfuncReach Of(KernelModel model, KfuncSignature kfunc, ProgramType type)
    {
        if (type == ProgramType.Ext) return KfuncReach.None;
        var hook = model.HasCommonHook && kfunc.Hooks.ContainsKey(KfuncHook.Common) ? KfuncHook.Common : model.HookOf(type);
        if (hook is not { } own || !kfunc.Hooks.ContainsKey(own)) return KfuncReach.None;
        var reach = KfuncReach.Free;
        foreach (var filter in kfunc.Filters)
        {
            if (filter.Hook != own) continue;
            var rule = filter.Rule;
            if (rule.IsExact && rule.ProgramTypes.Length > 0 && !rule.ProgramTypes.Contains(type)) return KfuncReach.None;
            if (!rule.IsExact || rule.AttachTypes.Length > 0 || rule.ExcludedTargets.Length > 0 || (type == ProgramType.StructOps && rule.StructOpsMembers.Length > 0)) reach = KfuncReach.Filtered;
        }

        return reach;
    }
}
