using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Engine;

/// <summary>libbpf's comparison of a declaration with the kernel's function.</summary>
/// <remarks>Source: tools/lib/bpf/relo_core.c, __bpf_core_types_are_compat; what cannot be compared counts as equal.</remarks>
internal static class PrototypeMatch
{
    public static bool Matches(FunctionType declared, KfuncSignature kfunc)
    {
        if (declared.IsVariadic || declared.Parameters.Count != kfunc.Parameters.Length) return false;
        for (var i = 0; i < declared.Parameters.Count; i++)
            if (!IsCompatible(declared.Parameters[i].Type, kfunc.Parameters[i].Type)) return false;
        return IsCompatible(declared.Return, kfunc.Return.Type);
    }

    private static bool IsCompatible(CType declared, KfuncType kernel)
    {
        // A parameter of function type is a pointer, however the kernel's source spells it.
        if (KindOf(declared) is not { } kind || kernel.Kind is KfuncTypeKind.Other or KfuncTypeKind.Function) return true;
        if (kind != kernel.Kind) return false;
        if (declared is not PointerType { Pointee: var pointee } || KindOf(pointee) is not { } inner) return true;
        return kernel.Pointee is KfuncTypeKind.Other || inner == kernel.Pointee;
    }

    private static KfuncTypeKind? KindOf(CType type) => type switch
    {
        VoidType => KfuncTypeKind.Void,
        IntType { EnumName: not null } => KfuncTypeKind.Enum,
        IntType => KfuncTypeKind.Integer,
        PointerType => KfuncTypeKind.Pointer,
        StructType s => s.IsUnion ? KfuncTypeKind.Union : KfuncTypeKind.Struct,
        // As a parameter it is a pointer.
        FunctionType => null,
        _ => null,
    };
}
