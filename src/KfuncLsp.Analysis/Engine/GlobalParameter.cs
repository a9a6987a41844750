using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>What the verifier takes a parameter of a global function for.</summary>
internal enum GlobalParameterKind : byte { Unknown, Scalar, Context, Dynptr, Object, Memory }

/// <summary>A parameter of a global function, as its type and tags say.</summary>
/// <remarks>Units: <see cref="Size"/> in bytes. Source: kernel/bpf/btf.c, btf_prepare_func_args.</remarks>
internal readonly record struct GlobalParameter(GlobalParameterKind Kind)
{
    public bool MayBeNull { get; private init; }

    /// <summary>For objects.</summary>
    public string Struct { get; private init; } = "";

    public long Size { get; private init; }

    public static GlobalParameter Of(ProgramContext program, Parameter parameter)
    {
        var tags = parameter.DeclTags;
        if (parameter.Type is IntType) return new(GlobalParameterKind.Scalar);
        if (parameter.Type is not PointerType pointer || tags.Contains("arg:arena") || pointer.Tags.Contains("arena") || tags.Contains("arg:untrusted")) return default;
        var name = (pointer.Pointee as StructType)?.Name;
        if (tags.Contains("arg:ctx") || IsContext(program, name)) return new(GlobalParameterKind.Context);
        if (name == "bpf_dynptr") return new(GlobalParameterKind.Dynptr);
        if (tags.Contains("arg:trusted"))
            return name is null ? default : new(GlobalParameterKind.Object) { Struct = name, MayBeNull = tags.Contains("arg:nullable") };
        return pointer.Pointee.Size == 0 ? default : new(GlobalParameterKind.Memory) { Size = pointer.Pointee.Size, MayBeNull = !tags.Contains("arg:nonnull") };
    }

    /// <summary>Whether a struct bears the name of the program's context: as programs call it, as the kernel does, or as its typedef resolves on some architecture.</summary>
    /// <remarks>Source: kernel/bpf/btf.c, btf_is_prog_ctx_type; the typedef is that of arch/*/include/uapi/asm/bpf_perf_event.h.</remarks>
    private static bool IsContext(ProgramContext program, string? name) =>
        program.Kind is { } kind && program.Model.Contexts.TryGetValue(kind.Type, out var context) && (name == context.BpfName || (context.BpfName, name) is
            ("__sk_buff", "sk_buff") or ("xdp_md", "xdp_buff") or ("bpf_user_pt_regs_t", "pt_regs" or "user_pt_regs" or "user_regs_struct"));
}
