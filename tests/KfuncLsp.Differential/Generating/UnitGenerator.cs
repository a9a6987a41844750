using System.Text;

namespace KfuncLsp.Differential.Generating;

/// <summary>A C file of random functions without undefined behaviour. The same seed gives the same text.</summary>
/// <remarks>
/// Signed overflow wraps (<c>-fwrapv</c>) and types may alias (<c>-fno-strict-aliasing</c>); everything else that C leaves undefined or
/// unspecified is avoided: shifts are masked, divisors positive, indices masked, loops counted, locals initialised, and parts of an
/// expression without an order between them touch different variables.
/// </remarks>
internal sealed class UnitGenerator
{
    private readonly Random _random;
    private readonly StringBuilder _text = new();

    private UnitGenerator(int seed) => _random = new(seed);

    public List<CStruct> Structs { get; } = [];
    public List<Var> Globals { get; } = [];
    public List<Helper> Helpers { get; } = [];

    /// <summary>Functions <c>t0 … t(count-1)</c>, each <c>u64 (u64, u64, u64)</c>.</summary>
    public static string Generate(int seed, int count)
    {
        var unit = new UnitGenerator(seed);
        unit.Prelude();
        for (var i = 0; i < count; i++) unit.Function(i);
        return unit._text.ToString();
    }

    private void Prelude()
    {
        _text.AppendLine("""
            typedef signed char s8; typedef unsigned char u8; typedef short s16; typedef unsigned short u16;
            typedef int s32; typedef unsigned int u32; typedef long long s64; typedef unsigned long long u64;
            typedef _Bool bool;
            enum colour { RED, GREEN = 3, BLUE, DEEP = 0x1234 };
            enum sign { MINUS = -1, NONE, PLUS };
            #define container_of(ptr, type, member) ({ void *__p = (void *)(ptr); ((type *)(__p - __builtin_offsetof(type, member))); })
            #define likely(x) __builtin_expect(!!(x), 1)
            #define unlikely(x) __builtin_expect(!!(x), 0)
            #define min(a, b) ({ typeof(a) __a = (a); typeof(b) __b = (b); __a < __b ? __a : __b; })
            #ifdef TRACE
            int printf(const char *, ...);
            #define TRACE_MIX printf("%llu %llu\n", h, v);
            #else
            #define TRACE_MIX
            #endif
            static u64 mix(u64 h, u64 v) { TRACE_MIX return (h ^ v ^ (v >> 29)) * 0x9E3779B97F4A7C15ull + 1; }
            static u64 trail;
            static volatile int nothing;
            static void leave_int(int *v) { trail = mix(trail, *v); }
            static void leave_u8(u8 *v) { trail = mix(trail, *v + 1000); }
            struct counter { int next, end, left; };
            static int counter_new(struct counter *it, int start, int end) { it->next = start; it->end = end; it->left = 8; return 0; }
            static int *counter_next(struct counter *it, int *slot) { if (it->next >= it->end || it->left-- <= 0) return 0; *slot = it->next++; return slot; }
            static void counter_destroy(struct counter *it) { trail = mix(trail, it->next); }
            #define for_counter(i, start, end) for ( \
                struct counter ___it __attribute__((cleanup(counter_destroy))), \
                *___p __attribute__((unused)) = (counter_new(&___it, (start), (end)), (void)counter_destroy, (void *)0); \
                ({ int ___v, *___t = counter_next(&___it, &___v); (___t && ((i) = *___t, (i) >= (start) && (i) < (end))); }); )
            #define each_value(cur, slot, start, end) for ( \
                struct counter ___it __attribute__((cleanup(counter_destroy))), \
                *___p __attribute__((unused)) = (counter_new(&___it, (start), (end)), (void)counter_destroy, (void *)0); \
                (((cur) = counter_next(&___it, &(slot)))); )
            """);
        for (var i = 0; i < 5; i++) Struct(i);
        foreach (var type in Structs) Turn(type);
        for (var i = 0; i < 10; i++) Global(i);
    }

