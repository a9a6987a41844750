using KfuncLsp.Analysis.Rules;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Reads and writes memory: the kernel's <c>check_mem_access</c>.</summary>
internal static class MemoryTransfer
{
    public static void Load(Site site, Load load)
    {
        var state = site.State;
        if (state.Top.Facts.IsRemoved(load))
        {
            state.Top.Locals[load.Target] = RegState.Unknown;
            return;
        }

        var pointer = ValueTransfer.Read(state, load.Pointer);
        if (IsBadPointer(site, load.Pointer, pointer))
        {
            RepairAfterNull(state, pointer);
            state.Top.Locals[load.Target] = RegState.Unknown;
            return;
        }

        if (IsBadPlace(site, load.Pointer, pointer, load.Type, isWrite: false))
        {
            state.Top.Locals[load.Target] = RegState.Unknown;
            return;
        }

        NoteUse(state, pointer);
        var place = IsReadAnew(site, pointer) ? null : LoadedValues.Of(pointer, load.Type.Size, load.Bits);
        if (place is { IsOfGlobal: false } kept && pointer.Type != RegType.PtrToStack) state.Top.Precision.Of(load.Target).ComesFrom(state.Top.Precision.Of(kept));
        if (place is { } known && state.Loaded.Values.TryGetValue(known, out var again) && (!again.IsScalar || again.Range.ConvertTo(TypeOf(load.Type, load.Bits)) == again.Range))
        {
            state.Top.Locals[load.Target] = again;
            return;
        }

        // Which member is read there only the verifier knows; it may be a pointer.
        var value = pointer is { HasVariableOffset: true, Type: RegType.PtrToBtfId } && load.Type.Size == 8 ? RegState.Unknown
            : pointer.HasVariableOffset && ReadOnlyData.IsKnown(site.Program.Unit, pointer) ? OfType(load.Type, isRuntime: false) with { Term = RegState.KnownElsewhere.Term }
            : pointer.HasVariableOffset && pointer.Type != RegType.PtrToStack ? OfType(load.Type, isRuntime: true)
            : pointer.Type switch
            {
                RegType.PtrToStack => LoadFromStack(site, pointer, load),
                RegType.PtrToCtx => EntryState.LoadFromContext(site, pointer, load),
                RegType.PtrToBtfId => pointer.Is(TypeFlags.MemAlloc) ? LoadFromLocalObject(site, pointer, load) : ObjectWalk.Load(site, pointer, load),
                RegType.PtrToMapValue => LoadFromMapValue(site, pointer, load),
                RegType.PtrToMem or RegType.PtrToPacket => LoadFromMemory(site, pointer, load),
                _ => OfType(load.Type, isRuntime: false) with { Source = pointer.Source == ValueTransfer.CoreQuestion ? pointer.Source : "" },
            };
        if (!load.Bits.IsWhole && value.IsScalar && pointer.Type != RegType.PtrToStack) value = OfType(TypeOf(load.Type, load.Bits), value.IsRuntimeValue);
        if ((value.IsPointer || value.IsUntypedArgument) && value.Origin == 0 && !(pointer.Type == RegType.PtrToStack && IsToldApart(value))) value = value with { Origin = site.Program.NextId() };
        if (value is { IsScalar: true, Range.IsConst: false, IsRuntimeValue: true, Term: null } && IsReadFirst(site, pointer)) value = value with { Term = new UnknownTerm(value.Range) { IsReadFirst = true } };
        if (value is { IsScalar: true, Range.IsConst: false } && (IsReadAgain(site, pointer) || IsKept(site, pointer))) value = value.Named(site.Program.NextId());
        if (place is { } read && value.Id != 0 && (value.MayBeNull || value.IsScalar)) state.Loaded = state.Loaded.With(read, value);
        state.Top.Locals[load.Target] = value;
    }

    /// <summary>Whether a pointer that lay on the stack is told apart from others by what it is.</summary>
    private static bool IsToldApart(RegState value) => value.Type == RegType.PtrToCtx || value is not { Id: 0, RefObjId: 0, Object: "" };

