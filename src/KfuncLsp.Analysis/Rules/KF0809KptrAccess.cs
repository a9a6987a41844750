using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A kernel pointer in a map is read in part, stored like a number, or exchanged for one of another type.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_map_access, check_map_kptr_access, map_kptr_match_type, process_kptr_func.</remarks>
internal static class KF0809KptrAccess
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0809", "kptr-access", "A kptr is loaded whole, and changed only by bpf_kptr_xchg",
        "kptr-access-mode", "kptr-store-referenced", "kptr-type-mismatch", "kptr-xchg-dest");

    private const string Mode = "kptr-access-mode";

    /// <summary>A load, or the place of a store.</summary>
    public static bool IsBroken(Site site, RegState pointer, CType accessed, long size)
    {
        if (pointer.Type != RegType.PtrToMapValue) return false;
        if (pointer.HasVariableOffset)
        {
            if (!pointer.IsSurelyVariable || KptrTransfer.Describe(site, accessed) is null || site.Program.Unit.Records.Of(pointer) is null) return false;
            site.Report(Rule, "a kptr cannot be reached through an index that is not constant", Mode, site.Kernel(Mode, "variable offset", "kptr"));
            return true;
        }

        if (size <= 0 || site.Program.Unit.Records.Of(pointer)?.Touched(pointer.Offset, size) is not { Kind: BtfFieldKind.Kptr } field) return false;
        if (field.Offset == pointer.Offset && size == 8) return false;
        var kernel = field.Offset != pointer.Offset
            ? site.Kernel(Mode, "misaligned", [.. Kind(site, "kptr"), field.Offset, pointer.Offset])
            : site.Kernel(Mode, "size must be", "kptr");
        site.Report(Rule, "a kptr can only be loaded whole, as the pointer that it is", Mode, kernel);
        return true;
    }

    /// <summary>An atomic instruction on a kptr.</summary>
    public static bool IsBrokenByAtomic(Site site, RegState pointer)
    {
        if (pointer.Type != RegType.PtrToMapValue || pointer.HasVariableOffset || site.Program.Unit.Records.Of(pointer)?.Touched(pointer.Offset, 1) is not { Kind: BtfFieldKind.Kptr }) return false;
        site.Report(Rule, "a kptr cannot be changed by an atomic instruction; use `bpf_kptr_xchg`", Mode, site.Kernel(Mode, "BPF_MEM instruction mode"));
        return true;
    }

    /// <summary>A helper reads or writes over a kptr.</summary>
    public static bool IsBrokenByHelper(Site site, Call call, int index, RegState argument, long? size)
    {
        if (size is not > 0 || argument.Type != RegType.PtrToMapValue || argument.HasVariableOffset || argument.MayBeNull) return false;
        if (site.Program.Unit.Records.Of(argument)?.Touched(argument.Offset, size.Value) is not { Kind: BtfFieldKind.Kptr }) return false;
        var place = site.At(call.SpanOf(index));
        place.Report(Rule, $"the {size} bytes from here have a kptr in them, which no helper may access", Mode, site.Kernel(Mode, "indirectly by helper", "kptr"));
        return true;
    }

    /// <summary>A kfunc is lent memory with a kptr in it.</summary>
    public static bool IsBrokenByKfunc(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument, long? size)
    {
        if (size is not > 0 || argument.Type != RegType.PtrToMapValue || argument.HasVariableOffset || argument.MayBeNull) return false;
        if (site.Program.Unit.Records.Of(argument)?.Touched(argument.Offset, size.Value) is not { Kind: BtfFieldKind.Kptr }) return false;
        site.At(meta.SpanOf(parameter.Index)).Report(Rule, $"the {size} bytes from here have a kptr in them, which no kfunc may access as plain memory", Mode, site.Kernel(Mode, "indirectly by helper", "kptr"));
        return true;
    }

    /// <summary>A store of a whole pointer.</summary>
    public static bool IsBrokenByStore(Site site, RegState pointer, RegState value)
    {
        if (pointer.Type != RegType.PtrToMapValue || pointer.HasVariableOffset) return false;
        if (site.Program.Unit.Records.Of(pointer)?.At(pointer.Offset, BtfFieldKind.Kptr) is not { } place || KptrTransfer.Describe(site, place.Type) is not { } field) return false;
        if (field.Kind is KptrKind.Referenced or KptrKind.Percpu)
        {
            site.Report(Rule, "this kptr owns what it points to; put pointers into it with `bpf_kptr_xchg`", "kptr-store-referenced", site.Kernel("kptr-store-referenced", "referenced kptr"));
            return true;
        }

        return field.Kind == KptrKind.Unreferenced && (IsNumberInAssembly(site, value, place.Offset) || IsOtherType(site, null, value, field));
    }

    /// <summary>A block of bytes is written over a kptr: a struct is assigned, or memory is filled.</summary>
    /// <remarks>The compiler makes stores of it, of whole words where it can: the first one to touch the kptr is refused.</remarks>
    public static bool IsBrokenByBlock(Site site, RegState target, long length, StackObject? source, long sourceOffset)
    {
        if (target is not { Type: RegType.PtrToMapValue, Map: not null, HasVariableOffset: false } || site.Program.Unit.Records.Of(target) is not { } record) return false;
        foreach (var field in record.Fields)
        {
            if (field.Kind != BtfFieldKind.Kptr || !field.Touches(target.Offset, length)) continue;
            // Bytes of a variable that nobody gave a value need not be copied.
            if (source is not null && !source.HasValueIn(BitSpan.OfBytes(sourceOffset + field.Offset - target.Offset, field.Size))) continue;
            var isWhole = target.Offset <= field.Offset && field.Offset + field.Size <= target.Offset + length;
            if (isWhole && KptrTransfer.Describe(site, field.Type) is not { Kind: KptrKind.Referenced or KptrKind.Percpu }) continue;
            if (isWhole) site.Report(Rule, "these bytes have a kptr in them, which owns what it points to; change it with `bpf_kptr_xchg`", "kptr-store-referenced", site.Kernel("kptr-store-referenced", "referenced kptr"));
            else if (field.Offset < target.Offset) site.Report(Rule, "these bytes begin inside a kptr", Mode, site.Kernel(Mode, "misaligned", [.. Kind(site, "kptr"), field.Offset, target.Offset]));
            else site.Report(Rule, "these bytes end inside a kptr", Mode, site.Kernel(Mode, "size must be", "kptr"));
            return true;
        }

        return false;
    }

    /// <summary>A constant that is no NULL, and that one instruction stores.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_map_kptr_access.</remarks>
    private static bool IsNumberInAssembly(Site site, RegState value, long offset)
    {
        if (!site.State.Top.Function.IsNaked || !KF0603OutOfBounds.IsNumber(site, value)) return false;
        site.Report(Rule, "a kptr holds a kernel object or NULL, no other number", "kptr-store-referenced", site.Kernel("kptr-store-referenced", "imm must be 0", offset));
        return true;
    }

    /// <summary>The place that <c>bpf_kptr_xchg</c> is given.</summary>
    public static bool IsBadDestination(Site site, Call call, RegState slot)
    {
        if (slot.Type != RegType.PtrToMapValue && !(slot.IsObject && slot.Is(TypeFlags.MemAlloc))) return false;
        var place = site.At(call.ArgumentSpans is [var first, ..] ? first : call.CalleeSpan);
        if (RefusedTypes.Of(site, slot) is var (why, isWithoutTypes))
        {
            place.Report(Rule, why, "kptr-xchg-dest", isWithoutTypes ? site.Kernel("kptr-xchg-dest", "has to have BTF", RefusedTypes.MapOf(site, slot)) : site.Kernel("kptr-xchg-dest", "no valid kptr", slot.Map?.Name));
            return true;
        }

        if (site.Program.Unit.Records.Of(slot) is not { } record) return false;
        if (slot.HasVariableOffset)
        {
            if (!slot.IsSurelyVariable) return false;
            place.Report(Rule, "the kptr must lie at a constant offset", "kptr-xchg-dest", site.Kernel("kptr-xchg-dest", "constant offset", 1));
            return true;
        }

        // A global's record knows its own variable only; the section may have other kptrs.
        var field = record.At(slot.Offset, BtfFieldKind.Kptr);
        if (field is not null && KptrTransfer.Describe(site, field.Type) is not { Kind: KptrKind.Unreferenced or KptrKind.User }) return false;
        var kernel = field is not null ? site.Kernel("kptr-xchg-dest", "isn't referenced", slot.Offset)
            : slot.Map is not null && record.First(BtfFieldKind.Kptr) is null ? site.Kernel("kptr-xchg-dest", "no valid kptr", slot.Map.Name)
            : site.Kernel("kptr-xchg-dest", "doesn't point to", slot.Map is null && !slot.IsObject ? null : slot.Offset);
        place.Report(Rule, field is not null ? "this kptr owns nothing: store into it plainly" : "there is no kptr at this place", "kptr-xchg-dest", kernel);
        return true;
    }

    /// <summary>A pointer that is exchanged into a kptr of another type.</summary>
    public static bool IsOtherTypeExchanged(Site site, Call call, RegState value, KptrField field) =>
        value.RefObjId != 0 && IsOtherType(site.At(call.ArgumentSpans is [_, var second, ..] ? second : call.CalleeSpan), 2, value, field);

    private static bool IsOtherType(Site site, int? register, RegState value, KptrField field)
    {
        if (value.IsNull || value.IsUnknown || value.Is(TypeFlags.StructUnknown)) return false;
        if (value.IsObject && value.IsSurelyVariable) return IsMovedObject(site, register, value);
        if (value.IsObject && (value.HasVariableOffset || value.Offset != 0 || value.Struct.Length == 0 || IsSame(site, value, field))) return false;
        if (value.IsScalar && !value.IsRuntimeValue && !KF0603OutOfBounds.IsNumber(site, value)) return false;
        if (!value.IsObject && !value.IsScalar && value.Type is not (RegType.PtrToMapValue or RegType.PtrToStack or RegType.PtrToMem)) return false;
        var kernel = site.Kernel("kptr-type-mismatch", "invalid kptr access", register?.ToString(System.Globalization.CultureInfo.InvariantCulture), RegNames.Of(value), value.Struct)
            + site.Kernel("kptr-type-mismatch", "expected=", "ptr_", field.Struct);
        var what = value.IsObject ? $"a `struct {value.Struct}`" : "no kernel object";
        site.Report(Rule, $"this kptr holds a `struct {field.Struct}`, but {what} is put into it", "kptr-type-mismatch", kernel);
        return true;
    }

    /// <summary>A pointer somewhere into an object; where is known only at run time.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, __check_ptr_off_reg.</remarks>
    private static bool IsMovedObject(Site site, int? register, RegState value)
    {
        const string Condition = "arg-ctx-modified";
        site.Report(Rule, "a kptr points to an object's start, not somewhere into it", Condition, site.Kernel(Condition, "variable", RegNames.Of(value)));
        return true;
    }

    private static bool IsSame(Site site, RegState value, KptrField field)
    {
        if (field.IsLocalType != value.Is(TypeFlags.MemAlloc)) return site.Program.Unit.FindStruct(value.Struct) is not { IsComplete: true } && value.Struct == field.Struct;
        // Whether a per-CPU kptr takes other objects depends on the patch level of a kernel.
        if (value.Is(TypeFlags.MemPercpu) && field.Kind != KptrKind.Percpu) return false;
        return value.Struct == field.Struct || (field.Kind == KptrKind.Unreferenced && KF0801WrongObject.MayBeginWith(site, value.Struct, field.Struct));
    }

    private static object?[] Kind(Site site, string kind) => site.Traits.ArgumentsAreRegisters ? [kind] : [];
}