    private void Struct(int index)
    {
        var name = $"s{index}";
        // Bit fields of packed structs may need two accesses, which nobody writes in BPF and the lowering refuses.
        var packed = _random.Next(5) == 0;
        var fields = new List<CField>();
        _text.AppendLine($"struct {name} {{");
        var count = _random.Next(2, 7);
        for (var i = 0; i < count; i++)
        {
            var type = Pick(CInt.All);
            var field = new CField($"m{i}", type);
            switch (_random.Next(8))
            {
                case 0 or 1 when !packed && !type.IsBool && type != CInt.Colour && type != CInt.Sign:
                    field = field with { Width = _random.Next(1, type.Bits + 1) };
                    _text.AppendLine($"\t{type.Name} {field.Name} : {field.Width};");
                    if (_random.Next(6) == 0) _text.AppendLine($"\t{type.Name} : {(_random.Next(2) == 0 ? 0 : _random.Next(1, type.Bits))};");
                    break;
                case 2:
                    field = field with { Count = 1 << _random.Next(1, 3) };
                    _text.AppendLine($"\t{type.Name} {field.Name}[{field.Count}];");
                    break;
                case 3 when Structs.Count > 0:
                    field = field with { Struct = Pick(Structs) };
                    _text.AppendLine($"\t{field.Struct!.Text} {field.Name};");
                    break;
                case 4:
                    _text.AppendLine($"\tunion {{ {type.Name} {field.Name}; {type.Name} {field.Name}_too; }};");
                    break;
                case 5:
                    _text.AppendLine($"\tstruct {{ u8 {field.Name}_pad; {type.Name} {field.Name}; }};");
                    break;
                case 6 when !packed && type.IsBool:
                    field = field with { Width = 1 };
                    _text.AppendLine($"\tbool {field.Name} : 1;");
                    break;
                default:
                    _text.AppendLine($"\t{type.Name} {field.Name};");
                    break;
            }
            fields.Add(field);
        }
        _text.AppendLine($"}}{(packed ? " __attribute__((packed))" : "")};");
        Structs.Add(new(name, false, fields) { IsPacked = packed });
    }

    /// <summary>A function that takes and returns a struct by value.</summary>
    private void Turn(CStruct type)
    {
        var paths = Scalars(new Var("s", VarKind.Struct, CInt.Int, 0) { Struct = type }).ToList();
        _text.AppendLine($"static {(_random.Next(2) == 0 ? "__attribute__((always_inline)) inline " : "")}{type.Text} turn_{type.Name}({type.Text} s, int by)");
        _text.AppendLine($"{{\n\tif (by > {_random.Next(100)})\n\t\treturn s;");
        foreach (var path in paths) _text.AppendLine($"\t{path} {Pick<string>(["=", "+=", "^=", "="])} by{(_random.Next(3) == 0 ? $" + {Pick(paths)}" : "")};");
        _text.AppendLine("\treturn s;\n}");
    }

    private void Global(int index)
    {
        var constant = index % 4 == 3;
        var storage = constant ? "static const " : _random.Next(2) == 0 ? "static " : "";
        var global = new Var($"g{index}", VarKind.Int, Pick(CInt.All), constant ? 0 : Ex.Globals) { IsReadOnly = constant };
        switch (_random.Next(4))
        {
            case 0:
                global = global with { Kind = VarKind.Array, Count = 4 };
                _text.AppendLine($"{storage}{global.Type.Name} {global.Name}[4] = {{{Number()}, [2] = {Number()}}};");
                break;
            case 1:
                global = global with { Kind = VarKind.Struct, Struct = Pick(Structs) };
                _text.AppendLine($"{storage}{global.Struct!.Text} {global.Name}{(constant ? " = {1}" : "")};");
                break;
            default:
                if (!constant) global = global with { IsAddressable = _random.Next(2) == 0 };
                _text.AppendLine($"{storage}{global.Type.Name} {global.Name} = {Number()};");
                break;
        }
        if (global.IsAddressable) global = global with { Bit = Ex.Globals | Ex.Memory };
        Globals.Add(global);
    }