    /// <summary>Whether nothing that the program may have read before is the same number, or a part of it.</summary>
    private static bool IsReadFirst(Site site, RegState pointer)
    {
        if (!site.Program.TakesLengths || pointer is not { HasVariableOffset: false, Type: RegType.PtrToMapValue or RegType.PtrToCtx or RegType.PtrToBtfId }) return false;
        var top = site.State.Top;
        return pointer.Field is { ThroughUnion: false } field ? IsReadAnew(site, pointer) || site.Program.Mentions.IsFirstOfMember(field.Struct, field.Name, top.Function.Name, top.Block, top.Index - 1)
            : pointer is { Type: RegType.PtrToMapValue, Map: null, Offset: 0 } && site.Program.Mentions.IsFirstOfGlobal(pointer.Object, top.Function.Name, top.Block, top.Index - 1);
    }

    /// <summary>Whether the function reads the global variable again: with no call between, the compiler gives the number that was read or written before.</summary>
    private static bool IsReadAgain(Site site, RegState pointer) =>
        pointer is { Type: RegType.PtrToMapValue, Map: null, HasVariableOffset: false } && !pointer.Is(TypeFlags.MemRdonly) && site.State.Top is { Kind: not FrameKind.Global } top
        && site.Program.Unit.Globals.TryGetValue(pointer.Object, out var global) && global is { IsVolatile: false, Section: not ".kconfig" }
        && top.Facts.IsReachedAfter(pointer.Object, top.Block, top.Index - 1);

    /// <summary>Whether a number of the context, a map's value, a packet or an object of the program is the same when it is read again, in whatever way.</summary>
    /// <remarks>What a loop finds in one element after the other would keep its rounds apart.</remarks>
    private static bool IsKept(Site site, RegState pointer) =>
        (pointer.Type is RegType.PtrToCtx or RegType.PtrToMapValue or RegType.PtrToMem or RegType.PtrToPacket || (pointer.IsObject && pointer.Is(TypeFlags.MemAlloc)))
        && (pointer.HasVariableOffset ? pointer.Index != 0 : pointer is not { Type: RegType.PtrToMapValue, Map: null }) && !IsReadAnew(site, pointer)
        && (pointer.Field is not null || !site.State.Frames.Exists(f => f.Facts.IsInLoop(f.Block)));

    /// <summary>Every copy of a pointer that memory is reached through is known not to be NULL, where the verifier would go both ways at a check.</summary>
    private static void NoteUse(VerifierState state, RegState pointer)
    {
        if (pointer.IsUsed || pointer.MayBeNull || state.Top.Function.IsNaked || !(pointer.Type == RegType.PtrToCtx || (pointer.IsObject && pointer.Origin != 0)) || ValueTransfer.IsNotNull(pointer with { IsInside = false }) == true) return;
        state.MapValues(v => v.Type == pointer.Type && v.Origin == pointer.Origin && v.Id == pointer.Id && !v.IsUsed ? v with { IsUsed = true } : v);
    }

    /// <summary>Whether the compiler gives what is written there to a read that follows, with no call between.</summary>
    private static bool IsForwarded(Site site, RegState pointer) => IsReadAgain(site, pointer) || IsKept(site, pointer);

    /// <summary>Whether each read of a member stays a read: that is how the compiler treats those that the loader relocates.</summary>
    private static bool IsReadAnew(Site site, RegState pointer) =>
        pointer.Field is { } field && site.Program.Unit.FindStruct(field.Root) is { PreservesAccessIndex: true };

    public static void Store(Site site, Store store)
    {
        var state = site.State;
        var pointer = ValueTransfer.Read(state, store.Pointer);
        var value = ValueTransfer.Copy(site.Program, state, store.Value);
        if (IsBadPointer(site, store.Pointer, pointer))
        {
            RepairAfterNull(state, pointer);
            return;
        }

        if (IsBadPlace(site, store.Pointer, pointer, store.Type, isWrite: true) || KF0809KptrAccess.IsBrokenByStore(site, pointer, value))
        {
            Escape(state, value);
            return;
        }

        NoteUse(state, pointer);
        if (pointer.Type != RegType.PtrToStack && store.Type is PointerType) Precision.Need(state, store.Value);
        if (pointer.Type != RegType.PtrToStack)
            state.Loaded = state.Loaded.After(pointer, store.Type.Size);
        switch (pointer.Type)
        {
            case RegType.PtrToStack:
                StoreToStack(site, pointer, value, store);
                break;
            case RegType.PtrToCtx when IsKept(site, pointer): Forward(site, pointer, value, store); break;
            case RegType.PtrToMapValue or RegType.PtrToMem or RegType.PtrToBtfId or RegType.PtrToSocket or RegType.PtrToSockCommon or RegType.PtrToTcpSock:
                if (!KF0604ReadOnlyWrite.IsBroken(site, store, pointer) && !KF0307KernelObjectWrite.IsBroken(site, store, pointer) && !KF0309MemberBounds.IsBrokenByMergedStore(site, pointer))
                {
                    KF0603OutOfBounds.CheckAccess(site, pointer, store.Type.Size);
                    KF0603OutOfBounds.CheckObjectAccess(site, pointer, store.Type.Size);
                }

                if (IsForwarded(site, pointer)) Forward(site, pointer, value, store);
                break;
            case RegType.Unknown:
                Escape(state, value);
                break;
        }
    }

