using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>What a taken branch says of the values compared, and of every copy of them.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_cond_jmp_op, mark_ptr_or_null_regs, find_equal_scalars.</remarks>
internal static class BranchRefinement
{
    /// <summary>Narrows a state to the world where a comparison holds, or doesn't.</summary>
    /// <remarks>Shape: false where that world cannot happen; the state is then of no use.</remarks>
    public static bool Assume(VerifierState state, BinaryOp op, Operand leftOperand, Operand rightOperand, CType type, bool holds)
    {
        if (!holds) op = ScalarArithmetic.Negate(op);
        Remember(state, op, leftOperand, rightOperand, type);
        PacketBounds.Learn(state, op, ValueTransfer.Read(state, leftOperand), ValueTransfer.Read(state, rightOperand));
        return Narrow(state, op, leftOperand, rightOperand, type);
    }

    /// <summary>Keeps what a branch says of numbers. Of assembly the compiler knows nothing, and the verifier only what it computes itself.</summary>
    private static void Remember(VerifierState state, BinaryOp op, Operand left, Operand right, CType type)
    {
        if (state.Top.Function.IsNaked || !IsNumber(left) || !IsNumber(right)) return;
        var (leftTerm, rightTerm) = (ValueTransfer.TermOf(state, left), ValueTransfer.TermOf(state, right));
        if (leftTerm is not ConstTerm || rightTerm is not ConstTerm) state.Conditions = new(op, leftTerm, rightTerm, type, state.Conditions);

        bool IsNumber(Operand operand) => operand.Kind == OperandKind.Const || (operand.Kind == OperandKind.Local && !state.Top.Function.IsRegister(operand) && state.Top.Locals[operand.LocalId] is { IsPointer: false });
    }

    private static bool Narrow(VerifierState state, BinaryOp op, Operand leftOperand, Operand rightOperand, CType type)
    {
        var left = ValueTransfer.Read(state, leftOperand);
        var right = ValueTransfer.Read(state, rightOperand);
        NoteTest(state, left);
        NoteTest(state, right);
        if (ValueTransfer.Compare(op, left, right, type) == false) return false;
        if (left.IsScalar && right.IsScalar)
        {
            if (IsHalf(left, type)) return NarrowHalf(state, leftOperand, left, ScalarArithmetic.Refine(op, left.SignedHalf ?? left.Range.ConvertTo(type), right.RangeIn(type), type), op == BinaryOp.Ne ? right.ConstValue : null);
            return Narrow(state, leftOperand, left, ScalarArithmetic.Refine(op, left.Range, right.Range, type), op == BinaryOp.Ne ? right.ConstValue : null, LeftOut(op, left, right))
                && Narrow(state, rightOperand, right, ScalarArithmetic.Refine(ScalarArithmetic.Swap(op), right.Range, left.Range, type), op == BinaryOp.Ne ? left.ConstValue : null, LeftOut(ScalarArithmetic.Swap(op), right, left));
        }

        if (op is not (BinaryOp.Eq or BinaryOp.Ne)) return true;
        if (op == BinaryOp.Eq && !left.IsScalar && !right.IsScalar) AssumeSame(state, left, right);
        return right.IsNull ? AssumeNull(state, leftOperand, left, op == BinaryOp.Eq) : !left.IsNull || AssumeNull(state, rightOperand, right, op == BinaryOp.Eq);

        ScalarRange? LeftOut(BinaryOp op, RegState value, RegState other) => other.ConstValue is { } constant ? ScalarArithmetic.LeftOut(op, value.Range, constant, type) : null;
    }

    public static bool Assume(VerifierState state, Condition condition) => Narrow(state, condition.Op, condition.Left, condition.Right, condition.Type);

