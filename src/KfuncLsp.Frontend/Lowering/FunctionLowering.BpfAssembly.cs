using KfuncLsp.Frontend.Interop;
using KfuncLsp.Frontend.Lowering.Assembly;
using KfuncLsp.Ir;
using static KfuncLsp.Frontend.Interop.CXCursorKind;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>BPF assembly that is understood: its operands, and what of the function it may touch.</summary>
/// <remarks>
/// The machine's registers are locals of the function. In a <c>__naked</c> function they are the whole of it: <c>r1</c> to <c>r5</c> begin as the
/// arguments, and <c>r10</c> points behind a frame of 512 bytes. In any other function a statement begins with registers of which nothing is known,
/// and the frame is the statement's where the function keeps nothing in memory itself.
/// </remarks>
internal sealed partial class FunctionLowering
{
    private const int FrameSize = 512, FramePointer = 10, MostArguments = 5;

    private static readonly IntType s_register = new(64, false);

    /// <summary>An operand of an <c>asm</c> statement and, once it is evaluated, its value.</summary>
    private sealed record AsmBinding(string Constraint, Node Node, bool IsOutput)
    {
        public bool IsMemory => Constraint.Contains('m') && !Constraint.Contains('i');
        public int Tied => int.TryParse(Constraint, out var tied) ? tied : -1;
        public Operand? Value { get; set; }
        public Place? Place { get; set; }
    }

    private readonly int[] _registers = [-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1];
    private Dictionary<string, AsmBinding> _operands = [];
    private int _frame = -1;

    /// <summary>Lowers an <c>asm</c> statement instruction by instruction.</summary>
    /// <remarks>Errors: gives up before anything is emitted where some of it is not understood.</remarks>
    private void BpfAssembly(Node node, PrintedText.Asm text, Span span)
    {
        var bindings = Bindings(node, text);
        var code = AsmParser.Parse(text.Template, ConstantOf);
        var callees = new Dictionary<AsmCall, (Callee Callee, FunctionType Prototype, int Arguments)>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < code.Instructions.Count; i++) CheckInstruction(node, code, i, callees);