    /// <summary>What is written is what is read there next.</summary>
    private static void Forward(Site site, RegState pointer, RegState value, Store store)
    {
        if (!store.Bits.IsWhole || value.IsUnknown || LoadedValues.Of(pointer, store.Type.Size) is not { } place) return;
        if (store.Value.Kind == OperandKind.Local) site.State.Top.Precision.Of(place).ComesFrom(site.State.Top.Precision.Of(store.Value.LocalId));
        site.State.Loaded = site.State.Loaded.With(place, !value.IsScalar || value.Range.ConvertTo(store.Type) == value.Range ? value : value.CutTo(value.Range.ConvertTo(store.Type), store.Type));
    }

    public static void Copy(Site site, CopyMemory copy)
    {
        var state = site.State;
        var target = ValueTransfer.Read(state, copy.Target);
        var source = ValueTransfer.Read(state, copy.Source);
        if (IsBadPointer(site, copy.Target, target) | IsBadPointer(site, copy.Source, source)) return;
        Precision.Need(state, copy.Length);
        var length = ValueTransfer.Read(state, copy.Length).ConstValue;
        var from = StackAt(state, source);
        // Bytes of a variable that nobody gave a value need not be copied.
        if (length is { } copied && from is null or { IsZeroed: true } && KF0808SpecialFieldAccess.IsBroken(site, copy.Target, target, copied)) return;
        if (length is { } assigned && !IsOneObject(target, source) && (source.Type != RegType.PtrToStack || from is not null) && KF0809KptrAccess.IsBrokenByBlock(site, target, assigned, from, source.Offset)) return;
        if (KF0602DynptrOverwrite.IsBrokenByBlock(site, target, length)) return;
        if (target.Type != RegType.PtrToStack) state.Loaded = state.Loaded.After(target, length ?? 0);
        if (StackAt(state, target) is not { } to || target.HasVariableOffset || length is null)
        {
            Forget(state, target, length);
            if (from is not null && target.IsUnknown) EscapeObject(state, source);
            return;
        }

        DynptrTransfer.DestroyIn(state, to, target.Offset, length.Value);
        to = StackAt(state, target)!;
        from = StackAt(state, source);
        var isMoved = IsTemporary(state, source, length.Value);
        var result = to.WriteOver(BitSpan.OfBytes(target.Offset, length.Value)) with { IsZeroed = false };
        if (from is not null && !source.HasVariableOffset && !from.IsEscaped)
        {
            state.Frames[target.Frame].Precision.IsCopied(target.LocalId, BitSpan.OfBytes(target.Offset, length.Value), state.Frames[source.Frame].Precision, source.LocalId, target.Offset - source.Offset);
            if (from.IsZeroed && (to.IsZeroed || (target.Offset == 0 && result.Slots.IsEmpty))) result = result with { IsZeroed = true };
            result = result.PutCopy(from, BitSpan.OfBytes(source.Offset, length.Value), target.Offset - source.Offset, isMoved);
            if (isMoved) SetStack(state, source, StackObject.Fresh);
        }
        else if (ReadOnlyData.CopyTo(result, target.Offset, site, source, length.Value) is { } constants) result = constants with { IsZeroed = to.IsZeroed };
        else if (from is null && source is { Type: RegType.PtrToCtx or RegType.PtrToMapValue, HasVariableOffset: false } && StructOfBlock(site, copy, target, length.Value) is { } whole)
            result = CopyMembers(site, result, target.Offset, source, whole, 0);

        SetStack(state, target, result);
    }

    /// <summary>The struct that is copied whole; null where it is none.</summary>
    private static StructType? StructOfBlock(Site site, CopyMemory copy, RegState target, long length) =>
        copy.Source.Type is PointerType { Pointee: StructType named } && named.Size == length ? named
        : target.Offset == 0 && site.State.Frames[target.Frame].Function.Locals[target.LocalId].Type is StructType own && own.Size == length ? own : null;

