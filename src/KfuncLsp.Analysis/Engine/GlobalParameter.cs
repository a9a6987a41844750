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
        if (tags.Contains("arg:ctx") || (program.Kind is { } kind && program.Model.Contexts.TryGetValue(kind.Type, out var context) && name == context.BpfName)) return new(GlobalParameterKind.Context);
        if (name == "bpf_dynptr") return new(GlobalParameterKind.Dynptr);
        if (tags.Contains("arg:trusted"))
            return name is null ? default : new(GlobalParameterKind.Object) { Struct = name, MayBeNull = tags.Contains("arg:nullable") };
        return pointer.Pointee.Size == 0 ? default : new(GlobalParameterKind.Memory) { Size = pointer.Pointee.Size, MayBeNull = !tags.Contains("arg:nonnull") };
    }
}
