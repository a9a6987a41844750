using System.Globalization;
using System.Text;

namespace KfuncLsp.Ir;

/// <summary>Prints one function: header, locals, blocks, then the types and prototypes it uses.</summary>
internal sealed class FunctionPrinter(StringBuilder text, FunctionIr function, bool spans)
{
    private readonly SortedSet<string> _types = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, FunctionType> _prototypes = new(StringComparer.Ordinal);

    public void Print()
    {
        Header();
        foreach (var parameter in function.Parameters)
            Line($"  parameter {parameter.Name} in {Local(parameter.LocalId)}: {Type(parameter.Type)}{IrText.Tags(parameter.DeclTags)}");
        foreach (var local in function.Locals)
            Line($"  %{local.Id} {IrText.Quote(local.Name)}: {Type(local.Type)} {KindWord(local.Kind)}{IrText.Flag(local.InMemory, "memory")}{IrText.Flag(local.IsAligned, "aligned")}{At(local.Declaration)}");
        foreach (var block in function.Blocks)
        {
            Line($"b{block.Id}:");
            foreach (var instruction in block.Instructions) Line($"    {Print(instruction)}{At(instruction.Span)}");
            Line($"    {Print(block.End)}{At(block.End.Span)}");
        }
        foreach (var (callee, prototype) in _prototypes) Line($"  callee {callee}: {Type(prototype)}");
        foreach (var type in _types) Line($"  {type}");
    }

    private void Header()
    {
        text.Append($"function {function.Name}: {Type(function.ReturnType)}");
        if (function.Section is { } section) text.Append($" section {IrText.Quote(section)}");
        text.Append(IrText.Flag(function.IsStatic, "static")).Append(IrText.Flag(function.IsWeak, "weak"))
            .Append(IrText.Flag(function.IsAlwaysInline, "always_inline")).Append(IrText.Flag(function.IsNoInline, "noinline")).Append(IrText.Flag(function.IsNaked, "naked"))
            .Append(IrText.Tags(function.DeclTags));
        if (function.NotLowered is { } reason) text.Append($" not lowered: {reason}");
        text.Append('\n');
    }

    private string Print(Instr instruction) => instruction switch
    {
        Assign a => $"{Local(a.Target)} = {Print(a.Value)}",
        Load l => $"{Local(l.Target)} = load {Type(l.Type)} [{Print(l.Pointer)}]{Bits(l.Bits)}",
        Store s => $"store{(s.IsVolatile ? " volatile" : "")} {Type(s.Type)} [{Print(s.Pointer)}]{Bits(s.Bits)} = {Print(s.Value)}",
        CopyMemory c => $"copy [{Print(c.Target)}] = [{Print(c.Source)}], {Print(c.Length)}",
        SetMemory s => $"set [{Print(s.Target)}] = {Print(s.Value)}, {Print(s.Length)}",
        AtomicUpdate u => $"{Result(u.Result)}atomic {u.Builtin} {Type(u.Type)} [{Print(u.Pointer)}]{string.Concat(u.Operands.Select(o => $", {Print(o)}"))}",
        Call c => Print(c),
        InlineAsm a => Print(a),
        Havoc h => $"{Local(h.Target)} = unknown {IrText.Quote(h.Reason)}",
        _ => throw new InvalidOperationException($"no text for {instruction.GetType().Name}"),
    };

    private string Print(Call call)
    {
        var arguments = string.Join(", ", call.Arguments.Select(Print));
        var callee = call.Callee is IndirectCallee indirect ? $"*{Print(indirect.Target)}"
            : call.Callee is BuiltinCallee builtin ? $"builtin {builtin.Name}" : call.Callee.ToString()!;
        var listed = call.Callee is not IndirectCallee
            && (_prototypes.TryAdd(callee, call.Prototype) || _prototypes[callee] == call.Prototype);
        return $"{Result(call.Result)}{(call.IsCleanup ? "cleanup " : "")}call {callee}({arguments})"
            + (listed ? "" : $" : {Type(call.Prototype)}")
            + (spans ? $" name{At(call.CalleeSpan)} arguments{string.Concat(call.ArgumentSpans.Select(At))} all" : "");
    }

    private string Print(InlineAsm asm) =>
        $"asm {IrText.Quote(asm.Template)}"
        + $" out ({Pairs(asm.Outputs.Select(Local), asm.OutputConstraints)}) in ({Pairs(asm.Inputs.Select(Print), asm.InputConstraints)})"
        + IrText.Flag(asm.ClobbersMemory, "clobbers memory");

    private static string Pairs(IEnumerable<string> operands, EquatableArray<string> constraints) =>
        string.Join(", ", operands.Select((o, i) => i < constraints.Count ? $"{IrText.Quote(constraints[i])} {o}" : o)
            .Concat(constraints.Skip(operands.Count()).Select(IrText.Quote)));