    /// <summary>A local with the numbers of a struct in the context or in a map's value: each is one number in both places.</summary>
    private static StackObject CopyMembers(Site site, StackObject target, long offset, RegState source, StructType type, int depth)
    {
        const int MostMembers = 32, MostDepth = 3;
        if (depth > MostDepth || site.Program.Unit.FindStruct(type.Name) is not { IsComplete: true, PreservesAccessIndex: false, Type.IsUnion: false } definition || definition.Fields.Count > MostMembers) return target;
        foreach (var field in definition.Fields)
        {
            var member = source with { Offset = source.Offset + field.ByteOffset };
            if (field.Type is StructType inner) target = CopyMembers(site, target, offset + field.ByteOffset, member, inner, depth + 1);
            if (field is not { BitWidth: 0, Type: IntType { Bits: <= 64 } number } || LoadedValues.Of(member, number.Size) is not { } place) continue;
            if (!site.State.Loaded.Values.TryGetValue(place, out var value)) site.State.Loaded = site.State.Loaded.With(place, value = OfType(number, isRuntime: true).Named(site.Program.NextId()));
            if (value.IsScalar) target = target.Put(offset + field.ByteOffset, new(SlotKind.Spill, number.Size) { Value = value });
        }

        return target;
    }

    /// <summary>Whether a block is copied onto itself, which the compiler leaves out; what is not known may be the same.</summary>
    private static bool IsOneObject(RegState target, RegState source) => !source.IsPointer || (source.Id == target.Id && source.Offset == target.Offset);

    /// <summary>Whether the whole of a struct that has no name is copied: the compiler makes it in its target's place.</summary>
    private static bool IsTemporary(VerifierState state, RegState source, long length) =>
        source is { Type: RegType.PtrToStack, Offset: 0, HasVariableOffset: false } && source.Frame < state.Frames.Count
        && state.Frames[source.Frame].Function.Locals[source.LocalId] is { Kind: LocalKind.Temporary, Type: StructType type } && type.Size == length;

    public static void Set(Site site, SetMemory set)
    {
        var state = site.State;
        var target = ValueTransfer.Read(state, set.Target);
        if (IsBadPointer(site, set.Target, target)) return;
        Precision.Need(state, set.Length);
        Precision.Need(state, set.Value);
        var length = ValueTransfer.Read(state, set.Length).ConstValue;
        var isZero = ValueTransfer.Read(state, set.Value).IsNull;
        if (length is { } written && (KF0808SpecialFieldAccess.IsBroken(site, set.Target, target, written) || KF0809KptrAccess.IsBrokenByBlock(site, target, written, null, 0))) return;
        if (KF0602DynptrOverwrite.IsBrokenByBlock(site, target, length)) return;
        if (target.Type != RegType.PtrToStack) state.Loaded = state.Loaded.After(target, length ?? 0);
        if (StackAt(state, target) is not { } memory || target.HasVariableOffset || length is null)
        {
            Forget(state, target, length);
            return;
        }

        var size = state.Frames[target.Frame].Function.Locals[target.LocalId].Type.Size;
        var isWhole = target.Offset == 0 && length >= size;
        DynptrTransfer.DestroyIn(state, memory, target.Offset, isWhole ? size : length.Value);
        if (isWhole) memory = StackObject.Fresh with { IsZeroed = isZero, IsEscaped = memory.IsEscaped };
        else
        {
            memory = StackAt(state, target)!.WriteOver(BitSpan.OfBytes(target.Offset, length.Value));
            memory = memory with { IsZeroed = memory.IsZeroed && isZero };
        }

        const long AllBytes = 0x0101010101010101;
        if (length is > 0 and <= 8 && !(isWhole && isZero) && ValueTransfer.Read(state, set.Value).KnownSize is { } filling)
            memory = memory.Put(target.Offset, new(SlotKind.Spill, length.Value) { Value = RegState.Const((filling & 0xff) * (AllBytes >> (int)(64 - 8 * length.Value))) });
        SetStack(state, target, memory);
    }

