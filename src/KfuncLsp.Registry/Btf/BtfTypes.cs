using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;

namespace KfuncLsp.Registry.Btf;

/// <summary>The type records of one BTF, as far as function prototypes need them.</summary>
/// <remarks>Source: Documentation/bpf/btf.rst.</remarks>
internal sealed class BtfTypes
{
    private const ushort Magic = 0xeb9f;
    private const int HeaderSize = 24;
    private const int MaxDepth = 32;
    private const int MaxStructDepth = 3;

    /// <summary>Longer names are none. Source: kernel/bpf/btf.c, __btf_name_valid; include/linux/kallsyms.h, KSYM_NAME_LEN.</summary>
    private const int MaxName = 512;

    /// <summary>A function with more is no kfunc. Source: include/linux/bpf.h, MAX_BPF_FUNC_ARGS, with room to spare.</summary>
    private const int MaxParameters = 16;

    /// <summary>Longer prototypes are traps: prototypes within prototypes within prototypes.</summary>
    private const int MaxPrototype = 4096;

    /// <summary>Structs with more are not looked into: thousands of structs of thousands of structs.</summary>
    private const int MaxMembers = 4096;

    /// <summary>No kernel has so many kfuncs.</summary>
    private const int MaxTagged = 10_000;

    /// <summary>What compilers call base types in debug information → what people write.</summary>
    private static readonly FrozenDictionary<string, string> BaseTypes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["_Bool"] = "bool", ["short int"] = "short", ["short unsigned int"] = "unsigned short",
        ["long int"] = "long", ["long unsigned int"] = "unsigned long", ["long long int"] = "long long", ["long long unsigned int"] = "unsigned long long",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly ReadOnlyMemory<byte> _data;
    private readonly BtfTypes? _below;
    private readonly int _firstId;
    private readonly uint _firstName;
    private readonly List<int> _offsets = [];
    private readonly Dictionary<string, int> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _structs = new(StringComparer.Ordinal);
    private int _typesAt;
    private int _namesAt;
    private int _namesLength;

    private BtfTypes(ReadOnlyMemory<byte> data, BtfTypes? below)
    {
        _data = data;
        _below = below;
        _firstId = below is null ? 1 : below._firstId + below._offsets.Count;
        _firstName = below is null ? 0 : below._firstName + (uint)below._namesLength;
    }

    private enum Kind : byte
    {
        Unknown, Int, Ptr, Array, Struct, Union, Enum, Forward, Typedef, Volatile, Const, Restrict, Func, FuncProto, Var, DataSec, Float, DeclTag, TypeTag, Enum64,
    }

    /// <summary>Reads the records. Errors: null and what is wrong.</summary>
    public static (BtfTypes? Types, string? Error) Parse(ReadOnlyMemory<byte> data, BtfTypes? below)
    {
        var types = new BtfTypes(data, below);
        return types.Parse() is { } error ? (null, error) : (types, null);
    }

    /// <summary>Ids of the functions that bear a declaration tag.</summary>
    public IEnumerable<int> TaggedFunctions(string tag) => _offsets
        .Where(at => KindAt(at) == Kind.DeclTag && U32(at + 12) == uint.MaxValue && Name(U32(at)) == tag)
        .Select(at => (int)U32(at + 8)).Distinct().Take(MaxTagged);

    /// <summary>Ids of the first function of each name, of those that are asked for; none of what lies below.</summary>
    public IEnumerable<int> FunctionsNamed(IReadOnlySet<string> names)
    {
        var open = new HashSet<string>(names, StringComparer.Ordinal);
        var lookup = open.GetAlternateLookup<ReadOnlySpan<char>>();
        var found = new List<int>();
        Span<char> buffer = stackalloc char[MaxName];
        for (var i = 0; i < _offsets.Count && open.Count > 0; i++)
        {
            if (KindAt(_offsets[i]) != Kind.Func) continue;
            var bytes = NameBytes(U32(_offsets[i]));
            if (Encoding.ASCII.GetChars(bytes, buffer) is var length && lookup.Remove(buffer[..length])) found.Add(_firstId + i);
        }

        return found;
    }

    public int? FindFunction(string name)
    {
        if (_functions.Count == 0)
            for (var i = 0; i < _offsets.Count; i++)
                if (KindAt(_offsets[i]) == Kind.Func) _functions.TryAdd(Name(U32(_offsets[i])), _firstId + i);
        return _functions.TryGetValue(name, out var id) ? id : _below?.FindFunction(name);
    }

