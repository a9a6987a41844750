using System.Collections.Immutable;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.State;

/// <summary>One value as the verifier sees it: the kernel's <c>struct bpf_reg_state</c>.</summary>
/// <remarks>
/// Immutable. Units: <see cref="Offset"/> in bytes from the start of the object; <see cref="MemSize"/> in bytes, negative where not known.
/// Source: include/linux/bpf_verifier.h.
/// </remarks>
internal sealed record RegState(RegType Type)
{
    private const int SmallConstants = 128;
    private static readonly ImmutableArray<RegState> s_small = [.. Enumerable.Range(0, SmallConstants).Select(n => new RegState(RegType.Scalar) { Range = ScalarRange.Const(n) })];

    public static readonly RegState Unknown = new(RegType.Unknown);

    /// <summary>What is not known here, but may be to the compiler or the verifier.</summary>
    public static readonly RegState KnownElsewhere = Unknown with { Term = new UnknownTerm(ScalarRange.Any) { IsLost = true } };

    public static readonly RegState AnyScalar = new(RegType.Scalar);
    public static readonly RegState Zero = Const(0);

    public TypeFlags Flags { get; init; }

    /// <summary>For scalars.</summary>
    public ScalarRange Range { get; init; } = ScalarRange.Any;

    /// <summary>Bounds of a scalar's lower half as a signed number, where the range does not tell them: the kernel's <c>s32_min_value</c>, <c>s32_max_value</c>.</summary>
    public ScalarRange? SignedHalf { get; init; }

    /// <summary>The range as an operation in a type sees it.</summary>
    public ScalarRange RangeIn(CType type) =>
        SignedHalf is { } half && type is IntType { Bits: 32, IsSigned: true } && Range.ConvertTo(type) != Range ? half : Range;

    /// <summary>The numbers inside the range that a scalar is known not to be.</summary>
    public Holes Holes { get; init; }

    /// <summary>What tests of single bits have found.</summary>
    public KnownBits Bits { get; init; }

    /// <summary>For some bits of another number, just so: that one's <see cref="Id"/>, and the bits.</summary>
    public (int Id, long Mask) BitsOf { get; init; }

    /// <summary>Whether a scalar is surely not known to the verifier either: read from memory or the kernel, not lost by us.</summary>
    public bool IsRuntimeValue { get; init; }

    /// <summary>Whether the verifier surely knows no narrower range of a number: it was computed just so, and no branch has looked at it since.</summary>
    public bool IsTight { get; init; }

    /// <summary>For pointers to objects: the struct at offset 0, without its keyword.</summary>
    public string Struct { get; init; } = "";

    public long Offset { get; init; }
    public bool HasVariableOffset { get; init; }

    /// <summary>For a variable offset inside an array: the array's size, of which <see cref="Offset"/> is the start; 0 where it may be anywhere.</summary>
    public long ArraySize { get; init; }

    /// <summary>For such an offset: the id of the number that chooses the element; 0 where there are more, or it has none.</summary>
    public int Index { get; init; }

    /// <summary>Whether it is the place of a member that does not lie at its struct's start: to the compiler that is not NULL.</summary>
    public bool IsInside { get; init; }

    /// <summary>Whether memory was reached through a pointer before: to the compiler it is not NULL any more.</summary>
    public bool IsUsed { get; init; }

    /// <summary>For pointers that may be NULL: the offset that they came with. Where it is another by now, something was added before a check.</summary>
    public long NullOffset { get; init; }

    /// <summary>Whether the offset is surely no constant to the verifier either.</summary>
    public bool IsSurelyVariable { get; init; }

    /// <summary>How a number was computed; null where nobody has asked yet. No part of a comparison of states.</summary>
    public Term? Term { get; init; }

    /// <summary>Values with the same id learn of a check together.</summary>
    public int Id { get; init; }

    /// <summary>The load that it came from, or 0: tells objects of one type apart. No part of a comparison of states.</summary>
    public int Origin { get; init; }

    /// <summary>The reference it owns, or 0.</summary>
    public int RefObjId { get; init; }

    /// <summary>The member that the last step of <c>-&gt;</c> and <c>.</c> reached; null at the object's start.</summary>
    public FieldStep? Field { get; init; }

    /// <summary>For pointers to the stack: the frame, by depth, and the local.</summary>
    public int Frame { get; init; }
    public int LocalId { get; init; }

