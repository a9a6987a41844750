using System.Collections.Immutable;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Engine;

/// <summary>What a program, or a global function, is entered with.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, do_check_common; kernel/bpf/btf.c, btf_ctx_access; semantics E.2 and E.12.</remarks>
internal static class EntryState
{
    public static VerifierState OfProgram(ProgramContext program)
    {
        var state = new VerifierState { IsSleepable = program.Kind?.IsSleepable ?? false };
        var frame = program.NewFrame(program.Program, FrameKind.Program);
        state.Frames.Add(frame);
        if (program.Kind?.Type != ProgramType.Ext && program.Program.Parameters.Count > 0)
            frame.Locals[program.Program.Parameters[0].LocalId] = new(RegType.PtrToCtx);
        AcquireOwnedArguments(new(program, state, default));
        return state;
    }

    /// <summary>A global function knows of its arguments only what their types and tags say.</summary>
    public static VerifierState OfGlobalFunction(ProgramContext program, FunctionIr function)
    {
        var state = new VerifierState { IsSleepable = program.Kind?.IsSleepable ?? false };
        var frame = program.NewFrame(function, FrameKind.Global);
        state.Frames.Add(frame);
        foreach (var parameter in function.Parameters)
            frame.Locals[parameter.LocalId] = OfParameter(program, parameter);
        return state;
    }

    /// <summary>What a load through the context gives.</summary>
    public static RegState LoadFromContext(Site site, RegState pointer, Load load)
    {
        if (site.Program.Kind is not { } kind) return RegState.Unknown;
        return kind.Type switch
        {
            ProgramType.Tracing when kind.AttachType == "TRACE_ITER" => LoadFromIterator(site, kind, pointer, load),
            ProgramType.Tracing or ProgramType.Lsm or ProgramType.StructOps when load.Type is IntType { Bits: 64 } => Argument(site, kind, (int)(pointer.Offset / 8)),
            // The kernel keeps how far the program reaches into it, and compares that with the tracepoint where the program is attached.
            ProgramType.RawTracepointWritable when pointer is { Offset: 0, HasVariableOffset: false } && load.Type is IntType { Bits: 64 } => new(RegType.PtrToMem),
            ProgramType.RawTracepoint or ProgramType.RawTracepointWritable or ProgramType.Kprobe or ProgramType.Tracepoint or ProgramType.PerfEvent =>
                load.Type is IntType ? RegState.Scalar(ScalarRange.Of(load.Type)) : RegState.Unknown,
            ProgramType.Tracing or ProgramType.Lsm or ProgramType.StructOps or ProgramType.Ext => RegState.Unknown,
            ProgramType.Netfilter => LoadFromNetfilterContext(pointer),
            _ => LoadFromNetworkContext(site, pointer, load),
        };
    }

    private static RegState OfParameter(ProgramContext program, Parameter parameter)
    {
        var taken = GlobalParameter.Of(program, parameter);
        var mayBeNull = taken.MayBeNull ? TypeFlags.PtrMaybeNull : TypeFlags.None;
        return taken.Kind switch
        {
            GlobalParameterKind.Scalar => RegState.Scalar(ScalarRange.Of(parameter.Type)),
            GlobalParameterKind.Context => new(RegType.PtrToCtx),
            GlobalParameterKind.Dynptr => new(RegType.ConstPtrToDynptr) { Id = program.NextId() },
            GlobalParameterKind.Object => new(RegType.PtrToBtfId) { Struct = taken.Struct, Flags = TypeFlags.PtrTrusted | mayBeNull, Id = program.NextId(), Source = parameter.Name },
            GlobalParameterKind.Memory => new(RegType.PtrToMem) { MemSize = taken.Size, Flags = mayBeNull, Id = program.NextId(), Source = parameter.Name },
            _ => RegState.Unknown,
        };
    }

    private static void AcquireOwnedArguments(Site site)
    {
        if (OwnedArguments(site.Program) is not { } owned) return;
        foreach (var (index, suffix) in owned)
        {
            if (suffix != "ref") continue;
            var id = site.Program.NextId();
            var known = site.Program.StructOps?.Prototype is { } prototype && index < prototype.Parameters.Count ? prototype.Parameters[index] : null;
            site.State.References = site.State.References.Add(new(id, ReferenceKind.Pointer, "", new(site.Program.Program.Name, default))
            {
                LockId = index + 1, Variable = known?.Name ?? "", Struct = (known?.Type as PointerType)?.Pointee is StructType type ? type.Name : "",
                // What is not known to be passed on cannot be known to be kept either.
                IsEscaped = known is null,
            });
        }
    }

    private static ImmutableDictionary<int, string>? OwnedArguments(ProgramContext program) =>
        program.StructOps is { } binding && program.Model.StructOps.TryGetValue(binding.TypeName, out var type)
            ? type.Arguments.GetValueOrDefault(binding.Member) : null;

    /// <summary>Argument <paramref name="index"/> of the attach target.</summary>
    private static RegState Argument(Site site, ProgramKind kind, int index)
    {
        var untyped = RegState.Unknown with { IsUntypedArgument = true };
        var trusted = site.Traits.HasTrustedPointers ? TypeFlags.PtrTrusted : TypeFlags.None;
        switch (kind.Type)
        {
            case ProgramType.Lsm:
                return untyped with { Flags = site.Model.Lsm.Untrusted.Contains(kind.Target) ? TypeFlags.None : trusted };
            case ProgramType.StructOps:
                return StructOpsArgument(site, index, trusted);
            case ProgramType.Tracing when kind.AttachType == "TRACE_RAW_TP":
                return TracepointArgument(site, kind, index, trusted);
            default:
                return untyped;
        }
    }