        if (!_isNaked) ForgetRegisters(code, span);
        var used = code.Instructions.SelectMany(AsmUses.ValuesOf).OfType<AsmOperand>().Select(o => _operands[o.Name]).ToHashSet();
        foreach (var binding in bindings)
            if (binding.IsOutput || used.Contains(binding) || binding.Tied >= 0) Evaluate(binding, bindings, span);
        EmitInstructions(node, code, callees, span);
        foreach (var binding in bindings)
            if (binding is { IsOutput: true, Place: { } place, Value: { } value })
                Write(place, Convert(value, place.Type, span), span);
    }

    private List<AsmBinding> Bindings(Node node, PrintedText.Asm text)
    {
        var bindings = new List<AsmBinding>();
        _operands = [];
        for (var i = 0; i < text.Outputs.Length + text.Inputs.Length; i++)
        {
            var isOutput = i < text.Outputs.Length;
            var binding = new AsmBinding(isOutput ? text.Outputs[i] : text.Inputs[i - text.Outputs.Length], node.Parts[i], isOutput);
            bindings.Add(binding);
            _operands[i.ToString(System.Globalization.CultureInfo.InvariantCulture)] = binding;
            if (i < text.Names.Length && text.Names[i].Length > 0) _operands[text.Names[i]] = binding;
        }

        return bindings;
    }

    private long? ConstantOf(string name)
    {
        if (!_operands.TryGetValue(name, out var binding) || binding.IsOutput || !binding.Constraint.Contains('i')) return null;
        return TypeLowering.IsPointer(binding.Node.Type) || TypeLowering.IsFunction(binding.Node.Type) ? null : binding.Node.Cursor.Evaluate() ?? InstructionIn(binding.Node);
    }

    /// <summary>The bytes of <c>*(long *)&amp;(struct bpf_insn){ … }</c>.</summary>
    private long? InstructionIn(Node node)
    {
        while (node.Kind != CXCursor_CompoundLiteralExpr)
        {
            if (node.Parts.Length == 0) return null;
            node = node.Parts[^1];
        }

        return _unit.Globals.BytesOf(node.Parts[^1], node.Type) is { Length: 8 } bytes ? BitConverter.ToInt64(bytes) : null;
    }

    /// <summary>Gives up on an instruction that names what is not there, or what the compiler alone decides.</summary>
    private void CheckInstruction(Node node, AsmText code, int at, Dictionary<AsmCall, (Callee, FunctionType, int)> callees)
    {
        var instruction = code.Instructions[at];
        if (AsmUses.TargetOf(instruction) is { } target && (target.IsCLabel ? _shape.LabelNear(node, target.Label) is null : code.Find(target, at) is null))
            throw new NotLoweredException($"a jump in assembly whose label `{target.Label}` cannot be found");
        if (instruction is AsmCall call) callees[call] = CalleeOf(call.Callee);
        foreach (var value in AsmUses.ValuesOf(instruction))
        {
            if (value is AsmRegister { Number: FramePointer } && !_isNaked && _shape.KeepsMemory) throw new NotLoweredException("assembly that uses the stack of a C function");
            if (value is AsmOperand operand && !_operands.ContainsKey(operand.Name)) throw new NotLoweredException($"an operand `{operand.Name}` of assembly that cannot be found");
            if (value is AsmSymbol symbol && _unit.FunctionNamed(symbol.Name) is null) throw new NotLoweredException($"a symbol `{symbol.Name}` of assembly that cannot be found");
        }
    }

    private (Callee Callee, FunctionType Prototype, int Arguments) CalleeOf(AsmValue value)
    {
        CXCursor declaration = default;
        switch (value)
        {
            case AsmNumber number: return (new HelperCallee((int)number.Value, ""), new FunctionType(CType.Unknown, []), MostArguments);
            case AsmSymbol symbol: declaration = _unit.FunctionNamed(symbol.Name) ?? default; break;
            case AsmOperand operand when _operands.TryGetValue(operand.Name, out var binding):
                declaration = DeclarationIn(binding.Node);
                if (declaration.IsNull && ConstantOf(operand.Name) is { } id) return CalleeOf(new AsmNumber(id));
                break;
        }

        if (declaration.Kind == CXCursor_VarDecl && _unit.HelperOf(declaration) is { } helper)
        {
            var type = Types.Lower(clang.getCursorType(declaration)) is PointerType { Pointee: FunctionType f } ? f : new FunctionType(CType.Unknown, []);
            return (helper, type, Math.Min(type.Parameters.Count, MostArguments));
        }

        if (declaration.Kind != CXCursor_FunctionDecl) throw new NotLoweredException("a call in assembly of something that cannot be found");
        var prototype = _unit.PrototypeOf(declaration);
        var definition = clang.getCursorDefinition(declaration);
        var takesAny = definition.IsNull ? clang.getCursorType(declaration).Kind == CXTypeKind.CXType_FunctionNoProto : _unit.AllAttributesOf(definition).IsNaked;
        return (_unit.ReferenceFunction(declaration), prototype, takesAny ? MostArguments : Math.Min(prototype.Parameters.Count, MostArguments));
    }

    private static CXCursor DeclarationIn(Node node)
    {
        node = node.BareOfConversions();
        while (node.Kind is CXCursor_CStyleCastExpr or CXCursor_UnaryOperator && node.Parts.Length > 0) node = node.Parts[^1].BareOfConversions();
        return node.Kind == CXCursor_DeclRefExpr ? clang.getCursorReferenced(node.Cursor) : default;
    }

    private void Evaluate(AsmBinding binding, List<AsmBinding> bindings, Span span)
    {
        if (binding.IsOutput)
        {
            var place = PlaceOf(binding.Node);
            if (binding.IsMemory && !place.IsRegister)
            {
                binding.Value = place.Address;
                return;
            }

            binding.Place = place;
            var tied = bindings.Find(b => b.Tied >= 0 && ReferenceEquals(bindings[b.Tied], binding));
            var initial = binding.Constraint.Contains('+') ? Read(place, span, "") : tied is null ? Operand.Unknown(s_register) : Rvalue(tied.Node);
            binding.Value = CopyToRegister(initial, TextOf(binding.Node), span);
            return;
        }

        if (binding.Tied >= 0)
        {
            binding.Value = bindings[binding.Tied].Value;
            return;
        }

        var value = binding.IsMemory ? AddressOf(binding.Node) : Rvalue(binding.Constraint.Contains('r') ? WithoutNarrowing(binding.Node) : binding.Node);
        binding.Value = value.Kind == OperandKind.Const || binding.IsMemory ? value : CopyToRegister(value, TextOf(binding.Node), span);
    }

    /// <summary>A register is whole: <c>"r"((short)x)</c> passes all of <c>x</c>.</summary>
    private static Node WithoutNarrowing(Node node)
    {
        for (var inner = node.Bare(); ; node = inner)
        {
            if (inner.Kind is not (CXCursor_CStyleCastExpr or CXCursor_UnexposedExpr) || inner.Parts.Length != 1 || inner.HasMemberRef) return node;
            var within = inner.Parts[0].Bare();
            if (!IsInteger(inner.Type) || !IsInteger(within.Type) || clang.Type_getSizeOf(inner.Type) > clang.Type_getSizeOf(within.Type)) return node;
            inner = within;
        }

        static bool IsInteger(CXType type) => TypeLowering.Canonical(type).Kind is >= CXTypeKind.CXType_UShort and <= CXTypeKind.CXType_LongLong or >= CXTypeKind.CXType_Bool and <= CXTypeKind.CXType_UChar or CXTypeKind.CXType_SChar or CXTypeKind.CXType_Short;
    }

    /// <summary>A value as a register holds it, in a register of its own.</summary>
    private Operand CopyToRegister(Operand value, string name, Span span)
    {
        var register = NewRegister(name, span);
        if (value.Kind == OperandKind.Unknown) _cfg.Emit(new Havoc(register, "what inline assembly makes of a register", span));
        else _cfg.Emit(new Assign(register, new Use(Widened(value, span)), span));
        return Operand.Local(register, s_register);
    }

    /// <summary>A narrower value of C in a register: its upper half is 0.</summary>
    private Operand Widened(Operand value, Span span)
    {
        if (value.Type is not IntType { Bits: < 64 } narrow) return Retype(value, value.Type is PointerType ? value.Type : s_register);
        return Convert(Convert(value, new IntType(Math.Max(narrow.Bits, 32), false), span), s_register, span);
    }

    private int NewRegister(string name, Span span) => _cfg.NewLocal(name, s_register, LocalKind.Register, false, span);

    private int RegisterLocal(int number, Span span) => _registers[number] >= 0 ? _registers[number] : _registers[number] = NewRegister($"r{number}", span);

    /// <summary>Outside of a naked function the compiler has used the registers in between.</summary>
    private void ForgetRegisters(AsmText code, Span span)
    {
        var named = code.Instructions.SelectMany(AsmUses.ValuesOf).OfType<AsmRegister>().Select(r => r.Number).ToHashSet();
        foreach (var number in named.Order())
        {
            if (number == FramePointer) EnterFrame(span);
            else _cfg.Emit(new Havoc(RegisterLocal(number, span), "a register that the compiler uses, too", span));
        }
    }

    /// <summary>The frame: 512 bytes, with <c>r10</c> behind them.</summary>
    private void EnterFrame(Span span)
    {
        var frame = new ArrayType(new IntType(8, false), FrameSize);
        if (_frame < 0) _frame = _cfg.NewLocal("the stack", frame, LocalKind.Register, true, span);
        var bottom = Operand.Local(NewRegister("", span), new PointerType(frame));
        _cfg.Emit(new Assign(bottom.LocalId, new AddressOfLocal(_frame, new PointerType(frame)), span));
        _cfg.Emit(new Assign(RegisterLocal(FramePointer, span), new PointerAdd(bottom, Operand.Const(FrameSize, s_register), 1, new PointerType(frame.Element)), span));
    }

    /// <summary>The parameters of a naked function, and its registers on entry.</summary>
    private List<Parameter> EnterNaked(FunctionIr ir, CXCursor[] parameters, Span span)
    {
        var lowered = new List<Parameter>();
        var least = ir.IsProgram ? 1 : ir.IsStatic ? MostArguments : 0;
        for (var i = 0; i < Math.Max(parameters.Length, least) && i < MostArguments; i++)
        {
            var isDeclared = i < parameters.Length;
            var name = isDeclared ? parameters[i].Spelling() : ir.IsProgram ? "ctx" : $"r{i + 1}";
            CType type = isDeclared ? Decayed(Types.Lower(clang.getCursorType(parameters[i]))) : ir.IsProgram ? new PointerType(CType.Void) : s_register;
            var id = _cfg.NewLocal(name, type, LocalKind.Parameter, false, isDeclared ? SpanOf(parameters[i]) : span);
            lowered.Add(new Parameter(name, type, id) { DeclTags = isDeclared ? [.. _unit.AttributesOf(parameters[i]).DeclTags] : [] });
            _cfg.Emit(new Assign(RegisterLocal(i + 1, span), new Use(Operand.Local(id, type)), span));
        }

        EnterFrame(span);
        return lowered;
    }
}