    private void Function(int index)
    {
        var body = new FunctionGenerator(this, _random, index);
        _text.Append(body.Text);
        Helpers.Add(body.AsHelper);
        // Every call of a test starts from the same globals: what it changes is put back.
        var kept = Globals.Where(g => !g.IsReadOnly).ToList();
        _text.AppendLine($"u64 t{index}(u64 a, u64 b, u64 c)").AppendLine("{");
        foreach (var g in kept) _text.AppendLine($"\ttypeof({g.Name}) keep_{g.Name};\n\t__builtin_memcpy(&keep_{g.Name}, &{g.Name}, sizeof({g.Name}));");
        var call = $"{body.Name}({body.ArgumentsFrom("a", "b", "c")})";
        _text.AppendLine($"\ttrail = 0;\n\tu64 r = {(body.AsHelper.IsVoid ? $"({call}, 0)" : call)};");
        foreach (var g in kept)
            foreach (var path in Scalars(g)) _text.AppendLine($"\tr = mix(r, {path});");
        foreach (var g in kept) _text.AppendLine($"\t__builtin_memcpy(&{g.Name}, &keep_{g.Name}, sizeof({g.Name}));");
        _text.AppendLine("\treturn mix(r, trail);\n}\n");
    }

    /// <summary>Every integer in a variable, as an expression.</summary>
    public static IEnumerable<string> Scalars(Var variable) => variable.Kind switch
    {
        VarKind.Int => [variable.Name],
        VarKind.Array => Enumerable.Range(0, variable.Count).Select(i => $"{variable.Name}[{i}]"),
        VarKind.Struct => Scalars(variable.Name, variable.Struct!),
        VarKind.StructArray => Enumerable.Range(0, variable.Count).SelectMany(i => Scalars($"{variable.Name}[{i}]", variable.Struct!)),
        _ => [],
    };

    private static IEnumerable<string> Scalars(string path, CStruct type) => type.Fields.SelectMany(f =>
        f.Struct is { } inner ? Scalars($"{path}.{f.Name}", inner)
        : f.Count > 0 ? Enumerable.Range(0, f.Count).Select(i => $"{path}.{f.Name}[{i}]") : [$"{path}.{f.Name}"]);

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>A constant: small, at the edge of a type, or any.</summary>
    public string Number() => _random.Next(10) switch
    {
        0 => Pick<string>(["0x7fffffff", "(-2147483647 - 1)", "0xffffffffu", "0x80000000", "0x7fffffffffffffffll", "0xffffffffffffffffull", "65535", "-32768", "255", "-128"]),
        1 => Pick<string>(["'a'", "'\\n'", "'\\xff'", "BLUE", "DEEP", "MINUS", "PLUS", "sizeof(struct s0)", "sizeof(long)", "__builtin_offsetof(struct s1, m1)"]) is var text
            && text.Contains("offsetof") && Structs.Count > 1 && Structs[1].Fields[1].Width > 0 ? "sizeof(struct s1)" : text,
        2 => $"{_random.Next(int.MinValue + 1, int.MaxValue)}",
        3 => $"0x{_random.NextInt64():x}ull",
        4 => $"{_random.Next(0, 100000)}u",
        5 => $"{_random.Next(-1000, 1000)}l",
        _ => $"{_random.Next(-8, 20)}",
    };
}

/// <summary>A function that later ones may call.</summary>
/// <remarks>Units: <paramref name="Cost"/> in statements executed, roughly.</remarks>
internal sealed record Helper(string Name, CInt Return, IReadOnlyList<Var> Parameters, long Cost)
{
    public bool IsVoid { get; init; }
}