    private static RegState TracepointArgument(Site site, ProgramKind kind, int index, TypeFlags flags)
    {
        var mark = site.Model.TracepointArguments.TryGetValue(kind.Target, out var marks) && index < marks.Length ? marks[index] : Registry.TracepointArgument.NonNull;
        if (mark == Registry.TracepointArgument.ErrorPointer) return RegState.AnyScalar with { IsRuntimeValue = true };
        if (!site.Program.Unit.Unit.TracepointPrototypes.TryGetValue(kind.Target, out var prototype) || index >= prototype.Parameters.Count)
        {
            return mark == Registry.TracepointArgument.MayBeNull && site.State.Top.Function.IsNaked
                ? new(RegType.PtrToBtfId) { Flags = flags | TypeFlags.TrustUnknown | TypeFlags.StructUnknown | TypeFlags.PtrMaybeNull, Id = site.Program.NextId() }
                : RegState.Unknown with { IsUntypedArgument = true, Flags = flags | TypeFlags.TrustUnknown };
        }

        return OfKernelType(site, prototype.Parameters[index].Type, flags, mark == Registry.TracepointArgument.MayBeNull, prototype.Parameters[index].Name);
    }

    private static RegState StructOpsArgument(Site site, int index, TypeFlags flags)
    {
        if (site.Program.StructOps?.Prototype is not { } prototype || index >= prototype.Parameters.Count)
            return RegState.Unknown with { IsUntypedArgument = true, Flags = flags | TypeFlags.TrustUnknown };
        var suffix = OwnedArguments(site.Program)?.GetValueOrDefault(index);
        if (suffix is not (null or "nullable" or "ref")) return RegState.Unknown;
        var value = OfKernelType(site, prototype.Parameters[index].Type, flags, suffix == "nullable", prototype.Parameters[index].Name);
        if (suffix != "ref") return value;
        foreach (var reference in site.State.References)
            if (reference.LockId == index + 1 && reference.AcquiredBy == "") return value with { RefObjId = reference.Id };
        return value;
    }

    private static RegState OfKernelType(Site site, CType type, TypeFlags flags, bool mayBeNull, string name) => type switch
    {
        IntType => RegState.Scalar(ScalarRange.Of(type)),
        PointerType { Pointee: StructType pointee } => new(RegType.PtrToBtfId)
        {
            Struct = pointee.Name,
            Flags = flags | (mayBeNull ? TypeFlags.PtrMaybeNull : TypeFlags.None),
            Id = mayBeNull ? site.Program.NextId() : 0,
            Source = name,
        },
        // Text and pointers to nothing are numbers to the verifier, whatever they are cast to.
        PointerType { Pointee: VoidType or IntType { Bits: 8 } } => RegState.AnyScalar with { IsRuntimeValue = true },
        _ => RegState.Unknown,
    };

    private static RegState LoadFromIterator(Site site, ProgramKind kind, RegState pointer, Load load)
    {
        if (pointer.Field is not { } field) return RegState.Unknown;
        if (field.Name == "meta") return new(RegType.PtrToBtfId) { Struct = "bpf_iter_meta", Flags = site.Traits.HasTrustedPointers ? TypeFlags.PtrTrusted : TypeFlags.None };
        if (!site.Model.IterContexts.TryGetValue(kind.Target, out var fields)) return RegState.Unknown;
        foreach (var known in fields)
        {
            if (known.Name != field.Name) continue;
            if (known.Struct.Length == 0) return RegState.Unknown;
            var flags = (known.IsTrusted ? TypeFlags.PtrTrusted : TypeFlags.None) | (known.MayBeNull ? TypeFlags.PtrMaybeNull : TypeFlags.None);
            return new(RegType.PtrToBtfId) { Struct = known.Struct, Flags = flags, Id = known.MayBeNull ? site.Program.NextId() : 0, Source = $"ctx->{known.Name}" };
        }

        return MemoryTransfer.OfType(load.Type, isRuntime: true);
    }

    /// <summary><c>struct bpf_nf_ctx</c>: the hook's state, then the packet.</summary>
    /// <remarks>Source: net/netfilter/nf_bpf_link.c, nf_is_valid_access.</remarks>
    private static RegState LoadFromNetfilterContext(RegState pointer) => pointer.Offset switch
    {
        0 => new(RegType.PtrToBtfId) { Struct = "nf_hook_state", Flags = TypeFlags.PtrTrusted },
        8 => new(RegType.PtrToBtfId) { Struct = "sk_buff", Flags = TypeFlags.PtrTrusted },
        _ => RegState.Unknown,
    };

    private static RegState LoadFromNetworkContext(Site site, RegState pointer, Load load)
    {
        // Assembly names no members.
        var name = pointer.Field?.Name ?? ContextMemberAt(site, pointer.Offset);
        if (name is "data" or "data_end" or "data_meta") return new(RegType.PtrToPacket) { Object = name };
        if (load.Type.Size == 8 && ContextSockets.Of(site.Program.Kind!.Type, name) is var (type, mayBeNull))
            return new(type) { Flags = mayBeNull ? TypeFlags.PtrMaybeNull : TypeFlags.None, Id = mayBeNull ? site.Program.NextId() : 0, Source = $"ctx->{name}" };
        if (pointer.Field is null && name.Length > 0) return RegState.Unknown;
        return load.Type is IntType ? RegState.Scalar(ScalarRange.Of(load.Type)) : RegState.Unknown;
    }

    private static string ContextMemberAt(Site site, long offset) =>
        site.Program.Kind is { } kind && site.Model.Contexts.TryGetValue(kind.Type, out var context) ? ContextPointers.NameAt(context.BpfName, offset) : "";
}
