using System.Text;

namespace KfuncLsp.Differential.Generating;

/// <summary>Writes one random function. Here: its frame and scopes; statements, expressions and lvalues stand in the other parts.</summary>
internal sealed partial class FunctionGenerator
{
    private readonly UnitGenerator _unit;
    private readonly Random _random;
    private readonly List<Var> _parameters = [];
    private readonly CInt _return;
    private readonly bool _isVoid;
    private readonly long _cost;

    private StringBuilder _out = new();
    private List<Var> _visible = [];
    private int _indent = 1;
    private int _names;
    private int _labels;
    private long _weight = 1;
    private long _spent;
    private int _statementsLeft;

    /// <summary>Stands for <c>r</c>, which statements read beside an expression.</summary>
    private static readonly Ex Result = new("r", CInt.ULong, 1UL << 63, 0);

    // What the expressions written so far read and write; a statement expression's effects are the difference.
    private ulong _reads;
    private ulong _writes;

    public FunctionGenerator(UnitGenerator unit, Random random, int index)
    {
        (_unit, _random, Name) = (unit, random, $"f{index}");
        _return = Type();
        _isVoid = Chance(12);
        _statementsLeft = random.Next(4, 26);
        _visible.AddRange(unit.Globals);
        var shape = random.Next(6);
        for (var i = 0; i < random.Next(1, 6); i++) _parameters.Add(Parameter(i, shape));
        _visible.AddRange(_parameters);
        Body();
        _cost = _spent + 1;
    }

    public string Name { get; }

    public string Text { get; private set; } = "";

    public Helper AsHelper => new(Name, _return, _parameters, _cost) { IsVoid = _isVoid };

    /// <summary>The arguments of the first call, made of three numbers; a pointer gets the address of a global of its type or a compound literal.</summary>
    public string ArgumentsFrom(params string[] numbers) => string.Join(", ", _parameters.Select((p, i) => p.Kind switch
    {
        VarKind.Pointer => $"&({p.Type.Name}){{{numbers[i % 3]}}}",
        VarKind.StructPointer => $"&({p.Struct!.Text}){{{numbers[i % 3]}, {numbers[(i + 1) % 3]}}}",
        _ => numbers[i % 3],
    }));

    private Var Parameter(int index, int shape)
    {
        var name = $"p{index}";
        if (shape == 0 && index == 0) return new(name, VarKind.Pointer, Type(), NewBit()) { Count = 1, IsReadOnly = true };
        if (shape == 1 && index == 0)
            return new(name, VarKind.StructPointer, CInt.Int, NewBit()) { Struct = _unit.Pick(PlainFirst()), Count = 1, IsReadOnly = true };
        var addressable = Chance(5);
        return new(name, VarKind.Int, Type(), NewBit() | (addressable ? Ex.Memory : 0)) { IsAddressable = addressable };
    }

    /// <summary>Structs that <c>{number, number}</c> initialises.</summary>
    private List<CStruct> PlainFirst() =>
        _unit.Structs.Where(s => s.Fields is [{ Struct: null, Count: 0 }, ..]).ToList() is { Count: > 0 } plain ? plain : _unit.Structs;

    private void Body()
    {
        var head = string.Join(", ", _parameters.Select(p => p.Kind switch
        {
            VarKind.Pointer => $"{p.Type.Name} *{p.Name}",
            VarKind.StructPointer => $"{p.Struct!.Text} *{p.Name}",
            _ => $"{p.Type.Name} {p.Name}",
        }));
        var storage = _random.Next(5) switch
        {
            0 => "static __attribute__((noinline)) ",
            1 => "static inline __attribute__((always_inline)) ",
            2 => "",
            _ => "static ",
        };
        Line("u64 r = 1;");
        Block(depth: 0);
        Line(_isVoid ? "trail = mix(trail, r);" : "return r;");
        if (!_isVoid) Text = $"{storage}{_return.Name} {Name}({head})\n{{\n{_out}}}\n";
        else Text = $"{storage}void {Name}({head})\n{{\n{_out}}}\n";
    }

    private CInt Type() => _unit.Pick(CInt.All);

    /// <summary>One time in <paramref name="n"/>.</summary>
    private bool Chance(int n) => _random.Next(n) == 0;

    private string NewName(string prefix) => $"{prefix}{_names++}";

    private ulong NewBit() => 1UL << (2 + _names++ % 61);

    private void Line(string line) => _out.Append('\t', Math.Min(_indent, 20)).Append(line).Append('\n');

    /// <summary>Writes a part with its own scope.</summary>
    private void Scope(Action part)
    {
        var visible = _visible.Count;
        _indent++;
        part();
        _indent--;
        _visible.RemoveRange(visible, _visible.Count - visible);
    }

    /// <summary>Writes a part that runs up to <paramref name="times"/> times.</summary>
    private void Repeated(int times, Action part)
    {
        var weight = _weight;
        _weight *= times;
        part();
        _weight = weight;
    }
}
