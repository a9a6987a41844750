using System.Collections.Immutable;

namespace KfuncLsp.Registry.Facts;

/// <summary>The text of a kernel type → <see cref="KfuncType"/>.</summary>
public static class KernelTypes
{
    private static readonly ImmutableDictionary<string, (int Bits, bool Signed)> Integers = new Dictionary<string, (int, bool)>
    {
        ["char"] = (8, true), ["signed char"] = (8, true), ["unsigned char"] = (8, false), ["u8"] = (8, false), ["__u8"] = (8, false), ["s8"] = (8, true), ["__s8"] = (8, true), ["uint8_t"] = (8, false),
        ["bool"] = (8, false), ["_Bool"] = (8, false),
        ["short"] = (16, true), ["unsigned short"] = (16, false), ["u16"] = (16, false), ["__u16"] = (16, false), ["s16"] = (16, true), ["__s16"] = (16, true), ["__be16"] = (16, false), ["__le16"] = (16, false), ["uint16_t"] = (16, false), ["umode_t"] = (16, false), ["__sum16"] = (16, false),
        ["int"] = (32, true), ["unsigned int"] = (32, false), ["unsigned"] = (32, false), ["u32"] = (32, false), ["__u32"] = (32, false), ["s32"] = (32, true), ["__s32"] = (32, true), ["__be32"] = (32, false), ["__le32"] = (32, false),
        ["uint32_t"] = (32, false), ["int32_t"] = (32, true), ["gfp_t"] = (32, false), ["pid_t"] = (32, true), ["__wsum"] = (32, false), ["uint"] = (32, false), ["dev_t"] = (32, false),
        ["long"] = (64, true), ["long int"] = (64, true), ["unsigned long"] = (64, false), ["long long"] = (64, true), ["unsigned long long"] = (64, false), ["u64"] = (64, false), ["__u64"] = (64, false), ["s64"] = (64, true), ["__s64"] = (64, true),
        ["uint64_t"] = (64, false), ["int64_t"] = (64, true), ["size_t"] = (64, false), ["ssize_t"] = (64, true), ["loff_t"] = (64, true), ["__be64"] = (64, false), ["__le64"] = (64, false), ["key_serial_t"] = (32, true), ["uintptr_t"] = (64, false),
        ["ktime_t"] = (64, true), ["clockid_t"] = (32, true), ["sector_t"] = (64, false),
    }.ToImmutableDictionary();

    private static readonly ImmutableDictionary<string, string> StructTypedefs = new Dictionary<string, string> { ["cpumask_t"] = "cpumask", ["nodemask_t"] = "nodemask" }.ToImmutableDictionary();

    public static KfuncType Parse(string text)
    {
        var bare = string.Join(' ', text.Replace("*", " * ", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => w is not ("const" or "volatile" or "restrict" or "__user" or "__rcu" or "__percpu" or "__iomem" or "__force")));
        if (text.Contains("(*)", StringComparison.Ordinal)) return new(text, KfuncTypeKind.Pointer) { Bits = 64, Pointee = KfuncTypeKind.Function };
        if (!bare.EndsWith('*')) return Value(text, bare);
        var pointee = bare[..^1].TrimEnd();
        if (pointee.EndsWith('*')) return new(text, KfuncTypeKind.Pointer) { Bits = 64, Pointee = KfuncTypeKind.Pointer };
        var inner = Value(pointee, pointee);
        return new(text, KfuncTypeKind.Pointer)
        {
            Bits = 64,
            Pointee = inner.Kind,
            PointeeStruct = inner.Kind is KfuncTypeKind.Struct or KfuncTypeKind.Union ? StructName(pointee) : null,
        };
    }

    /// <summary>The bytes of an integer type; 0 for any other.</summary>
    public static int IntegerSize(string text) => Integers.TryGetValue(text, out var integer) ? integer.Bits / 8 : 0;

    private static KfuncType Value(string text, string bare)
    {
        if (bare is "void" or "") return new(text, KfuncTypeKind.Void);
        if (Integers.TryGetValue(bare, out var integer)) return new(text, KfuncTypeKind.Integer) { Bits = integer.Bits, IsSigned = integer.Signed };
        if (bare.StartsWith("enum ", StringComparison.Ordinal)) return new(text, KfuncTypeKind.Enum) { Bits = 32 };
        if (bare.StartsWith("struct ", StringComparison.Ordinal) || StructTypedefs.ContainsKey(bare)) return new(text, KfuncTypeKind.Struct);
        if (bare.StartsWith("union ", StringComparison.Ordinal)) return new(text, KfuncTypeKind.Union);
        return new(text, KfuncTypeKind.Other);
    }

    private static string StructName(string bare) => StructTypedefs.GetValueOrDefault(bare) ?? bare[(bare.IndexOf(' ', StringComparison.Ordinal) + 1)..];
}
