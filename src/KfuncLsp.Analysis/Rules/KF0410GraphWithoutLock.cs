using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A list or tree is touched without its lock, or is none.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, __process_kf_arg_ptr_to_graph_root, check_reg_allocation_locked.</remarks>
internal static class KF0410GraphWithoutLock
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0410", "graph-without-lock", "A list or tree is used without its lock", "graph-lock-not-held", "graph-root-arg");

    public static bool IsBroken(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        var (kind, name) = parameter.Class == KfuncArgClass.ListHead ? (BtfFieldKind.ListHead, "bpf_list_head") : (BtfFieldKind.RbRoot, "bpf_rb_root");
        return IsNoRoot(site, meta, parameter, argument, kind, name) || IsUnlocked(site, meta, argument, name);
    }

    private static bool IsNoRoot(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument, BtfFieldKind kind, string name)
    {
        var place = site.At(meta.SpanOf(parameter.Index));
        if (argument.IsPointer && argument.Type != RegType.PtrToMapValue && !(argument.IsObject && argument.Is(TypeFlags.MemAlloc)))
        {
            if (argument.Is(TypeFlags.TrustUnknown)) return false;
            place.Report(Rule, $"a `struct {name}` lies in a map value, a global variable or an object from `bpf_obj_new`", "graph-root-arg",
                site.Kernel("graph-root-arg", "map value or allocated", site.ArgumentName(parameter.Index)));
            return true;
        }

        if (argument.HasVariableOffset)
        {
            if (!argument.IsSurelyVariable) return false;
            place.Report(Rule, $"the `struct {name}` must lie at a constant offset", "graph-root-arg", site.Kernel("graph-root-arg", "constant offset", site.RegisterName(parameter.Index), name));
            return true;
        }

        if (site.Program.Unit.Records.Of(argument) is not { } record || record.At(argument.Offset, kind) is not null) return false;
        var isGlobal = argument.Type == RegType.PtrToMapValue && argument.Map is null;
        place.Report(Rule, $"there is no `struct {name}` at this place", "graph-root-arg", site.Kernel("graph-root-arg", "not found at offset", name, isGlobal ? null : argument.Offset));
        return true;
    }

    private static bool IsUnlocked(Site site, KfuncCall meta, RegState argument, string name)
    {
        if (site.State.IsLockUnknown || LockTransfer.Identify(site, argument) is not { } identity) return false;
        var held = site.State.References.LastOrDefault(r => r.IsLock);
        if (held is not null && held.LockOf == identity.Of && held.LockId == identity.Id) return false;
        var lockOffset = argument.Map is not null || argument.IsObject ? site.Program.Unit.Records.Of(argument)?.First(BtfFieldKind.SpinLock)?.Offset : null;
        var kernel = site.Kernel("graph-lock-not-held", "must be held", lockOffset, name);
        var place = site.At(meta.Call.CalleeSpan);
        if (held is null)
            place.Report(Rule, $"the lock of this {(name == "bpf_list_head" ? "list" : "tree")} must be held around `{meta.Kfunc.Name}`", "graph-lock-not-held", kernel);
        else
            place.Report(Rule, "the lock that is held belongs to another map value or object", "graph-lock-not-held", kernel, [new("locked here", held.AcquiredAt)]);
        return true;
    }
}
