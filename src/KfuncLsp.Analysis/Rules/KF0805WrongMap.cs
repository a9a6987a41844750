using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A work queue or task work that is not a field of a map value, or is given another map than its own.</summary>
internal static class KF0805WrongMap
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0805", "wrong-map", "An object and its map do not belong together", "arg-map-mismatch", "timer-wq-field", "arg-not-map");

    public static bool IsNotMapField(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        if (argument.Type is RegType.PtrToMapValue or RegType.PtrToPacket || !argument.IsPointer) return false;
        site.At(meta.SpanOf(parameter.Index)).Report(Rule, $"`{parameter.Name}` must be a field of a map's value", "timer-wq-field",
            site.Kernel("timer-wq-field", "doesn't point to a map value", site.ArgumentName(parameter.Index)));
        return true;
    }

    public static bool IsOtherMap(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        if (argument is not { Type: RegType.ConstPtrToMap, Map: { } map } || parameter.Index == 0) return false;
        if (meta.Arguments[0] is not { Type: RegType.PtrToMapValue, Map: { } owner } || meta.Kfunc.Parameters[0].Class is not (KfuncArgClass.Workqueue or KfuncArgClass.TaskWork)) return false;
        if (map.Name == owner.Name) return false;
        site.At(meta.SpanOf(parameter.Index)).Report(Rule, $"this is `{map.Name}`, but the object lies in `{owner.Name}`", "arg-map-mismatch",
            site.Kernel("arg-map-mismatch", site.Traits.ArgumentsAreRegisters ? "pointer in %s" : "workqueue pointer", "workqueue", "R1", 0));
        return true;
    }
}