    /// <summary>Narrows to the values of a <c>case</c>, or to the others.</summary>
    public static bool AssumeCase(VerifierState state, Operand operand, SwitchCase choice, bool holds)
    {
        if (choice.Low == choice.High) return AssumeThat(holds ? BinaryOp.Eq : BinaryOp.Ne, choice.Low);
        if (holds) return AssumeThat(BinaryOp.Ge, choice.Low) && AssumeThat(BinaryOp.Le, choice.High);
        var value = ValueTransfer.Read(state, operand);
        var range = value.RangeIn(operand.Type).ConvertTo(operand.Type);
        if (range.Min >= choice.Low) return AssumeThat(BinaryOp.Gt, choice.High);
        if (range.Max <= choice.High) return AssumeThat(BinaryOp.Lt, choice.Low);
        // What lies on both sides of it is no range, but counted from its beginning, above its length.
        if (operand.Type is IntType number && !state.Top.Function.IsNaked)
        {
            var unsigned = number with { IsSigned = false, EnumName = null };
            state.Conditions = new(BinaryOp.Gt, Term.Compute(BinaryOp.Sub, ValueTransfer.TermOf(state, operand), Term.Of(choice.Low), unsigned), Term.Of(choice.High - choice.Low), unsigned, state.Conditions);
            value = ValueTransfer.Read(state, operand);
        }

        return range != value.Range || !value.IsScalar || Narrow(state, operand, value, range, leftOut: new ScalarRange(choice.Low, choice.High));

        bool AssumeThat(BinaryOp op, long number) => Assume(state, op, operand, Operand.Const(number, operand.Type), operand.Type, holds: true);
    }

    /// <summary>Of a number that is some bits of another: keeps with that one what was found of them.</summary>
    /// <remarks>Only where the answer is carried away: within a function the equations tell, and numbers that differ in a bit would keep its ways apart.</remarks>
    public static void KeepBits(VerifierState state, Operand operand)
    {
        if (operand.Kind != OperandKind.Local || state.Top.Locals[operand.LocalId] is not { IsScalar: true, BitsOf: (not 0 and var number, var mask) } bits || (bits.MayBeZero && !bits.IsNull)) return;
        var source = state.Top.Precision.Of(operand.LocalId);
        state.MapLinked(number, v => v.IsScalar ? v with { Bits = v.Bits.With(mask, isZero: bits.IsNull) } : v, changed => changed.ComesFrom(source));
    }

    /// <summary>Whether only the lower half of a scalar is compared, as a signed number that its range says nothing of.</summary>
    public static bool IsHalf(RegState value, CType type) => type is IntType { Bits: 32, IsSigned: true } && value.Range.ConvertTo(type) != value.Range;

    /// <summary>Narrows the lower half of a scalar as a signed number; where it is all of it, and its sign is known, that is as good as narrowing the whole.</summary>
    private static bool NarrowHalf(VerifierState state, Operand operand, RegState value, ScalarRange? half, long? except)
    {
        if (half is not { } signed) return false;
        if (!ScalarRange.UnsignedHalf.Contains(value.Range)) return Narrow(state, operand, value, value.Range, half: half);
        var range = signed.Min >= 0 ? signed : signed.Max < 0 ? new((uint)signed.Min, (uint)signed.Max) : value.Range;
        return Narrow(state, operand, value, value.Range.Intersect(range), except is { } number ? (uint)number : null, half: half);
    }

    private static bool Narrow(VerifierState state, Operand operand, RegState value, ScalarRange? range, long? except = null, ScalarRange? leftOut = null, ScalarRange? half = null)
    {
        if (range is null) return false;
        if (operand.Kind != OperandKind.Local) return true;
        half ??= value.SignedHalf;
        // The verifier knows no holes in a range: assembly stays as it is, and the compiler does not see what it compares.
        var isAssembly = state.Top.Function.Locals[operand.LocalId].Kind == LocalKind.Register;
        var known = except is { } hole && !isAssembly && range.Value.Contains(hole) ? value.Holes.With(hole) : value.Holes;
        var (left, holes) = (leftOut is { } gap ? known.With(gap) : known).Within(range.Value);
        if (left is not { } narrowed) return false;
        if (IsAsNarrow(value)) return true;
        var isNarrower = narrowed != value.Range || holes != value.Holes;
        var isRuntimeValue = value.IsRuntimeValue && (isAssembly || !narrowed.IsConst);
        state.Top.Locals[operand.LocalId] = Narrowed(value);
        if (value.Id == 0) return true;
        var source = state.Top.Precision.Of(operand.LocalId);
        state.MapLinked(value.Id, v => v.IsScalar && !IsAsNarrow(v) ? Narrowed(v) : v, changed => changed.ComesFrom(source));
        return true;

        bool IsAsNarrow(RegState v) => v.Range == narrowed && v.Holes == holes && v.SignedHalf == half;
        RegState Narrowed(RegState v) => isNarrower ? v with { Range = narrowed, Holes = holes, SignedHalf = half, IsRuntimeValue = isRuntimeValue, IsTight = false } : v with { SignedHalf = half };
    }