    public static void Update(Site site, AtomicUpdate update)
    {
        var state = site.State;
        var pointer = ValueTransfer.Read(state, update.Pointer);
        state.Loaded = LoadedValues.None;
        // Of what lies on the stack the verifier knows whole slots; what an atomic leaves there it does not know.
        var before = update.Type.Size == 8 && !pointer.HasVariableOffset && StackAt(state, pointer)?.At(pointer.Offset) is { Kind: SlotKind.Spill, Size: 8, Value.IsScalar: true } slot ? slot.Value : null;
        if (!IsBadPointer(site, update.Pointer, pointer) && !KF0809KptrAccess.IsBrokenByAtomic(site, pointer) && !KF0604ReadOnlyWrite.IsBrokenByAtomic(site, update.Pointer, pointer)) Forget(state, pointer, update.Type.Size);
        else RepairAfterNull(state, pointer);
        foreach (var operand in update.Operands) Escape(state, ValueTransfer.Read(state, operand));
        if (update.Result is { } result) state.Top.Locals[result] = before ?? OfType(update.Type, isRuntime: true);
    }

    private static bool IsBadPointer(Site site, Operand operand, RegState pointer) =>
        KF0102UseAfterRelease.IsBroken(site, operand, pointer) || KF0202UncheckedNullDereference.IsBroken(site, operand, pointer)
        || KF0204ScalarDereference.IsBroken(site, operand, pointer);

    /// <summary>Whether a good pointer points to a place that is not plain memory.</summary>
    private static bool IsBadPlace(Site site, Operand operand, RegState pointer, CType type, bool isWrite) =>
        KF0705NonGplProgram.IsBrokenByAccess(site, operand, pointer) || KF0308ObjectOffset.IsBroken(site, operand, pointer) || KF0311PercpuAccess.IsBroken(site, operand, pointer) || KF0808SpecialFieldAccess.IsBroken(site, operand, pointer, type.Size)
        || KF0809KptrAccess.IsBroken(site, pointer, type, type.Size) || KF0310ContextAccess.IsBroken(site, pointer, type, type.Size, isWrite);

    /// <summary>A value that memory of this type may hold.</summary>
    public static RegState OfType(CType type, bool isRuntime) =>
        type is IntType { Bits: < 64 } || (type is IntType && isRuntime) ? RegState.Scalar(ScalarRange.Of(type), isRuntime) : RegState.Unknown;

    public static StackObject? StackAt(VerifierState state, RegState pointer)
    {
        // A pointer to the stack of a function that has returned points nowhere that is followed.
        if (pointer.Type != RegType.PtrToStack || pointer.Frame >= state.Frames.Count || pointer.LocalId >= state.Frames[pointer.Frame].Memory.Length) return null;
        return state.Frames[pointer.Frame].Memory[pointer.LocalId] ?? StackObject.Fresh;
    }

    public static void SetStack(VerifierState state, RegState pointer, StackObject memory) =>
        state.SetMemory(pointer.Frame, pointer.LocalId, memory);

    /// <summary>Someone may have written there.</summary>
    public static void Forget(VerifierState state, RegState pointer, long? length)
    {
        if (StackAt(state, pointer) is not { } memory) return;
        foreach (var slot in memory.Slots.Values)
            if (slot.Kind == SlotKind.Spill && (pointer.HasVariableOffset || length is null)) Escape(state, slot.Value);
        SetStack(state, pointer, pointer.HasVariableOffset || length is null
            ? memory with { Slots = memory.Slots.RemoveRange(memory.Slots.Where(s => s.Value.Kind == SlotKind.Spill).Select(s => s.Key)), Parts = StackObject.Fresh.Parts, IsZeroed = false }
            : memory.Clear(pointer.Offset, length.Value) with { IsZeroed = false });
    }

    /// <summary>One element of an array, which is not known, was written.</summary>
    private static void ForgetElements(VerifierState state, RegState pointer, StackObject memory)
    {
        foreach (var (offset, slot) in memory.Slots)
            if (slot.Kind == SlotKind.Spill && offset < pointer.Offset + pointer.ArraySize && pointer.Offset < offset + slot.Size) Escape(state, slot.Value);
        SetStack(state, pointer, StackAt(state, pointer)!.Clear(pointer.Offset, pointer.ArraySize) with { IsZeroed = false });
    }

