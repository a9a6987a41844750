using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A global function is called with what its prototype does not take: it was verified for what its types and tags say, and nothing else.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, btf_check_func_arg_match.</remarks>
internal static class KF0812GlobalFunctionArgument
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0812", "global-function-argument", "An argument does not fit a global function", "gsub-call-args");

    public static bool IsBroken(Site site, Call call, FunctionIr callee)
    {
        if (IsNoNumber(site, callee.ReturnType))
        {
            site.At(call.CalleeSpan).Report(Rule, $"`{callee.DisplayName}` returns {(callee.ReturnType is VoidType ? "nothing" : "a pointer")}; a global function gives a number", "gsub-call-args",
                site.Kernel("gsub-call-args", "Caller passes invalid args", null, callee.Name));
            return true;
        }

        for (var i = 0; i < callee.Parameters.Count && i < call.Arguments.Count; i++)
        {
            var argument = ValueTransfer.Read(site.State, call.Arguments[i]);
            var taken = GlobalParameter.Of(site.Program, callee.Parameters[i]);
            if (argument.IsUnknown) continue;
            var name = site.NameOf(call.Arguments[i], "the argument");
            if (IsGone(site, call, i, callee, taken, argument)) return true;
            if (Fault(site, taken, argument) is not { } fault) continue;
            site.At(call.SpanOf(i)).Report(Rule, $"`{name}` {fault} `{callee.DisplayName}`", "gsub-call-args",
                KernelSays(site, i, callee, taken, argument), null, ("variable", name));
            return true;
        }

        return false;
    }

    /// <summary>Newer kernels take functions that return nothing, or a pointer into an arena.</summary>
    /// <remarks>Source: kernel/bpf/btf.c, btf_prepare_func_args, btf_validate_return_type.</remarks>
    private static bool IsNoNumber(Site site, CType type) =>
        type is PointerType pointer ? !pointer.Tags.Contains("arena") || !TakesMore(site) : type is VoidType && !TakesMore(site);

    private static bool TakesMore(Site site) => site.Kernel("gsub-arg-type", "void or scalar").Length > 0;

    /// <summary>A pointer whose object was given away is a number, which is neither an object nor memory.</summary>
    private static bool IsGone(Site site, Call call, int index, FunctionIr callee, GlobalParameter taken, RegState argument)
    {
        if (taken.Kind is not (GlobalParameterKind.Object or GlobalParameterKind.Memory) || !argument.IsScalar || argument.Lost is not (LostPointer.Released or LostPointer.Unlocked or LostPointer.DynptrGone)) return false;
        var name = site.NameOf(call.Arguments[index], "the argument");
        site.At(call.SpanOf(index)).Report(KF0102UseAfterRelease.Rule, KF0102UseAfterRelease.Message(name, argument), "gsub-call-args",
            KernelSays(site, index, callee, taken, argument), null, ("variable", name));
        return true;
    }

    /// <summary>Newer kernels end with what they found in the register of an object.</summary>
    private static string KernelSays(Site site, int index, FunctionIr callee, GlobalParameter taken, RegState argument) =>
        taken.Kind == GlobalParameterKind.Object && site.Traits.ArgumentsAreRegisters && !argument.IsNull
            ? $"R{index + 1} type={RegNames.Of(argument)} expected=ptr_, trusted_ptr_, rcu_ptr_"
            : site.Kernel("gsub-call-args", "Caller passes invalid args", null, callee.Name);

    /// <summary>What is wrong with an argument, before the callee's name; null where nothing surely is.</summary>
    private static string? Fault(Site site, GlobalParameter taken, RegState argument) => taken.Kind switch
    {
        GlobalParameterKind.Scalar => argument.IsPointer && !argument.IsUntypedArgument ? "is a pointer, not the number that is taken by" : null,
        GlobalParameterKind.Context => argument.Type == RegType.PtrToCtx ? argument is { HasVariableOffset: false, Offset: 0 } ? null : "is not the context as it came, which is wanted by"
            : IsNoContext(argument) ? "is not the context that is wanted by" : null,
        GlobalParameterKind.Dynptr => IsNoDynptr(site, argument) ? "is not an initialised dynptr, which is wanted by" : null,
        GlobalParameterKind.Object or GlobalParameterKind.Memory when KF0603OutOfBounds.IsNumber(site, argument) => "is only a number, not what is wanted by",
        GlobalParameterKind.Object => ObjectFault(site, taken, argument),
        GlobalParameterKind.Memory => MemoryFault(site, taken, argument),
        _ => null,
    };

    private static bool IsNoContext(RegState argument) => argument.IsNull || argument.IsPointer;

    private static bool IsNoDynptr(Site site, RegState argument)
    {
        if (argument.Type == RegType.ConstPtrToDynptr) return false;
        if (argument.Type != RegType.PtrToStack) return argument.IsNull || argument.IsPointer;
        return MemoryTransfer.StackAt(site.State, argument) is { IsEscaped: false } && !argument.HasVariableOffset && DynptrTransfer.At(site.State, argument) is null;
    }

    private static string? ObjectFault(Site site, GlobalParameter taken, RegState argument)
    {
        if (argument.IsNull) return taken.MayBeNull ? null : "is NULL, but may not be for";
        if (!argument.IsPointer) return null;
        if (!argument.IsObject && !argument.IsSocket) return "is no kernel object, which is wanted by";
        if (argument.MayBeNull && !taken.MayBeNull) return "may be NULL here, but may not be for";
        if (argument.Is(TypeFlags.PtrUntrusted)) return "is not trusted, but must be for";
        return argument is { IsObject: true, HasVariableOffset: false, Offset: 0, Struct: { Length: > 0 } given } && !argument.Is(TypeFlags.StructUnknown) && !KF0801WrongObject.MayBeginWith(site, given, KernelModel.WithoutFlavour(taken.Struct))
            ? $"is a `struct {given}`, not the `struct {taken.Struct}` that is wanted by" : null;
    }

    /// <summary>Whether a parameter reaches from one member of an object into the next: objects are read member by member.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_mem_reg, check_helper_mem_access; kernel/bpf/btf.c, btf_struct_walk.</remarks>
    private static bool IsNoMemory(Site site, GlobalParameter taken, RegState argument) =>
        !argument.HasVariableOffset && !argument.Is(TypeFlags.MemUser | TypeFlags.MemPercpu | TypeFlags.StructUnknown)
        && site.Program.Unit.FindStruct(argument.Struct) is { IsForward: false, Type.IsUnion: false } definition
        && definition.Fields.Any(f => f.BitWidth == 0 && argument.Offset < f.ByteOffset && f.ByteOffset < argument.Offset + taken.Size);

    private static string? MemoryFault(Site site, GlobalParameter taken, RegState argument)
    {
        if (argument.IsNull) return !taken.MayBeNull && site.Traits.ArgumentsAreRegisters ? "is NULL, but may not be for" : null;
        if (argument.MayBeNull && !taken.MayBeNull) return "may be NULL here, but may not be for";
        return argument.Type switch
        {
            RegType.PtrToBtfId when IsNoMemory(site, taken, argument) => "is an object of several members, no memory for",
            RegType.ConstPtrToMap or RegType.PtrToFunc => "is no memory, which is wanted by",
            RegType.PtrToCtx when site.Program.Kind is { Type: not (ProgramType.Syscall or ProgramType.RawTracepointWritable or ProgramType.Ext) } => "is the context, not memory for",
            RegType.PtrToMem when argument.Is(TypeFlags.MemRdonly) => "can only be read, but is memory to be written for",
            RegType.PtrToMem or RegType.PtrToMapValue when argument is { Map: not null } or { Type: RegType.PtrToMem } && argument is { MemSize: >= 0, HasVariableOffset: false } && (argument.Offset < 0 || argument.Offset + taken.Size > argument.MemSize) => "is too short for",
            RegType.PtrToMapValue when argument is { Map: not null, HasVariableOffset: false } && site.Program.Unit.Records.Of(argument)?.Touched(argument.Offset, taken.Size) is { } field => $"points to a `{field.KindName}`, which is no memory for",
            RegType.PtrToMapValue when argument.Is(TypeFlags.MemRdonly) => "can only be read, but is memory to be written for",
            _ => null,
        };
    }
}