    /// <summary>What equals a pointer that is not NULL is not NULL; of kernel objects the verifier does not say so.</summary>
    private static void AssumeSame(VerifierState state, RegState left, RegState right)
    {
        if (left.MayBeNull == right.MayBeNull || left.IsObject || right.IsObject) return;
        var unsure = left.MayBeNull ? left : right;
        if (unsure.Id != 0) MarkNull(state, unsure.Id, isNull: false);
    }

    private static bool AssumeNull(VerifierState state, Operand operand, RegState value, bool isNull)
    {
        if (UncheckedStep.LeadsTo(state, operand, value)) return !isNull;
        if (value.MayBeNull && value.Id != 0) MarkNull(state, value.Id, isNull);
        else if (value.MayBeNull && !isNull && operand.Kind == OperandKind.Local) state.Top.Locals[operand.LocalId] = value.WithoutNull();
        // The compiler puts the constant in place of what it knows to be NULL, whatever the verifier thinks of the pointer.
        else if (isNull && operand.Kind == OperandKind.Local && !state.Top.Function.IsRegister(operand) && (value.IsUnknown || value is { IsPointer: true, MayBeNull: false, RefObjId: 0 })) state.Top.Locals[operand.LocalId] = RegState.Zero;
        return true;
    }

    /// <summary>Once the program asks for it, the compiler may know that a drained iterator gave NULL.</summary>
    public static void NoteTest(VerifierState state, RegState value)
    {
        if (value.Lost == LostPointer.Drained) state.MapLinked(value.Id, v => v.Lost == LostPointer.Drained ? v with { Lost = v.IsNull ? LostPointer.KnownNull : LostPointer.MemberOfNull } : v);
    }

    /// <summary>Every copy of a may-be-NULL pointer learns what it is; a reference that was never given is gone.</summary>
    public static void MarkNull(VerifierState state, int id, bool isNull)
    {
        var reference = 0;
        state.MapLinked(id, value =>
        {
            if (!value.MayBeNull) return value;
            if (!isNull) return value.WithoutNull();
            if (value.RefObjId == id) reference = value.RefObjId;
            return RegState.Zero with { Lost = LostPointer.KnownNull, Source = value.Source };
        });
        if (isNull && reference != 0 && !state.IsCountedOutside(reference)) state.RemoveReference(reference);
    }

    /// <summary>In words, what a branch taken says of its operands; null where it says nothing of interest.</summary>
    public static string? Describe(FunctionFacts facts, Branch branch, bool holds)
    {
        var op = holds ? branch.Op : ScalarArithmetic.Negate(branch.Op);
        var (operand, other) = branch.Right.Kind == OperandKind.Const ? (branch.Left, branch.Right) : (branch.Right, branch.Left);
        var name = operand.Kind == OperandKind.Local ? facts.Names[operand.LocalId] : "";
        if (name.Length == 0 || other.Kind != OperandKind.Const) return null;
        if (branch.Right.Kind != OperandKind.Const) op = ScalarArithmetic.Swap(op);
        if (operand.Type is PointerType && other.Value == 0)
            return op == BinaryOp.Eq ? $"`{name}` is NULL" : op == BinaryOp.Ne ? $"`{name}` is not NULL" : null;
        var sign = op switch { BinaryOp.Eq => "==", BinaryOp.Ne => "!=", BinaryOp.Lt => "<", BinaryOp.Le => "<=", BinaryOp.Gt => ">", _ => ">=" };
        return $"`{name}` {sign} {other.Value}";
    }
}