    /// <summary>A helper wrote there: whatever the program declares, only numbers lie there now.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_stack_range_initialized (raw_mode) and the writes that follow it.</remarks>
    public static void FillWithNumbers(Site site, RegState pointer, long? length)
    {
        const int Most = 256;
        if (StackAt(site.State, pointer) is not { IsEscaped: false } memory || pointer.HasVariableOffset || length is not (>= 8 and <= Most)) return;
        for (var offset = pointer.Offset; offset + 8 <= pointer.Offset + length; offset += 8)
            memory = memory.Put(offset, new(SlotKind.Spill, 8) { Value = (RegState.AnyScalar with { IsRuntimeValue = true }).Named(site.Program.NextId()) });
        SetStack(site.State, pointer, memory);
    }

    /// <summary>A value goes where we cannot follow: what it owns is never called a leak.</summary>
    public static void Escape(VerifierState state, RegState value)
    {
        state.Escape(value.RefObjId);
        if (value.Type == RegType.PtrToStack) EscapeObject(state, value);
    }

    public static void EscapeObject(VerifierState state, RegState pointer)
    {
        if (StackAt(state, pointer) is not { IsEscaped: false } memory) return;
        SetStack(state, pointer, StackObject.Fresh with { IsEscaped = true });
        foreach (var slot in memory.Slots.Values)
        {
            state.Escape(slot.RefObjId);
            Escape(state, slot.Value);
        }
    }

    /// <summary>After a finding about NULL the path goes on as if the pointer had been checked.</summary>
    private static void RepairAfterNull(VerifierState state, RegState pointer)
    {
        if (pointer.MayBeNull && pointer.Id != 0) BranchRefinement.MarkNull(state, pointer.Id, isNull: false);
    }

    /// <summary>The type of a number in some bits.</summary>
    private static CType TypeOf(CType unit, BitRange bits) => bits.IsWhole || unit is not IntType type ? unit : type with { Bits = bits.Width };

    private static RegState LoadFromStack(Site site, RegState pointer, Load load)
    {
        var state = site.State;
        var memory = StackAt(state, pointer);
        var type = TypeOf(load.Type, load.Bits);
        var value = OfType(type, isRuntime: false);
        if (memory is { HoldsKnownNumbers: true } && pointer.HasVariableOffset) return value with { Term = RegState.KnownElsewhere.Term };
        if (memory is null || memory.IsEscaped || pointer.HasVariableOffset) return value;
        KF0406IrqFlag.CheckRead(site, memory, pointer.Offset, load.Type.Size);
        var bits = BitSpan.OfAccess(pointer.Offset, load.Type, load.Bits);
        state.Top.Precision.Of(load.Target).ComesFrom(state.Frames[pointer.Frame].Precision.Of(pointer.LocalId, bits));
        if (load.Bits.IsWhole && memory.At(pointer.Offset) is { Kind: SlotKind.Spill } slot && slot.Size == load.Type.Size) return slot.Value;
        if (memory.Parts.TryGetValue(bits, out var part) && part.Range.ConvertTo(type) == part.Range)
        {
            if (part is { Id: 0, Range.IsConst: false }) SetStack(state, pointer, memory with { Parts = memory.Parts.SetItem(bits, part = part.Named(site.Program.NextId())) });
            return part;
        }

        // Of assembly only the verifier knows what it reads, and it knows zeros alone.
        var isAssembly = state.Top.Function.IsNaked;
        if (memory.NumberIn(bits) is { } known && (known == 0 || (type is IntType && !isAssembly))) return RegState.Const(ScalarRange.Const(known).ConvertTo(type).Min);
        if (type is not IntType number || isAssembly || !bits.IsNumber || memory.SpecialIn(pointer.Offset, load.Type.Size) is not null || StackLayout.IsOutside(state, pointer)) return value;
        value = memory.NumberFrom(bits, number);
        if (!value.Range.IsConst) value = value.Named(site.Program.NextId());
        SetStack(state, pointer, memory with { Parts = memory.Parts.SetItem(bits, value) });
        return value;
    }

