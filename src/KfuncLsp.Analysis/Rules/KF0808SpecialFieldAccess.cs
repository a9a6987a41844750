using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A member that the kernel looks after is read or written like plain memory.</summary>
internal static class KF0808SpecialFieldAccess
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0808", "special-field-access", "Locks, timers, nodes and the like are not plain memory",
        "special-field-direct-access", "lock-direct-access");

    public static bool IsBroken(Site site, Operand operand, RegState pointer, long size)
    {
        if (pointer.HasVariableOffset || size <= 0 || site.Program.Unit.Records.Of(pointer) is not { } record) return false;
        if (record.Touched(pointer.Offset, size) is not { } field || (pointer.Type == RegType.PtrToMapValue && field.Kind == BtfFieldKind.Kptr)) return false;
        var name = site.PointerNameOf(operand, "the object");
        var (condition, kernel) = pointer.IsObject
            ? ("special-field-direct-access", site.Kernel("special-field-direct-access", null, field.KindName))
            : ("lock-direct-access", site.Kernel("lock-direct-access", "by load/store", field.KindName));
        site.Report(Rule, $"the `{field.KindName}` in `{name}` is only for the functions that take it; it cannot be read or written", condition, kernel, null, ("variable", name));
        return true;
    }
}