    /// <summary>A function with its prototype; null where the id is no function.</summary>
    public BtfFunction? Function(int id)
    {
        if (Find(id) is not var (owner, at) || owner.KindAt(at) != Kind.Func) return null;
        if (Find((int)owner.U32(at + 8)) is not var (home, proto) || home.KindAt(proto) != Kind.FuncProto || home.Count(proto) > MaxParameters) return null;
        var left = MaxPrototype;
        var parameters = ImmutableArray.CreateBuilder<(string, string)>();
        for (var i = 0; i < home.Count(proto); i++)
        {
            var type = (int)home.U32(proto + 16 + (i * 8));
            parameters.Add(type == 0 ? ("", "...") : (home.Name(home.U32(proto + 12 + (i * 8))), Text(type, 0, ref left)));
        }

        return new(owner.Name(owner.U32(at)), Text((int)home.U32(proto + 8), 0, ref left), parameters.ToImmutable());
    }

    /// <summary>Whether each function has a name and a prototype; those of what lies below are not asked.</summary>
    public bool FunctionsAreWhole() =>
        _offsets.TrueForAll(at => KindAt(at) != Kind.Func || (NameBytes(U32(at)).Length > 0 && Find((int)U32(at + 8)) is var (owner, proto) && owner.KindAt(proto) == Kind.FuncProto));

    /// <summary>A struct's size, and whether it is made of scalars only; null where no struct bears the name.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, __btf_type_is_scalar_struct.</remarks>
    public (bool IsScalarOnly, long Size)? Struct(string name)
    {
        if (_structs.Count == 0)
            for (var i = 0; i < _offsets.Count; i++)
                if (KindAt(_offsets[i]) is Kind.Struct or Kind.Union) _structs.TryAdd(Name(U32(_offsets[i])), _firstId + i);
        if (name.Length == 0 || !_structs.TryGetValue(name, out var id)) return _below?.Struct(name);
        var at = _offsets[id - _firstId];
        var left = MaxMembers;
        return (IsScalarStruct(this, at, 0, ref left), U32(at + 8));
    }

    /// <summary>The names that an enum gives to numbers; none where no enum bears the name.</summary>
    public IEnumerable<string> Enumerators(string name)
    {
        foreach (var at in _offsets)
            if (KindAt(at) == Kind.Enum && Name(U32(at)) == name)
                for (var i = 0; i < Count(at); i++) yield return Name(U32(at + 12 + (i * 8)));
    }

    private static bool IsScalarStruct(BtfTypes home, int at, int depth, ref int left)
    {
        for (var i = 0; i < home.Count(at); i++)
        {
            if (left-- <= 0 || home.Resolve((int)home.U32(at + 16 + (i * 12))) is not var (owner, member)) return false;
            var kind = owner.KindAt(member);
            if (kind is Kind.Struct or Kind.Union)
            {
                if (depth >= MaxStructDepth || !IsScalarStruct(owner, member, depth + 1, ref left)) return false;
                continue;
            }

            if (kind == Kind.Array)
            {
                if (owner.U32(member + 20) == 0 || owner.Resolve((int)owner.U32(member + 12)) is not var (elements, element)) return false;
                kind = elements.KindAt(element);
            }

            if (kind is not (Kind.Int or Kind.Enum or Kind.Enum64)) return false;
        }

        return true;
    }

    /// <summary>What stands behind modifiers and typedefs.</summary>
    private (BtfTypes Owner, int At)? Resolve(int id)
    {
        for (var step = 0; step < MaxDepth && Find(id) is var (owner, at); step++)
        {
            if (owner.KindAt(at) is not (Kind.Typedef or Kind.Volatile or Kind.Const or Kind.Restrict or Kind.TypeTag)) return (owner, at);
            id = (int)owner.U32(at + 8);
        }

        return null;
    }