    /// <summary>For map pointers and values.</summary>
    public MapDef? Map { get; init; }

    /// <summary>The map, global variable or function that it points to, by name.</summary>
    public string Object { get; init; } = "";

    /// <summary>For pointers to a string literal.</summary>
    public AddressOfString? Literal { get; init; }

    public long MemSize { get; init; } = -1;

    /// <summary>For a slice, and for a number that an iterator lends: the dynptr or iterator that it ends with.</summary>
    public int LenderId { get; init; }

    /// <summary>Why a scalar is no longer a pointer.</summary>
    public LostPointer Lost { get; init; }

    /// <summary>The call that took the pointer away, or that may have returned NULL.</summary>
    public string Source { get; init; } = "";

    /// <summary>An argument of the program whose type only the program's own cast tells.</summary>
    public bool IsUntypedArgument { get; init; }

    public static RegState Const(long value) => value is >= 0 and < SmallConstants ? s_small[(int)value] : new(RegType.Scalar) { Range = ScalarRange.Const(value) };
    public static RegState Scalar(ScalarRange range, bool isRuntime = true) => new(RegType.Scalar) { Range = range, IsRuntimeValue = isRuntime && !range.IsConst };

    public bool Is(TypeFlags flags) => (Flags & flags) != 0;
    public bool IsScalar => Type == RegType.Scalar;
    public bool IsPointer => Type is not (RegType.Unknown or RegType.Scalar);
    public bool IsUnknown => Type == RegType.Unknown;

    /// <summary>Whether a number is the zero of a <c>const volatile</c> variable: what the loader fills in before the program is verified.</summary>
    /// <remarks>It decides branches as any constant does; as a size, an id, an index or a result it breaks no rule.</remarks>
    public bool IsLeftToLoader => Type == RegType.Scalar && Source == LeftToLoader;

    /// <summary>The <see cref="Source"/> of such a number.</summary>
    public const string LeftToLoader = ".rodata";

    /// <summary>A number that is used as a size; null where it is not known, or the loader may still set another.</summary>
    public long? KnownSize => IsLeftToLoader ? null : ConstValue;
    public bool MayBeZero => Range.Contains(0) && !Holes.Contains(0);
    public bool IsNull => Type == RegType.Scalar && Range.IsConst && Range.Min == 0;
    public bool MayBeNull => Is(TypeFlags.PtrMaybeNull);
    public long? ConstValue => Type == RegType.Scalar && Range.IsConst ? Range.Min : null;

    /// <summary>A kernel or local object: <c>base_type(reg-&gt;type) == PTR_TO_BTF_ID</c>.</summary>
    public bool IsObject => Type == RegType.PtrToBtfId;

    public bool IsSocket => Type is RegType.PtrToSockCommon or RegType.PtrToSocket or RegType.PtrToTcpSock;

    public bool IsNonOwningObject => IsObject && Is(TypeFlags.MemAlloc) && Is(TypeFlags.NonOwnRef);

    /// <summary>The struct as the program would name what it points to just here.</summary>
    public string PointeeName => Field is { Type: StructType inner } ? inner.Name : Struct;

    /// <summary>Whether it is a number that is not known, or may be one.</summary>
    public bool MayBeAnyNumber => IsUnknown || (IsScalar && !Range.IsConst);

    /// <summary>What a conversion to a type leaves of a number, whose range is known by then.</summary>
    public RegState CutTo(ScalarRange range, CType type) =>
        Scalar(range, IsRuntimeValue) with { Term = range.IsConst || Term is null ? null : Term.Convert(Term, type) };

    /// <summary>With a name for the number, and an id for its copies.</summary>
    public RegState Named(int id) => this with { Id = id, Term = Term ?? new UnknownTerm(Range) };

    public RegState WithoutNull() => MayBeNull ? this with { Flags = Flags & ~TypeFlags.PtrMaybeNull, NullOffset = 0 } : this;

    public RegState LostTo(LostPointer reason, string source) => new(RegType.Scalar) { Lost = reason, Source = source };
}

/// <summary>A step to a member.</summary>
internal sealed record FieldStep(string Struct, string Name, CType Type, bool ThroughUnion)
{
    /// <summary>The struct that the way through structs held by value began in.</summary>
    public string Root { get; init; } = Struct;
}
