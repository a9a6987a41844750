using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A lock function is given a place where its type has no lock.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, process_spin_lock.</remarks>
internal static class KF0413WrongLockField
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0413", "wrong-lock-field", "A lock lies where its type has one, and nowhere else", "lock-field-missing", "lock-arg-not-object");

    public static bool IsBroken(Site site, Call call, RegState pointer, ReferenceKind kind)
    {
        if (IsNoObject(pointer) || (call.Callee is HelperCallee && pointer is { IsNull: true, IsLeftToLoader: false }))
        {
            var (condition, kernel) = call.Callee is HelperCallee ? ("", $"R1 type={RegNames.Of(pointer)} expected=map_value, ptr_")
                : ("lock-arg-not-object", site.Kernel("lock-arg-not-object", null, site.ArgumentName(0)));
            Report(site, call, "a lock lies in a map's value, a global variable or an allocated object, not here", kernel, condition);
            return true;
        }

        var lockName = kind == ReferenceKind.Lock ? "bpf_spin_lock" : "bpf_res_spin_lock";
        if (RefusedTypes.Of(site, pointer) is var (why, isWithoutTypes))
        {
            Report(site, call, why, isWithoutTypes ? Kernel(site, lockName, "has to have BTF", RefusedTypes.MapOf(site, pointer), lockName) : Kernel(site, lockName, "has no valid", "map", RefusedTypes.MapOf(site, pointer), lockName));
            return true;
        }

        if (site.Program.Unit.Records.MissingNodeType(pointer) is { } missing)
        {
            Report(site, call, $"nothing here makes a `struct {missing}`, so that the kernel knows of no list, tree or lock beside it", Kernel(site, lockName, "has no valid", "map", pointer.Map?.Name, lockName));
            return true;
        }

        if (site.Program.Unit.Records.Of(pointer) is not { } record) return false;
        var (field, name) = kind == ReferenceKind.Lock ? (BtfFieldKind.SpinLock, "bpf_spin_lock") : (BtfFieldKind.ResSpinLock, "bpf_res_spin_lock");
        if (pointer.HasVariableOffset)
        {
            if (!pointer.IsSurelyVariable) return false;
            Report(site, call, "the lock must lie at a constant offset", Kernel(site, name, "constant offset", site.RegisterName(0), name));
            return true;
        }

        if (record.At(pointer.Offset, field) is not null) return false;
        if (record.First(field) is { } other)
        {
            Report(site, call, $"the `struct {name}` lies {other.Offset} bytes from the start, not {pointer.Offset}", Kernel(site, name, "doesn't point to", pointer.Offset, name, other.Offset));
            return true;
        }

        var isGlobal = pointer.Map is null && !pointer.IsObject;
        if (isGlobal && site.Program.Unit.Globals.TryGetValue(pointer.Object, out var global) && site.Program.Unit.Records.SectionHas(global.Section, field))
            Report(site, call, $"this is not the `struct {name}` of its section", Kernel(site, name, "doesn't point to", null, name));
        else
            Report(site, call, $"there is no `struct {name}` in {(pointer.Map is { } map ? $"the values of `{map.Name}`" : pointer.IsObject ? $"`struct {pointer.Struct}`" : "this section")}",
                Kernel(site, name, "has no valid", pointer.IsObject ? "local" : "map", pointer.IsObject ? "kptr" : pointer.Map?.Name, name));
        return true;
    }

    /// <summary>Memory that no lock can lie in, and the kernel's own objects.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_kfunc_args and spin_lock_types.</remarks>
    private static bool IsNoObject(RegState pointer) =>
        pointer.Type is RegType.PtrToStack or RegType.PtrToMem or RegType.PtrToPacket or RegType.PtrToCtx || (pointer.IsObject && !pointer.Is(TypeFlags.MemAlloc));

    private static void Report(Site site, Call call, string message, string kernel, string condition = "lock-field-missing") =>
        site.At(call.ArgumentSpans is [var first, ..] ? first : call.CalleeSpan).Report(Rule, message, condition, kernel);

    /// <summary>The kernel's words: newer ones take the lock's name, older ones have it in the text.</summary>
    private static string Kernel(Site site, string lockName, string containing, params object?[] arguments)
    {
        if (!site.Traits.ArgumentsAreRegisters) return site.Kernel("lock-field-missing", containing, [.. arguments.Where(a => !Equals(a, lockName))]);
        var prefix = lockName[..^"_lock".Length];
        return site.Kernel("lock-field-missing", containing, [.. arguments.Select(a => Equals(a, lockName) ? prefix : a)]);
    }
}
