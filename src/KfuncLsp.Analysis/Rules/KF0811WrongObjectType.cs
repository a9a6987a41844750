using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary>An object of a type that cannot be allocated, or cast to.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_kfunc_call and __btf_type_is_scalar_struct.</remarks>
internal static class KF0811WrongObjectType
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0811", "wrong-object-type", "Objects are structs, and per-CPU ones hold only numbers", "obj-new-type");

    /// <summary><c>BPF_GLOBAL_PERCPU_MA_MAX_SIZE</c>.</summary>
    private const long MostPercpuBytes = 512;
    private const int MostNesting = 3;

    public static bool IsBroken(Site site, KfuncCall meta)
    {
        if (meta.Name is not ("bpf_obj_new" or "bpf_percpu_obj_new" or "bpf_rdonly_cast") || meta.Constant is not { } type) return false;
        var (message, containing) = Complaint(site, meta, type);
        if (containing.Length == 0) return false;
        site.At(meta.Call.CalleeSpan).Report(Rule, message, "obj-new-type", site.Kernel("obj-new-type", containing, SizeOf(site, type), MostPercpuBytes), null, ("kfunc", meta.Kfunc.Name));
        return true;
    }

    private static (string Message, string Containing) Complaint(Site site, KfuncCall meta, RegState type)
    {
        if (meta.Name != "bpf_rdonly_cast" && RefusedTypes.OfObject(site) is { } why) return (why, "requires prog BTF");
        if (type.IsLeftToLoader) return ("", "");
        if (type.Object.Length == 0)
        {
            if (meta.Name == "bpf_rdonly_cast" && type.IsNull && site.Kernel("obj-new-type", "struct or void").Length == 0) return ("type 0 is no struct; only a struct can be cast to", "kfunc bpf_rdonly_cast");
            if (meta.Name != "bpf_rdonly_cast" && type.IsNull) return ("type 0 is no struct; only structs can be allocated", "bpf_obj_new/bpf_percpu_obj_new type ID argument must be of a struct");
            var isFar = meta.Name != "bpf_rdonly_cast" && type.ConstValue is < 0 or > uint.MaxValue;
            return isFar ? ("the type must be given by `bpf_core_type_id_local`", "must be in range") : ("", "");
        }

        if (!type.Object.StartsWith("struct ", StringComparison.Ordinal))
        {
            if (meta.Name != "bpf_rdonly_cast") return ($"`{type.Object}` is not a struct; only structs can be allocated", "bpf_obj_new/bpf_percpu_obj_new type ID argument must be of a struct");
            return type.Object.StartsWith("union ", StringComparison.Ordinal) || type.Object is "void" ? ("", "") : ($"`{type.Object}` is not a struct; only a struct can be cast to", "kfunc bpf_rdonly_cast");
        }

        if (meta.Name != "bpf_percpu_obj_new" || site.Program.Unit.FindStruct(type.Struct) is not { IsComplete: true } definition) return ("", "");
        if (definition.Type.ByteSize > MostPercpuBytes) return ($"`{type.Object}` has {definition.Type.ByteSize} bytes; a per-CPU object has at most {MostPercpuBytes}", "is greater than");
        if (IsScalarStruct(site, definition, 0) == false) return ($"`{type.Object}` holds more than numbers, which a per-CPU object cannot", "struct of scalars");
        return site.Program.Unit.Records.Of(definition.Type) is { Fields.Length: > 0 } ? ($"`{type.Object}` has members that the kernel looks after, which a per-CPU object cannot", "special fields") : ("", "");
    }

    private static long? SizeOf(Site site, RegState type) => site.Program.Unit.FindStruct(type.Struct)?.Type.ByteSize;

    /// <summary>Whether a struct holds numbers only; null where a part of it is not known.</summary>
    private static bool? IsScalarStruct(Site site, StructDef definition, int depth)
    {
        foreach (var field in definition.Fields)
        {
            var answer = field.Type switch
            {
                IntType => true,
                UnknownType => null,
                ArrayType { Count: 0 } => false,
                ArrayType { Element: UnknownType } => null,
                ArrayType array => array.Element is IntType,
                StructType when depth >= MostNesting => false,
                StructType inner => site.Program.Unit.FindStruct(inner.Name) is { IsComplete: true } nested ? IsScalarStruct(site, nested, depth + 1) : null,
                _ => (bool?)false,
            };
            if (answer != true) return answer;
        }

        return true;
    }
}
