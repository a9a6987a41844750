namespace KfuncLsp.Ir;

/// <summary>One instruction. Everything that can fault, change memory or call is an instruction of its own.</summary>
public abstract record Instr(Span Span);

/// <summary>Computes a value into a register local.</summary>
public sealed record Assign(int Target, Rvalue Value, Span Span) : Instr(Span);

/// <summary>Reads memory: <c>target = *(type *)pointer</c>. <paramref name="Bits"/> tells where a bit field lies in its storage unit.</summary>
public sealed record Load(int Target, Operand Pointer, CType Type, BitRange Bits, Span Span) : Instr(Span);

/// <summary>Writes memory: <c>*(type *)pointer = value</c>.</summary>
public sealed record Store(Operand Pointer, Operand Value, CType Type, BitRange Bits, Span Span) : Instr(Span)
{
    public bool IsVolatile { get; init; }
}

/// <summary>Copies a struct, union or array: assignment of aggregates, and <c>__builtin_memcpy</c>/<c>memmove</c> of a known length.</summary>
public sealed record CopyMemory(Operand Target, Operand Source, Operand Length, Span Span) : Instr(Span);

/// <summary>Fills memory with one byte: <c>= {}</c>, and <c>__builtin_memset</c>.</summary>
public sealed record SetMemory(Operand Target, Operand Value, Operand Length, Span Span) : Instr(Span);

/// <summary>An atomic read-modify-write: <c>__sync_*</c> and <c>__atomic_*</c>. <paramref name="Result"/> gets the value before it, where it is used.</summary>
public sealed record AtomicUpdate(int? Result, string Builtin, Operand Pointer, EquatableArray<Operand> Operands, CType Type, Span Span) : Instr(Span);

/// <summary>Calls a function. <paramref name="Result"/> is null where the value is not used or there is none.</summary>
/// <remarks>
/// <paramref name="Span"/> covers the whole call, <paramref name="CalleeSpan"/> the callee's name, <paramref name="ArgumentSpans"/> each argument
/// as written. <paramref name="Prototype"/> is the callee's type as this unit declares it.
/// </remarks>
public sealed record Call(
    int? Result, Callee Callee, EquatableArray<Operand> Arguments, FunctionType Prototype,
    Span CalleeSpan, EquatableArray<Span> ArgumentSpans, Span Span) : Instr(Span)
{
    /// <summary>Whether the frontend made the call: a <c>cleanup</c> handler at the end of a scope.</summary>
    public bool IsCleanup { get; init; }

    /// <summary>The name of the helper that it calls; empty where it calls something else.</summary>
    public string HelperName => Callee is HelperCallee helper ? helper.Name : "";

    /// <summary>Where an argument is written; the whole call where it is not.</summary>
    public Span SpanOf(int argument) => argument < ArgumentSpans.Count ? ArgumentSpans[argument] : Span;
}

/// <summary>Inline assembly. An empty template has no operands here, which it leaves as they are: it stands for what it clobbers, and for its place.</summary>
/// <remarks>Outputs are register locals; an operand in memory is given by its address.</remarks>
public sealed record InlineAsm(
    string Template, EquatableArray<int> Outputs, EquatableArray<string> OutputConstraints,
    EquatableArray<Operand> Inputs, EquatableArray<string> InputConstraints, bool ClobbersMemory, Span Span) : Instr(Span);

/// <summary>A register local takes an unknown value. What was lost, and why, is in <paramref name="Reason"/>.</summary>
public sealed record Havoc(int Target, string Reason, Span Span) : Instr(Span);

/// <summary>The bits of a bit field in its storage unit; <see cref="Whole"/> for ordinary memory.</summary>
/// <remarks>Units: bits; <paramref name="Shift"/> from the unit's least significant bit.</remarks>
public readonly record struct BitRange(int Shift, int Width)
{
    public static readonly BitRange Whole = default;
    public bool IsWhole => Width == 0;
}

/// <summary>Whom a <see cref="Call"/> calls.</summary>
public abstract record Callee;

/// <summary>A function by name: a subprogram of the unit, or an extern (see <see cref="UnitIr.Externs"/>).</summary>
public sealed record DirectCallee(string Name) : Callee { public override string ToString() => Name; }

/// <summary>A BPF helper: <c>static … (*bpf_x)(…) = (void *) Id</c>.</summary>
public sealed record HelperCallee(int Id, string Name) : Callee { public override string ToString() => $"{Name}#{Id}"; }

/// <summary>A compiler builtin that the frontend does not lower itself.</summary>
public sealed record BuiltinCallee(string Name) : Callee
{
    /// <summary>BPF's legacy read of packet data through <c>r6</c>, <c>*(u8 *)skb[…]</c>: leaves the program where the packet is too short.</summary>
    public const string PacketLoad = "*skb[]";

    public override string ToString() => Name;
}

/// <summary>A call through a pointer, which BPF cannot make.</summary>
public sealed record IndirectCallee(Operand Target) : Callee { public override string ToString() => "*indirect"; }
