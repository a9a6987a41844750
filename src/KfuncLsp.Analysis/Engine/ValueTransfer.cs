using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Computes values: operands and right sides of assignments.</summary>
internal static class ValueTransfer
{
    private static readonly ScalarRange s_signedHalf = new(int.MinValue, int.MaxValue);

    public static RegState Read(VerifierState state, Operand operand) => operand.Kind switch
    {
        OperandKind.Local => AsTyped(state.Top.Locals[operand.LocalId], operand.Type),
        OperandKind.Const => RegState.Const(operand.Value),
        _ => RegState.Unknown,
    };

    public static RegState[] Read(VerifierState state, EquatableArray<Operand> operands)
    {
        var values = new RegState[operands.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Read(state, operands[i]);
        return values;
    }

    /// <summary>The program's own type is all that is known of some arguments.</summary>
    private static RegState AsTyped(RegState value, CType type) =>
        value.IsUntypedArgument && type is PointerType { Pointee: StructType pointee }
            ? value with { Type = RegType.PtrToBtfId, Struct = pointee.Name, IsUntypedArgument = false, Flags = value.Flags | TypeFlags.StructUnknown }
            : value;

    /// <summary>The value of a right side. A comparison that may go both ways gives the range [0, 1].</summary>
    public static RegState Evaluate(ProgramContext program, VerifierState state, Rvalue value)
    {
        switch (value)
        {
            case Use u: return AsRead(Copy(program, state, u.Value), u.Value.Type, isExtended: false);
            case Cast c: return Convert(program, AsRead(Copy(program, state, c.Value), c.Value.Type, isExtended: c.To.Size > c.Value.Type.Size), c.To);
            case Unary u: return ApplyUnary(u, Read(state, u.Value));
            // Of C the compiler knows what a division leaves, of assembly only the verifier.
            case Binary { Op: BinaryOp.Div or BinaryOp.Mod } b when state.Top.Function.IsNaked && !program.Model.Traits.DivisionHasBounds: return RegState.Scalar(ScalarRange.Of(b.Type));
            case Binary { Op: BinaryOp.And } b when !state.Top.Function.IsRegister(b.Left): return BitsOf(Copy(program, state, b.Left), Read(state, b.Right), b);
            case Binary b: return ApplyBinary(b, Read(state, b.Left), Read(state, b.Right));
            case PointerAdd p:
                // What counts rounds of a loop gets no name: it would keep them apart.
                var index = Read(state, p.Index) is { IsRuntimeValue: true } ? Copy(program, state, p.Index) : Read(state, p.Index);
                return WithinArray(p, Read(state, p.Pointer), index, AddToPointer(Read(state, p.Pointer), index, p.Scale));
            case FieldAddr f: return StepToField(program, Read(state, f.Pointer), f);
            case AddressOfLocal a: return new(RegType.PtrToStack) { Frame = state.Depth, LocalId = a.LocalId };
            case AddressOfGlobal g: return AddressOfGlobal(program, g);
            case AddressOfFunction f: return AddressOfFunction(program, f);
            case AddressOfString s: return new(RegType.PtrToMapValue) { Flags = TypeFlags.MemRdonly, Object = ".rodata.str", Literal = s, MemSize = s.Bytes.Count };
            case CoreQuery q: return AnswerCoreQuery(program, q);
            default: return RegState.KnownElsewhere;
        }
    }

    /// <summary>A copy learns of the checks of its source, and the source of the copy's.</summary>
    public static RegState Copy(ProgramContext program, VerifierState state, Operand operand)
    {
        var value = Read(state, operand);
        if (operand.Kind != OperandKind.Local || !value.MayBeAnyNumber || value.IsUntypedArgument) return value;
        // What nothing is known of learns of no check.
        var hasId = value.Id != 0 || value.IsUnknown;
        return hasId && value.Term is not null ? value : state.Top.Locals[operand.LocalId] = value.Named(hasId ? value.Id : program.NextId());
    }

    /// <summary>How a right side is computed; null where it is a number of its own.</summary>
    public static Term? TermOf(VerifierState state, Rvalue value) => value switch
    {
        Use u => TermOf(state, u.Value),
        Cast { To: IntType to } c => Term.Convert(TermOf(state, c.Value), to),
        Unary u => Term.Compute(u.Op, TermOf(state, u.Value), u.Type),
        Binary b => Term.Compute(b.Op, TermOf(state, b.Left), TermOf(state, b.Right), b.Type),
        _ => null,
    };

    /// <summary>The number of an operand, which has a name from here on.</summary>
    public static Term TermOf(VerifierState state, Operand operand)
    {
        if (operand.Kind == OperandKind.Const) return Term.Of(operand.Value);
        if (operand.Kind != OperandKind.Local) return new UnknownTerm(ScalarRange.Any);
        var value = state.Top.Locals[operand.LocalId];
        if (value.ConstValue is null && !value.MayBeAnyNumber) return new UnknownTerm(ScalarRange.Any);
        if (value is { ConstValue: null, Term: null }) state.Top.Locals[operand.LocalId] = value = value.Named(value.Id);
        var term = value.ConstValue is { } constant ? Term.Of(constant) : value.Term!;
        return operand.Type is IntType { IsBool: false } read && value.Range.ConvertTo(read) != value.Range ? Term.Convert(term, read) : term;
    }

    /// <summary>A number that is read with the other sign. As long as it is not extended it is told apart where it is compared.</summary>
    private static RegState AsRead(RegState value, CType type, bool isExtended)
    {
        if (!value.IsScalar || type is not IntType { IsBool: false } || !(isExtended || value.Range.IsConst)) return value;
        var range = value.Range.ConvertTo(type);
        if (range == value.Range) return value;
        return value.Range.IsConst ? RegState.Const(range.Min) with { Source = value.Source }
            : value.CutTo(value.RangeIn(type).ConvertTo(type), type);
    }

    private static RegState Convert(ProgramContext program, RegState value, CType to)
    {
        switch (to)
        {
            case PointerType { Pointee: StructType } when value.IsUntypedArgument: return AsTyped(value, to);
            case PointerType when value.IsUntypedArgument: return RegState.Unknown;
            case IntType { IsBool: true } when !value.IsScalar:
                return IsNotNull(value) is { } isNotNull ? RegState.Const(isNotNull ? 1 : 0) : RegState.Scalar(ScalarRange.Bool, isRuntime: false);
            case IntType { IsBool: true } when !value.MayBeZero && !value.IsLeftToLoader: return RegState.Const(1);
            case IntType when value.IsScalar:
                var range = value.Range.ConvertTo(to);
                if (range == value.Range) return value;
                var half = to is IntType { Bits: >= 32, IsSigned: false } && s_signedHalf.Contains(value.Range) ? value.Range : (ScalarRange?)null;
                return new(RegType.Scalar) { Range = range, SignedHalf = half, IsRuntimeValue = value.IsRuntimeValue && !range.IsConst };
            case IntType { Bits: < 64 }: return RegState.Scalar(ScalarRange.Of(to), isRuntime: false);
            default: return value;
        }
    }

    private static RegState ApplyUnary(Unary unary, RegState value)
    {
        if (unary.Op == UnaryOp.LogicalNot)
        {
            if (!value.IsScalar)
                return IsNotNull(value) is { } isNotNull ? RegState.Const(isNotNull ? 0 : 1) : RegState.Scalar(ScalarRange.Bool, isRuntime: false);
            return value.Range.IsConst ? RegState.Const(value.Range.Min == 0 ? 1 : 0) with { Source = value.IsLeftToLoader ? value.Source : "" }
                : value.MayBeZero ? RegState.Scalar(ScalarRange.Bool, value.IsRuntimeValue) with { Source = value.Source } : RegState.Const(0);
        }

        // What is known on this path only the compiler may not see as a constant; most often it is one that was passed to an inlined function.
        if (unary.Op == UnaryOp.IsConstant) return RegState.Const(value.ConstValue is null ? 0 : 1);
        if (!value.IsScalar) return value.IsUnknown && unary.Op is UnaryOp.Neg or UnaryOp.BitNot ? RegState.Unknown : RegState.Scalar(ScalarArithmetic.Apply(unary.Op, ScalarRange.Any, unary.Type));
        return RegState.Scalar(ScalarArithmetic.Apply(unary.Op, value.Range, unary.Type), value.IsRuntimeValue);
    }

    private static RegState ApplyBinary(Binary binary, RegState left, RegState right)
    {
        if (ScalarArithmetic.IsComparison(binary.Op))
        {
            return Compare(binary.Op, left, right, binary.Type) is { } answer
                ? RegState.Const(answer ? 1 : 0) with { Source = QuestionOf(left, right) == RegState.LeftToLoader ? RegState.LeftToLoader : "" }
                : RegState.Scalar(ScalarRange.Bool, left.IsRuntimeValue || right.IsRuntimeValue) with { Source = QuestionOf(left, right) };
        }

        if (left.IsScalar && right.IsScalar)
        {
            // Steps from what was a pointer lead nowhere else.
            if (binary.Op is BinaryOp.Add or BinaryOp.Sub && left.Lost != LostPointer.None && right.Range.IsConst) return left;
            var range = ScalarArithmetic.Apply(binary.Op, left.RangeIn(binary.Type), right.RangeIn(binary.Type), binary.Type);
            return RegState.Scalar(range, left.IsRuntimeValue || right.IsRuntimeValue) with { Source = QuestionOf(left, right), IsTight = IsTight(binary.Op, left, right) };
        }

        if (binary.Op is BinaryOp.Add && left.IsPointer && right.IsScalar) return AddToPointer(left, right, 1);
        if (binary.Op is BinaryOp.Add && right.IsPointer && left.IsScalar) return AddToPointer(right, left, 1);
        if (binary.Op is BinaryOp.Sub && left.IsPointer && right.IsScalar) return AddToPointer(left, right, -1);
        // To the verifier that is any number, but the compiler knows how far two places of one variable are apart.
        if (binary.Op is BinaryOp.Sub && left is { HasVariableOffset: false } && right is { HasVariableOffset: false } && AreOfOneVariable(left, right))
            return RegState.Const(left.Offset - right.Offset);
        return RegState.Unknown;
    }

    /// <summary>Some bits of a number, with what tests of them have found.</summary>
    private static RegState BitsOf(RegState number, RegState chosen, Binary binary)
    {
        var bits = ApplyBinary(binary, number, chosen);
        if (number.Id == 0 || !bits.IsScalar || bits.Range.IsConst || chosen is not { IsLeftToLoader: false, ConstValue: { } mask }) return bits;
        if ((mask & ~(number.Bits.Clear | number.Bits.Set)) == 0) return RegState.Const(mask & number.Bits.Set);
        return bits with { BitsOf = (number.Id, mask), Holes = (mask & number.Bits.Set) != 0 ? bits.Holes.With(0) : bits.Holes };
    }

    /// <summary>Whether a result reaches both ends of its range: some bits of a number of which nothing is known, and a constant added.</summary>
    private static bool IsTight(BinaryOp op, RegState left, RegState right)
    {
        var (value, constant) = left.Range.IsConst ? (right, left) : (left, right);
        if (!constant.Range.IsConst || constant.IsLeftToLoader || value.Range.IsConst) return false;
        return op == BinaryOp.And ? value.IsRuntimeValue && value.Lost == LostPointer.None && constant.Range.Min is > 0 and <= int.MaxValue && (constant.Range.Min & (constant.Range.Min + 1)) == 0 && value.Range.Max >= constant.Range.Min
            : op == BinaryOp.Add && value.IsTight;
    }

    /// <summary>What a comparison surely gives; null where both answers are possible.</summary>
    public static bool? Compare(BinaryOp op, RegState left, RegState right, CType type)
    {
        if (left.IsScalar && right.IsScalar) return ScalarArithmetic.Decide(op, left.RangeIn(type), right.RangeIn(type), type) ?? (IsExcepted(left, right, type) || IsExcepted(right, left, type) ? DecideUnequal(op) : DecideByGap(op, left, right, type) ?? DecideByGap(ScalarArithmetic.Swap(op), right, left, type));
        if (left.IsPointer && right.IsPointer) return ComparePlaces(op, left, right);
        if (op is not (BinaryOp.Eq or BinaryOp.Ne)) return null;
        var pointer = right.IsNull ? left : left.IsNull ? right : null;
        return pointer is not null && IsNotNull(pointer) is { } isNotNull ? isNotNull == (op == BinaryOp.Ne) : null;
    }

    /// <summary>What the compiler knows of two places: how far apart they are in one object, and that two locals are not the same.</summary>
    private static bool? ComparePlaces(BinaryOp op, RegState left, RegState right)
    {
        if (left.HasVariableOffset || right.HasVariableOffset || left.Type != right.Type) return null;
        if (left.Type == RegType.PtrToStack && (left.Frame, left.LocalId) != (right.Frame, right.LocalId)) return DecideUnequal(op);
        var isSame = AreOfOneVariable(left, right) || (left.Id != 0 && left.Id == right.Id) || (left.Id == 0 && right.Id == 0 && left.Origin != 0 && left.Origin == right.Origin);
        return isSame ? ScalarArithmetic.Decide(op, ScalarRange.Const(left.Offset), ScalarRange.Const(right.Offset), new IntType(64, IsSigned: true)) : null;
    }

    /// <summary>Whether two pointers point into one local or one global variable.</summary>
    private static bool AreOfOneVariable(RegState left, RegState right) =>
        (left is { Type: RegType.PtrToStack } && right is { Type: RegType.PtrToStack } && (left.Frame, left.LocalId) == (right.Frame, right.LocalId))
        || (left is { Type: RegType.PtrToMapValue, Map: null, Object: { Length: > 0 } variable } && right is { Type: RegType.PtrToMapValue, Map: null } && right.Object == variable && Equals(left.Literal, right.Literal));

    /// <summary>What an unsigned comparison with a constant gives where all that it leaves out is known not to be, or all that its opposite does.</summary>
    private static bool? DecideByGap(BinaryOp op, RegState value, RegState constant, CType type) =>
        value.Holes.Gap is null || constant.ConstValue is not { } number ? null
        : ScalarArithmetic.LeftOut(op, value.Range, number, type) is { } leftOut && value.Holes.Contains(leftOut) ? true
        : ScalarArithmetic.LeftOut(ScalarArithmetic.Negate(op), value.Range, number, type) is { } kept && value.Holes.Contains(kept) ? false : null;

    private static bool IsExcepted(RegState value, RegState constant, CType type) =>
        constant.ConstValue is { } number && constant.Range.ConvertTo(type) == constant.Range
        && (value.Range.ConvertTo(type) == value.Range ? value.Holes.Contains(number) : BranchRefinement.IsHalf(value, type) && ScalarRange.UnsignedHalf.Contains(value.Range) && value.Holes.Contains((uint)number));

    private static bool? DecideUnequal(BinaryOp op) => op switch { BinaryOp.Eq => false, BinaryOp.Ne => true, _ => null };

    /// <summary>Whether the verifier knows that a value is not 0.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, reg_not_null. Pointers to the stack and to functions are decided by the compiler, and those that memory was reached through.</remarks>
    public static bool? IsNotNull(RegState value)
    {
        if (value.IsScalar) return value.Range.IsConst ? value.Range.Min != 0 : value.MayBeZero ? null : true;
        if (value.IsUnknown || value.MayBeNull || value.HasVariableOffset) return null;
        if (value.IsUsed || value.IsInside) return true;
        return value.Type switch
        {
            RegType.PtrToBtfId => Trust.IsTrusted(value) ? true : null,
            RegType.PtrToPacket or RegType.ConstPtrToDynptr or RegType.PtrToCtx => null,
            RegType.PtrToMem => value.Is(TypeFlags.PtrUntrusted) ? null : true,
            _ => true,
        };
    }

    public static RegState AddToPointer(RegState pointer, RegState index, long scale)
    {
        if (index.ConstValue is { } constant)
        {
            if (constant == 0) return index.IsLeftToLoader && pointer.IsPointer ? pointer with { HasVariableOffset = true, Field = null } : pointer;
            if (pointer.ConstValue is { } address)
                return RegState.Const(address + constant * scale) with { Lost = pointer.Lost == LostPointer.KnownNull ? LostPointer.MemberOfNull : pointer.Lost, Source = pointer.Source, Id = pointer.Lost == LostPointer.Drained ? pointer.Id : 0 };
            if (pointer.IsScalar) return pointer.Lost != LostPointer.None ? pointer : RegState.Unknown;
            return pointer.IsPointer ? pointer with { Offset = pointer.Offset + constant * scale, Field = null, IsInside = false } : pointer;
        }

        return pointer.IsPointer ? pointer with { HasVariableOffset = true, IsSurelyVariable = pointer.IsSurelyVariable || (index.IsScalar && index.IsRuntimeValue), Field = null }
            // A place that is chosen at run time in what is NULL is never reached.
            : pointer.Lost == LostPointer.MemberOfNull ? pointer with { Lost = LostPointer.KnownNull, HasVariableOffset = true }
            : pointer.Lost != LostPointer.None ? pointer with { HasVariableOffset = true } : RegState.Unknown;
    }

    /// <summary>Of an element that is chosen at run time, the array that it is in: the outermost one.</summary>
    private static RegState WithinArray(PointerAdd step, RegState from, RegState index, RegState to)
    {
        if (!to.IsPointer || !to.HasVariableOffset || index.ConstValue is not null) return to;
        var size = from.HasVariableOffset ? from.ArraySize : step.Bound * step.Scale;
        return step.Bound > 0 && size > 0 ? to with { ArraySize = size, Index = from.HasVariableOffset ? 0 : index.Id } : to with { ArraySize = 0, Index = 0 };
    }

    private static RegState StepToField(ProgramContext program, RegState pointer, FieldAddr step)
    {
        if (pointer.Lost is LostPointer.KnownNull or LostPointer.Drained)
        {
            var isRelocated = program.Unit.FindStruct(step.Struct.Name) is not { PreservesAccessIndex: false };
            pointer = pointer with { Lost = isRelocated ? LostPointer.RelocatedMemberOfNull : pointer.Lost == LostPointer.Drained ? pointer.Lost : LostPointer.MemberOfNull };
        }

        if (pointer.ConstValue is { } address) return step.ByteOffset == 0 ? pointer : RegState.Const(address + step.ByteOffset) with { Lost = pointer.Lost, Source = pointer.Source, Id = pointer.Lost == LostPointer.Drained ? pointer.Id : 0 };
        if (!pointer.IsPointer) return pointer;
        var throughUnion = step.Struct.IsUnion && program.Unit.FindStruct(step.Struct.Name) is not { IsComplete: true, Fields.Count: 1 };
        var isNested = pointer.Field is { Type: StructType inner } && inner.Name == step.Struct.Name;
        return pointer with
        {
            Offset = pointer.Offset + step.ByteOffset,
            IsInside = pointer.IsInside || (step.ByteOffset > 0 && program.Unit.FindStruct(step.Struct.Name) is { PreservesAccessIndex: false }),
            Field = new(step.Struct.Name, step.Field, step.FieldType, throughUnion || (isNested && pointer.Field!.ThroughUnion)) { Root = isNested ? pointer.Field!.Root : step.Struct.Name },
        };
    }

    private static RegState AddressOfGlobal(ProgramContext program, AddressOfGlobal address)
    {
        if (program.Unit.Maps.TryGetValue(address.Name, out var map))
            return new(RegType.ConstPtrToMap) { Map = map, Object = address.Name };
        if (!program.Unit.Globals.TryGetValue(address.Name, out var global)) return RegState.Unknown;
        if (global.Section == ".kconfig" && KernelConfig.ValueOf(program, global) is null) return RegState.Unknown with { Object = global.Name, Source = CoreQuestion };
        if (global.Section == ".ksyms")
            return global is { IsWeak: false, Type: StructType type } ? new(RegType.PtrToBtfId) { Struct = type.Name, Flags = TypeFlags.TrustUnknown, Object = global.Name }
                : RegState.Unknown with { Object = global.Name, Source = global.IsWeak ? CoreQuestion : "" };
        var isReadOnly = global.Section.StartsWith(".rodata", StringComparison.Ordinal);
        return new(RegType.PtrToMapValue)
        {
            Object = global.Name,
            MemSize = global.Type.Size,
            Struct = global.Type is StructType s ? s.Name : "",
            Flags = isReadOnly ? TypeFlags.MemRdonly : TypeFlags.None,
        };
    }

    private static RegState AddressOfFunction(ProgramContext program, AddressOfFunction address)
    {
        var pointer = new RegState(RegType.PtrToFunc) { Object = address.Name };
        if (program.Unit.FindFunction(address.Name) is not null || !program.Unit.Externs.TryGetValue(address.Name, out var external) || !external.IsWeak)
            return pointer;
        return KernelPresence.Has(program, external) switch
        {
            true => pointer,
            false => RegState.Zero,
            // No model knows it: without the module that has it the guarded code is dead, and with it nothing could be said.
            null => program.Model.FindKfunc(address.Name) is null && program.Model.Built?.Has(KernelModel.WithoutFlavour(address.Name)) != true ? RegState.Zero : RegState.Unknown with { Source = CoreQuestion },
        };
    }

    /// <summary>Local questions have their answer; what the target kernel answers is not known.</summary>
    private static RegState AnswerCoreQuery(ProgramContext program, CoreQuery query) => query.Kind switch
    {
        CoreQueryKind.EnumValueExists when IsKnownHelper(program, query) => RegState.Const(1),
        CoreQueryKind.TypeIdLocal or CoreQueryKind.TypeIdTarget => RegState.Const(query.LocalAnswer ?? 1) with { Struct = TagOf(query.TypeName), Object = query.TypeName },
        CoreQueryKind.TypeExists or CoreQueryKind.TypeMatches or CoreQueryKind.FieldExists or CoreQueryKind.EnumValueExists =>
            RegState.Scalar(ScalarRange.Bool, isRuntime: false) with { Source = CoreQuestion },
        _ => RegState.Scalar(ScalarRange.Of(query.Type), isRuntime: false) with { Source = CoreQuestion },
    };

    /// <summary>Whether it is asked for the number of a helper that this kernel has.</summary>
    private static bool IsKnownHelper(ProgramContext program, CoreQuery query)
    {
        const string Prefix = "BPF_FUNC_";
        if (KernelModel.WithoutFlavour(query.TypeName) != "enum bpf_func_id" || !query.Member.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var helper = "bpf_" + KernelModel.WithoutFlavour(query.Member)[Prefix.Length..];
        return program.Model.Helpers.Values.Any(h => h.Name == helper);
    }

    /// <summary>Marks the answer to a question that only the target kernel can answer.</summary>
    public const string CoreQuestion = "CO-RE";

    private static string QuestionOf(RegState left, RegState right) =>
        left.Source == CoreQuestion || right.Source == CoreQuestion ? CoreQuestion
        : left.IsLeftToLoader || right.IsLeftToLoader ? RegState.LeftToLoader : "";

    private static string TagOf(string type) =>
        type.StartsWith("struct ", StringComparison.Ordinal) ? type[7..] : type.StartsWith("union ", StringComparison.Ordinal) ? type[6..] : "";
}
