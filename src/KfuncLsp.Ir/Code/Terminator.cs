namespace KfuncLsp.Ir;

/// <summary>How a <see cref="BasicBlock"/> ends. Targets are block numbers of the same function.</summary>
public abstract record Terminator(Span Span);

/// <summary>Goes on at <paramref name="Target"/>.</summary>
public sealed record Jump(int Target, Span Span) : Terminator(Span);

/// <summary>Compares two values and goes on at one of two blocks: the verifier's conditional jump.</summary>
/// <remarks>A bare condition <c>if (x)</c> is <c>x != 0</c>. <paramref name="Type"/> is the type the comparison is done in.</remarks>
public sealed record Branch(BinaryOp Op, Operand Left, Operand Right, CType Type, int Then, int Else, Span Span) : Terminator(Span);

/// <summary>A C switch; ranges are inclusive (GNU <c>case a ... b</c>).</summary>
public sealed record Switch(Operand Value, EquatableArray<SwitchCase> Cases, int Default, Span Span) : Terminator(Span);

/// <summary>One range of a <see cref="Switch"/>.</summary>
public readonly record struct SwitchCase(long Low, long High, int Target);

/// <summary>Leaves the function.</summary>
public sealed record Return(Operand? Value, Span Span) : Terminator(Span);

/// <summary><c>asm goto</c>: falls through to the first target or jumps to any other. <c>can_loop</c> and <c>cond_break</c> are this.</summary>
public sealed record AsmGoto(string Template, EquatableArray<Operand> Inputs, EquatableArray<int> Targets, Span Span) : Terminator(Span);

/// <summary>Control cannot come here: after <c>__builtin_unreachable</c> or <c>__builtin_trap</c>.</summary>
public sealed record Unreachable(string Reason, Span Span) : Terminator(Span);
