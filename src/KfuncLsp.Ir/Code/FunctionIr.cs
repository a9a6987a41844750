namespace KfuncLsp.Ir;

/// <summary>One C function as typed three-address code over a control-flow graph.</summary>
public sealed record FunctionIr
{
    /// <summary>The symbol: <c>____name</c> for the body that <c>BPF_PROG(name)</c> makes.</summary>
    public required string Name { get; init; }

    public required FunctionAnchor Anchor { get; init; }
    public required CType ReturnType { get; init; }

    /// <summary>The locals that hold the arguments on entry, in order.</summary>
    public EquatableArray<Parameter> Parameters { get; init; } = [];

    public EquatableArray<LocalVar> Locals { get; init; } = [];

    /// <summary>Block 0 is the entry. Empty where <see cref="NotLowered"/> says why.</summary>
    public EquatableArray<BasicBlock> Blocks { get; init; } = [];

    /// <summary>Whether the kernel sees a static function: <c>static</c>, or hidden, which libbpf makes static.</summary>
    public bool IsStatic { get; init; }
    public bool IsWeak { get; init; }

    /// <summary>Whether the compiler surely inlines it: <c>always_inline</c>.</summary>
    public bool IsAlwaysInline { get; init; }

    /// <summary>Whether the compiler surely keeps it a function: <c>noinline</c>.</summary>
    public bool IsNoInline { get; init; }

    /// <summary>Whether the verifier surely meets it as a global function: one that the compiler may inline is a part of its caller at best.</summary>
    public bool IsGlobalFunction => !IsStatic && !IsAlwaysInline && (IsNoInline || IsWeak || IsNaked);

    /// <summary>Whether the body is assembly alone: <c>__naked</c>. Undeclared arguments have parameters here, too.</summary>
    public bool IsNaked { get; init; }

    /// <summary>Whether an operand is a register of the machine, as assembly has them: the compiler leaves it as it is.</summary>
    public bool IsRegister(Operand operand) => operand.Kind == OperandKind.Local && Locals[operand.LocalId].Kind == LocalKind.Register;

    /// <summary><c>section("…")</c> of any of its declarations, which makes it a program; null for a subprogram.</summary>
    public string? Section { get; init; }

    /// <summary><c>btf_decl_tag</c> strings of the function itself, such as <c>exception_callback:f</c>.</summary>
    public EquatableArray<string> DeclTags { get; init; } = [];

    /// <summary>Why the body was not lowered, and null where it was. Such a function makes each program that reaches it inconclusive.</summary>
    public string? NotLowered { get; init; }

    /// <summary>The name that a person knows: without the prefix that <c>BPF_PROG</c> adds.</summary>
    public string DisplayName => ProgramOf(Name) ?? Name;

    /// <summary>What <c>BPF_PROG(name)</c> and its like put before the name of the body beside the program.</summary>
    public const string BodyPrefix = "____";

    /// <summary>The program whose body has a name; null where it is no such body's.</summary>
    public static string? ProgramOf(string body) => body.StartsWith(BodyPrefix, StringComparison.Ordinal) ? body[BodyPrefix.Length..] : null;

    public bool IsProgram => Section is not null;
}

/// <summary>A parameter and the local that holds it.</summary>
public sealed record Parameter(string Name, CType Type, int LocalId)
{
    /// <summary><c>btf_decl_tag</c> strings, such as <c>arg:trusted</c>.</summary>
    public EquatableArray<string> DeclTags { get; init; } = [];
}

/// <summary>A local variable or a temporary.</summary>
/// <remarks>
/// A register local is read as an <see cref="Operand"/> and written by <see cref="Assign"/>, <see cref="Load"/> or a call. A local in memory
/// (an aggregate, or one whose address is taken) is reached only through <see cref="AddressOfLocal"/>.
/// <see cref="Name"/> of a temporary is the expression as written, such as <c>task-&gt;cgroups</c>, or empty.
/// </remarks>
public sealed record LocalVar(int Id, string Name, CType Type, LocalKind Kind, bool InMemory, Span Declaration)
{
    /// <summary>Whether its declaration asks for an alignment, so that where it lies in its slot is not its type's.</summary>
    public bool IsAligned { get; init; }
}

/// <summary>What a local is to the person who wrote the code. A register of inline assembly is computed because the text says so, whether or not anybody needs it.</summary>
public enum LocalKind : byte { Parameter, Variable, Temporary, Register }

/// <summary>Instructions without a jump between them. <see cref="Id"/> is its index in the function.</summary>
public sealed record BasicBlock(int Id, EquatableArray<Instr> Instructions, Terminator End);
