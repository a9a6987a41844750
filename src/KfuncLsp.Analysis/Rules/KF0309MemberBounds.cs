using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A helper is given more of an object than one member, or would write a kernel's; or the compiler writes several members at once.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_reg_type; kernel/bpf/btf.c, btf_struct_walk.</remarks>
internal static class KF0309MemberBounds
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0309", "member-bounds", "An object is read and written one member at a time, and not beyond it", "btf-walk-field", "write-rdonly");

    public static bool IsBrokenByHelper(Site site, Call call, int index, string wanted, RegState argument, long? size)
    {
        if (!argument.IsObject || argument.Flags != TypeFlags.PtrTrusted || argument.HasVariableOffset || !RegNames.IsMemory(wanted)) return false;
        var place = site.At(call.SpanOf(index));
        var name = site.NameOf(call.Arguments[index], "the object");
        var helper = call.HelperName;
        if (!wanted.Contains("MEM_RDONLY", StringComparison.Ordinal))
        {
            if (site.Kernel("write-rdonly", "may write into", helper, site.RegisterName(index), RegNames.Of(argument)) is not { Length: > 0 } kernel) return false;
            place.Report(Rule, $"`{name}` is part of a kernel object, which `{helper}` may write", "write-rdonly", kernel, null, ("variable", name));
            return true;
        }

        if (size is not > 0 || MemberAt(site, argument) is not { } member || argument.Offset + size <= EndOf(member)) return false;
        place.Report(Rule, $"{size} bytes are asked for, but `{member.Name}` ends after {EndOf(member) - argument.Offset}", "btf-walk-field",
            site.Kernel("btf-walk-field", "end of member", member.Name, EndOf(member), argument.Struct, argument.Offset, size), null, ("variable", name));
        return true;
    }

    /// <summary>Stores to an object of the program's own that the compiler merges.</summary>
    public static bool IsBrokenByMergedStore(Site site, RegState pointer)
    {
        if (!pointer.IsObject || !pointer.Is(TypeFlags.MemAlloc) || pointer.HasVariableOffset) return false;
        var top = site.State.Top;
        if (!top.Facts.MergedStores.TryGetValue((top.Block, top.Index - 1), out var merged)) return false;
        var kernel = MemberAt(site, pointer) is { } member ? site.Kernel("btf-walk-field", "end of member", member.Name, EndOf(member), pointer.Struct, pointer.Offset, merged.Size) : "";
        site.Report(Rule, $"the compiler writes `{merged.FirstMember}` and `{merged.SecondMember}` at once; put `barrier()` between", "btf-walk-field", kernel);
        return true;
    }

    /// <summary>The number, or array of numbers, that a pointer points into; null where it is something else or not recorded.</summary>
    private static StructField? MemberAt(Site site, RegState pointer) =>
        site.Program.Unit.FindStruct(pointer.Struct)?.Fields.FirstOrDefault(f =>
            f is { BitWidth: 0, Type: IntType or ArrayType { Element: IntType } } && f.ByteOffset <= pointer.Offset && pointer.Offset < EndOf(f));

    private static long EndOf(StructField field) => field.ByteOffset + field.Type.Size;
}