    private static void StoreToStack(Site site, RegState pointer, RegState value, Store store)
    {
        var state = site.State;
        if (StackAt(state, pointer) is not { } memory) return;
        state.Looked += memory.Slots.Count + memory.Parts.Count;
        if (memory.IsEscaped || pointer.HasVariableOffset || store.Type.Size == 0)
        {
            Escape(state, value);
            if (!memory.IsEscaped && pointer is { HasVariableOffset: true, ArraySize: > 0 }) ForgetElements(state, pointer, memory);
            else if (!memory.IsEscaped) Forget(state, pointer, pointer.HasVariableOffset ? null : store.Type.Size);
            if (pointer.HasVariableOffset && StackAt(state, pointer) is { } blurred) SetStack(state, pointer, blurred with { IsBlurred = true });
            return;
        }

        if (memory.SpecialIn(pointer.Offset, store.Type.Size) is { } special)
        {
            if (KF0602DynptrOverwrite.IsBroken(site, special)) return;
            DynptrTransfer.Destroy(state, special);
        }

        // Half of a pointer is none: in a frame that is followed byte by byte the whole slot is a number now.
        var slotStart = pointer.Offset & ~7L;
        if (store.Type.Size < 8 && state.Frames[pointer.Frame].Function.Locals[pointer.LocalId].Kind == LocalKind.Register
            && memory.At(slotStart) is { Kind: SlotKind.Spill, Size: 8, Value.IsPointer: true })
        {
            SetStack(state, pointer, memory.Put(slotStart, new(SlotKind.Spill, 8) { Value = RegState.Scalar(ScalarRange.Any) }));
            return;
        }

        var (type, bits) = (TypeOf(store.Type, store.Bits), BitSpan.OfAccess(pointer.Offset, store.Type, store.Bits));
        if (value.IsScalar && value.Range.ConvertTo(type) is var range && range != value.Range)
            value = value.CutTo(range, type);
        if (store.Value.Kind == OperandKind.Local) state.Frames[pointer.Frame].Precision.Of(pointer.LocalId, bits).ComesFrom(state.Top.Precision.Of(store.Value.LocalId));
        SetStack(state, pointer, store.Bits.IsWhole ? memory.Put(pointer.Offset, new(SlotKind.Spill, store.Type.Size) { Value = value })
            : memory.Put(bits, NumberOf(site, value, type)));
    }

    /// <summary>A value that a bit field takes, with a name of its own: it is read again as what it was.</summary>
    private static RegState NumberOf(Site site, RegState value, CType type)
    {
        if (!value.IsScalar) value = RegState.Scalar(ScalarRange.Of(type), isRuntime: false);
        return value.Range.IsConst || value.Id != 0 ? value : value.Named(site.Program.NextId());
    }

    private static RegState LoadFromMapValue(Site site, RegState pointer, Load load)
    {
        if (KptrTransfer.FieldOf(site, pointer, load.Type) is { } field) return KptrTransfer.Load(site, pointer, field);
        // Where one begins to count, or computes, what nobody writes is taken for any number: a loop settles sooner then.
        var isOnlyTested = site.State.Top.Facts.IsOnlyTested(load.Target);
        if ((pointer.Is(TypeFlags.MemRdonly) || isOnlyTested) && ReadOnlyData.Load(site, pointer, load.Type) is { } constant) return constant;
        if (isOnlyTested && ReadOnlyData.LoadOfFew(site, pointer, load.Type) is { } few) return few;
        if (site.Program.Unit.Globals.TryGetValue(pointer.Object, out var global) && global.Section == ".kconfig" && KernelConfig.ValueOf(site.Program, global) is { } config) return config;
        if (IsPlainPointer(site, pointer, load.Type)) return RegState.Scalar(ScalarRange.Any);
        return OfType(load.Type, isRuntime: !pointer.Is(TypeFlags.MemRdonly));
    }

    /// <summary>A pointer in a map's value that is no kptr, and that the kernel takes for a number.</summary>
    private static bool IsPlainPointer(Site site, RegState pointer, CType type) =>
        pointer.Map is not null && !site.Program.Unit.HasArena && type is PointerType { Pointee: StructType, Tags.Count: 0 } && site.Program.Unit.Records.Of(pointer) is { } record && record.Touched(pointer.Offset, 8) is null;

    private static RegState LoadFromLocalObject(Site site, RegState pointer, Load load)
    {
        KF0603OutOfBounds.CheckObjectAccess(site, pointer, load.Type.Size);
        if (KptrTransfer.FieldOf(site, pointer, load.Type) is { } field) return KptrTransfer.Load(site, pointer, field);
        // Pointers in the program's own structs are numbers to the verifier.
        return load.Type is PointerType && !pointer.Is(TypeFlags.MemPercpu) ? RegState.Scalar(ScalarRange.Any) : OfType(load.Type, isRuntime: true);
    }

    private static RegState LoadFromMemory(Site site, RegState pointer, Load load)
    {
        KF0603OutOfBounds.CheckAccess(site, pointer, load.Type.Size);
        return OfType(load.Type, isRuntime: true);
    }
}