    private string? Parse()
    {
        if (_data.Length < HeaderSize) return "too short for a BTF header";
        var header = _data.Span;
        if (BinaryPrimitives.ReadUInt16LittleEndian(header) != Magic) return "no BTF: its first bytes are not the BTF magic number";
        if (header[2] != 1) return $"BTF of version {header[2]}, of which nothing is known";
        long headerLength = U32(4), typeOffset = U32(8), typeLength = U32(12), nameOffset = U32(16), nameLength = U32(20);
        if (headerLength < HeaderSize || headerLength + typeOffset + typeLength > _data.Length || headerLength + nameOffset + nameLength > _data.Length) return "a BTF header that points outside the file";
        _typesAt = (int)(headerLength + typeOffset);
        _namesAt = (int)(headerLength + nameOffset);
        _namesLength = (int)nameLength;
        var end = _typesAt + (int)typeLength;
        for (var at = _typesAt; at < end;)
        {
            if (end - at < 12) return "a truncated BTF type";
            var size = Size(at);
            if (size is null) return $"a BTF type of unknown kind {(byte)KindAt(at)}";
            if (size > end - at) return "a truncated BTF type";
            _offsets.Add(at);
            at += size.Value;
        }

        return null;
    }

    private int? Size(int at) => KindAt(at) switch
    {
        Kind.Int or Kind.Var or Kind.DeclTag => 16,
        Kind.Array => 24,
        Kind.Struct or Kind.Union or Kind.DataSec or Kind.Enum64 => 12 + (12 * Count(at)),
        Kind.Enum or Kind.FuncProto => 12 + (8 * Count(at)),
        Kind.Ptr or Kind.Forward or Kind.Typedef or Kind.Volatile or Kind.Const or Kind.Restrict or Kind.Func or Kind.Float or Kind.TypeTag => 12,
        _ => null,
    };

    private uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_data.Span[at..]);

    private Kind KindAt(int at) => (Kind)((U32(at + 4) >> 24) & 0x1f);

    private int Count(int at) => (int)(U32(at + 4) & 0xffff);

    private (BtfTypes Owner, int At)? Find(int id) =>
        id < _firstId ? _below?.Find(id) : id - _firstId < _offsets.Count ? (this, _offsets[id - _firstId]) : null;

    private string Name(uint offset) => Encoding.UTF8.GetString(NameBytes(offset));

    private ReadOnlySpan<byte> NameBytes(uint offset)
    {
        if (offset < _firstName) return _below!.NameBytes(offset);
        var local = offset - _firstName;
        if (local >= _namesLength) return [];
        var text = _data.Span.Slice(_namesAt + (int)local, Math.Min(_namesLength - (int)local, MaxName + 1));
        var end = text.IndexOf((byte)0);
        return end < 0 ? [] : text[..end];
    }

    /// <summary>A type in C; a chain that is too long, a cycle, or what is made of too much, ends in <c>?</c>.</summary>
    private string Text(int id, int depth, ref int left)
    {
        if (id == 0) return "void";
        if (depth > MaxDepth || left <= 0 || Find(id) is not var (owner, at)) return "?";
        var name = owner.Name(owner.U32(at));
        left -= name.Length + 1;
        var of = (int)owner.U32(at + 8);
        switch (owner.KindAt(at))
        {
            case Kind.Ptr:
                var inner = Text(of, depth + 1, ref left);
                return inner.EndsWith('*') ? inner + "*" : inner.Contains("(*)", StringComparison.Ordinal) ? inner : inner + " *";
            case Kind.Const:
                var constant = Text(of, depth + 1, ref left);
                return constant.EndsWith('*') ? constant + "const" : "const " + constant;
            case Kind.Volatile or Kind.Restrict or Kind.TypeTag:
                return Text(of, depth + 1, ref left);
            case Kind.Struct:
                return "struct " + name;
            case Kind.Forward:
                return ((owner.U32(at + 4) >> 31) != 0 ? "union " : "struct ") + name;
            case Kind.Union:
                return "union " + name;
            case Kind.Enum or Kind.Enum64:
                return "enum " + name;
            case Kind.Int:
                return BaseTypes.GetValueOrDefault(name, name);
            case Kind.FuncProto:
                if (owner.Count(at) > MaxParameters) return "?";
                var parameters = new string[owner.Count(at)];
                left -= "(*)()".Length + (parameters.Length * ", ?".Length);
                for (var i = 0; i < parameters.Length; i++) parameters[i] = Text((int)owner.U32(at + 16 + (i * 8)), depth + 1, ref left);
                return $"{Text(of, depth + 1, ref left)} (*)({string.Join(", ", parameters)})";
            default:
                return name.Length > 0 ? name : "?";
        }
    }
}
