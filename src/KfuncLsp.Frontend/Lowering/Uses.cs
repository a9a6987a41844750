using System.Collections.Immutable;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>What one declaration brings into its unit: what it names, and the parts of types that it needs.</summary>
/// <remarks>
/// It says so whatever else the unit holds, so that a unit is the union of its declarations' uses, whether they were lowered together or at
/// different times.
/// </remarks>
internal sealed record Uses
{
    public static readonly Uses None = new();

    /// <summary>Functions that the unit does not define, as this declaration sees them.</summary>
    public ImmutableArray<ExternFunction> Externs { get; init; } = [];

    /// <summary>Functions that headers define.</summary>
    public ImmutableArray<string> HeaderFunctions { get; init; } = [];

    public ImmutableArray<string> Globals { get; init; } = [];
    public ImmutableArray<StructUse> Structs { get; init; } = [];

    /// <summary>Whether it declares something that code behind it can see, or sees what another body declares.</summary>
    public bool IsOutward { get; init; }
}

/// <summary>A struct as one declaration needs it: whole, in part, or as a forward declaration.</summary>
/// <remarks><paramref name="Where"/> tells apart structs that bear one name.</remarks>
internal sealed record StructUse(StructDef Def, FileSpan Where);

/// <summary>Notes what a declaration uses while it is lowered.</summary>
internal sealed class UseRecorder
{
    private readonly HashSet<string> _functions = [];
    private readonly HashSet<string> _globalNames = [];
    private readonly List<ExternFunction> _externs = [];
    private readonly List<string> _headerFunctions = [];
    private readonly List<string> _globals = [];

    public HashSet<FieldInfo> Touched { get; } = new(ReferenceEqualityComparer.Instance);
    public HashSet<StructTable.Entry> Completed { get; } = new(ReferenceEqualityComparer.Instance);
    public HashSet<CType> Types { get; } = new(ReferenceEqualityComparer.Instance);
    public bool IsOutward { get; set; }

    /// <summary>Whether a function is named for the first time.</summary>
    public bool AddFunction(string name) => _functions.Add(name);

    public void AddHeaderFunction(string name) => _headerFunctions.Add(name);

    public void AddExtern(ExternFunction function) => _externs.Add(function);

    public void AddGlobal(string name)
    {
        if (_globalNames.Add(name)) _globals.Add(name);
    }

    public Uses Finish(StructTable structs) => new()
    {
        Externs = [.. _externs],
        HeaderFunctions = [.. _headerFunctions],
        Globals = [.. _globals],
        Structs = structs.UsesOf(this),
        IsOutward = IsOutward,
    };
}

/// <summary>Joins what declarations need of structs.</summary>
internal sealed class StructUnion
{
    private sealed class Joined(StructUse first)
    {
        public readonly StructUse First = first;
        public StructDef? Whole;
        public readonly Dictionary<string, StructField> Fields = [];
    }

    private readonly Dictionary<string, Joined> _structs = [];

    /// <summary>Whether two structs bear one name: then the names hang on the order in which they were met.</summary>
    public bool IsAmbiguous { get; private set; }

    public void Add(StructUse use)
    {
        if (!_structs.TryGetValue(use.Def.Name, out var joined)) _structs[use.Def.Name] = joined = new(use);
        else if (joined.First.Where != use.Where || joined.First.Def.Type != use.Def.Type) IsAmbiguous = true;
        if (joined.Whole is not null) return;
        if (use.Def.IsComplete || use.Def.IsForward) joined.Whole = use.Def;
        else
            foreach (var field in use.Def.Fields) joined.Fields.TryAdd(field.Name.Length > 0 ? field.Name : $"@{field.BitOffset}:{field.Type}", field);
    }

    public ImmutableDictionary<string, StructDef> ToImmutable()
    {
        var result = ImmutableDictionary.CreateBuilder<string, StructDef>();
        foreach (var (name, joined) in _structs)
            result[name] = joined.Whole ?? joined.First.Def with
            {
                Fields = [.. joined.Fields.Values.OrderBy(f => f.BitOffset).ThenBy(f => f.Name, StringComparer.Ordinal)],
            };
        return result.ToImmutable();
    }
}
