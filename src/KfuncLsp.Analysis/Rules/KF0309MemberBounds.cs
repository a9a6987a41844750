using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A helper is given more of a kernel object than one member, or would write it.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_reg_type; kernel/bpf/btf.c, btf_struct_walk.</remarks>
internal static class KF0309MemberBounds
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0309", "member-bounds", "A helper reads one member of a kernel object, and not beyond it", "btf-walk-field", "write-rdonly");

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

    /// <summary>The number, or array of numbers, that a pointer points into; null where it is something else or not recorded.</summary>
    private static StructField? MemberAt(Site site, RegState pointer) =>
        site.Program.Unit.FindStruct(pointer.Struct)?.Fields.FirstOrDefault(f =>
            f is { BitWidth: 0, Type: IntType or ArrayType { Element: IntType } } && f.ByteOffset <= pointer.Offset && pointer.Offset < EndOf(f));

    private static long EndOf(StructField field) => field.ByteOffset + field.Type.Size;
}
