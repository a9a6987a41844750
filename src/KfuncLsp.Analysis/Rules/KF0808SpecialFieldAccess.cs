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

    /// <summary>A helper reads or writes over such a member of a map's value.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_map_access.</remarks>
    public static bool IsBrokenByHelper(Site site, Call call, int index, RegState argument, long? size)
    {
        if (size is not > 0 || argument.Type != RegType.PtrToMapValue || argument.HasVariableOffset || argument.MayBeNull) return false;
        if (site.Program.Unit.Records.Of(argument)?.Touched(argument.Offset, size.Value) is not { Kind: not BtfFieldKind.Kptr } field) return false;
        site.At(call.SpanOf(index)).Report(Rule, $"the {size} bytes from here have a `{field.KindName}` in them, which is no plain memory", "lock-direct-access",
            site.Kernel("lock-direct-access", "by load/store", field.KindName));
        return true;
    }
}