    private string Print(Rvalue value) => value switch
    {
        Use u => Print(u.Value),
        Unary u => $"{Symbol(u.Op)}{Print(u.Value)} : {Type(u.Type)}",
        Binary b => $"{Print(b.Left)} {Symbol(b.Op)} {Print(b.Right)} : {Type(b.Type)}",
        Cast c => $"{Print(c.Value)} as {Type(c.To)}",
        PointerAdd p => $"pointer {Print(p.Pointer)} + {Print(p.Index)} * {p.Scale}{(p.Bound != 0 ? $" bound {p.Bound}" : "")} : {Type(p.Type)}",
        FieldAddr f => $"&{Print(f.Pointer)}->{f.Field} at {f.ByteOffset} in {Type(f.Struct)} : {Type(f.FieldType)}",
        AddressOfLocal a => $"&{Local(a.LocalId)} : {Type(a.Type)}",
        AddressOfGlobal a => $"&global {a.Name} : {Type(a.Type)}",
        AddressOfFunction a => $"&function {a.Name} : {Type(a.Type)}",
        AddressOfString a => $"&string {IrText.Quote(Encoding.Latin1.GetString(a.Bytes.AsSpan()))}",
        CoreQuery q => $"core {q.Kind} {IrText.Quote(q.TypeName)}{(q.Member.Length > 0 ? $" member {IrText.Quote(q.Member)}" : "")}"
            + $" locally {q.LocalAnswer?.ToString(CultureInfo.InvariantCulture) ?? "?"} : {Type(q.Type)}",
        UnknownValue u => $"unknown {IrText.Quote(u.Reason)} : {Type(u.Type)}",
        _ => throw new InvalidOperationException($"no text for {value.GetType().Name}"),
    };

    private string Print(Terminator end) => end switch
    {
        Jump j => $"goto b{j.Target}",
        Branch b => $"if {Print(b.Left)} {Symbol(b.Op)} {Print(b.Right)} : {Type(b.Type)} goto b{b.Then} else b{b.Else}",
        Switch s => $"switch {Print(s.Value)} {{ {string.Concat(s.Cases.Select(Case))}default: b{s.Default} }}",
        Return { Value: { } value } => $"return {Print(value)}",
        Return => "return",
        AsmGoto a => $"asm goto {IrText.Quote(a.Template)} in ({string.Join(", ", a.Inputs.Select(Print))}) to {string.Join(", ", a.Targets.Select(t => $"b{t}"))}",
        Unreachable u => $"unreachable {IrText.Quote(u.Reason)}",
        _ => throw new InvalidOperationException($"no text for {end.GetType().Name}"),
    };

    private static string Case(SwitchCase c) => c.Low == c.High ? $"{c.Low}: b{c.Target}, " : $"{c.Low} ... {c.High}: b{c.Target}, ";

    /// <summary>A constant of type <c>int</c> stands bare; a local bears its type only where it is read as another one.</summary>
    private string Print(Operand operand) => operand.Kind switch
    {
        OperandKind.Local => Find((int)operand.Value) is { } local && local.Type == operand.Type
            ? Local((int)operand.Value) : $"({Type(operand.Type)}){Local((int)operand.Value)}",
        OperandKind.Const when operand.Type is IntType { Bits: 32, IsSigned: true, EnumName: null, IsBool: false } =>
            operand.Value.ToString(CultureInfo.InvariantCulture),
        OperandKind.Const => $"({Type(operand.Type)}){operand.Value.ToString(CultureInfo.InvariantCulture)}",
        _ => $"({Type(operand.Type)})?",
    };

    private string Local(int id) => Find(id) is { Name: { Length: > 0 } name } && IsPlain(name) ? $"%{id}:{name}" : $"%{id}";

    private LocalVar? Find(int id) =>
        id >= 0 && id < function.Locals.Count && function.Locals[id].Id == id ? function.Locals[id] : function.Locals.FirstOrDefault(l => l.Id == id);

    private static bool IsPlain(string name)
    {
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-' or '>')) return false;
        return name.Length <= 40;
    }

    private string Result(int? target) => target is { } id ? $"{Local(id)} = " : "";

    private static string Bits(BitRange bits) => bits.IsWhole ? "" : $" bits {bits.Shift}+{bits.Width}";

    private string Type(CType type)
    {
        TypeText.CollectNamed(type, _types);
        return type.ToString()!;
    }

    private string At(Span span) => spans ? $" @{span.Start}+{span.Length}" : "";

    private void Line(string line) => text.Append(line).Append('\n');

    private static string KindWord(LocalKind kind) => kind switch
    {
        LocalKind.Parameter => "parameter",
        LocalKind.Variable => "variable",
        LocalKind.Register => "register",
        _ => "temporary",
    };

    private static string Symbol(UnaryOp op) => op switch
    {
        UnaryOp.Neg => "-", UnaryOp.BitNot => "~", UnaryOp.LogicalNot => "!",
        UnaryOp.IsConstant => "constant_p ", UnaryOp.AbsoluteValue => "abs ", UnaryOp.ByteSwap => "bswap ", UnaryOp.PopCount => "popcount ",
        UnaryOp.LeadingZeros => "clz ", UnaryOp.TrailingZeros => "ctz ", _ => "ffs ",
    };

    private static string Symbol(BinaryOp op) => op switch
    {
        BinaryOp.Add => "+", BinaryOp.Sub => "-", BinaryOp.Mul => "*", BinaryOp.Div => "/", BinaryOp.Mod => "%",
        BinaryOp.Shl => "<<", BinaryOp.Shr => ">>", BinaryOp.And => "&", BinaryOp.Or => "|", BinaryOp.Xor => "^",
        BinaryOp.Eq => "==", BinaryOp.Ne => "!=", BinaryOp.Lt => "<", BinaryOp.Le => "<=", BinaryOp.Gt => ">", _ => ">=",
    };
}
