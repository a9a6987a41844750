using System.Collections.Immutable;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>A function and what it uses.</summary>
internal sealed record LoweredFunction(FunctionIr Ir, Uses Uses);

/// <summary>A variable, a map or a struct_ops variable, and what its definition uses.</summary>
internal sealed record LoweredGlobal(string Name)
{
    public GlobalVar? Variable { get; init; }
    public MapDef? Map { get; init; }
    public StructOpsVar? StructOps { get; init; }
    public Uses Uses { get; init; } = Uses.None;

    /// <summary>Whether it is part of the unit even where nothing names it.</summary>
    public bool IsMain { get; init; }
}

/// <summary>The parts of a unit as they were lowered: enough to lower its next version in part.</summary>
internal sealed record LoweredUnit
{
    public required string MainFile { get; init; }

    /// <summary>What the main file's declarations use by themselves, and the attach targets' prototypes.</summary>
    public required Uses File { get; init; }

    /// <summary>Functions that are part of the unit even where nothing calls them, in the file's order.</summary>
    public required ImmutableArray<LoweredFunction> Functions { get; init; }

    /// <summary>Functions of headers that were reached, by name.</summary>
    public required ImmutableDictionary<string, LoweredFunction> HeaderFunctions { get; init; }

    public required ImmutableArray<LoweredGlobal> Globals { get; init; }
    public required ImmutableDictionary<string, FunctionType> TracepointPrototypes { get; init; }
    public required ImmutableArray<string> Files { get; init; }
    public required ImmutableArray<UnitIssue> CompileIssues { get; init; }

    /// <summary>Where the next version may be lowered in part; null where it must be lowered whole.</summary>
    public Outline? Outline { get; init; }

    /// <summary>Whether two different structs bear one name: such a unit's parts must be lowered together.</summary>
    public bool IsAmbiguous { get; private init; }

    /// <summary>What all of it comes to.</summary>
    public UnitIr Ir => _ir ?? Join().Ir;

    private UnitIr? _ir;

    /// <summary>Makes the unit of the parts.</summary>
    public LoweredUnit Join()
    {
        var reach = new Reach(this);
        var functions = Sorted(reach.Functions.Select(f => f.Ir), f => f.Anchor.File, f => f.Anchor.Start);
        var globals = Sorted(reach.Globals.Select(g => g.Variable).OfType<GlobalVar>(), g => g.Anchor.File, g => g.Anchor.Start);
        var issues = CompileIssues.AddRange(functions.Where(f => f.NotLowered is not null)
            .Select(f => new UnitIssue(UnitIssueKind.NotAnalysed, f.NotLowered!, f.Anchor.Name) { Function = f.Name }));
        var ir = new UnitIr
        {
            MainFile = MainFile,
            Functions = functions,
            Globals = globals,
            Maps = Sorted(reach.Globals.Select(g => g.Map).OfType<MapDef>(), m => m.Anchor.File, m => m.Anchor.Start),
            StructOps = Sorted(reach.Globals.Select(g => g.StructOps).OfType<StructOpsVar>(), s => s.Anchor.File, s => s.Anchor.Start),
            Externs = [.. reach.Externs.Values.OrderBy(e => e.Name, StringComparer.Ordinal)],
            License = LicenseOf(globals),
            TracepointPrototypes = TracepointPrototypes,
            Structs = reach.Structs.ToImmutable(),
            Files = Files,
            Issues = issues,
        };
        return this with { IsAmbiguous = IsAmbiguous || reach.Structs.IsAmbiguous, _ir = ir };
    }

    /// <summary>The main file first, then by place.</summary>
    private ImmutableArray<T> Sorted<T>(IEnumerable<T> items, Func<T, string> file, Func<T, int> start) =>
        [.. items.OrderBy(i => file(i) != MainFile).ThenBy(file, StringComparer.Ordinal).ThenBy(start)];

    private static string? LicenseOf(ImmutableArray<GlobalVar> globals)
    {
        foreach (var global in globals)
            if (global.Section == "license" && global.InitialBytes is { } bytes)
            {
                var text = bytes.AsSpan();
                var end = text.IndexOf((byte)0);
                return System.Text.Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
            }
        return null;
    }

    /// <summary>The parts that belong to the unit: the main file's, and of headers what they reach.</summary>
    private sealed class Reach
    {
        private readonly HashSet<string> _names = [];
        private readonly HashSet<string> _globalNames = [];
        private readonly Dictionary<string, LoweredGlobal> _globals = [];
        private readonly LoweredUnit _unit;

        public Reach(LoweredUnit unit)
        {
            _unit = unit;
            foreach (var global in unit.Globals) _globals[global.Name] = global;
            foreach (var function in unit.Functions) _names.Add(function.Ir.Name);
            Functions.AddRange(unit.Functions);
            Add(unit.File);
            foreach (var global in unit.Globals)
                if (global.IsMain) AddGlobal(global.Name);
            // What is added here reaches more, so the lists grow while they are read.
            for (var (f, g) = (0, 0); f < Functions.Count || g < Globals.Count;)
                if (f < Functions.Count) Add(Functions[f++].Uses);
                else Add(Globals[g++].Uses);
        }

        public List<LoweredFunction> Functions { get; } = [];
        public List<LoweredGlobal> Globals { get; } = [];
        public Dictionary<string, ExternFunction> Externs { get; } = [];
        public StructUnion Structs { get; } = new();

        private void Add(Uses uses)
        {
            foreach (var function in uses.Externs) Externs.TryAdd(function.Name, function);
            foreach (var item in uses.Structs) Structs.Add(item);
            foreach (var name in uses.Globals) AddGlobal(name);
            foreach (var name in uses.HeaderFunctions)
                if (_names.Add(name) && _unit.HeaderFunctions.TryGetValue(name, out var function)) Functions.Add(function);
        }

        private void AddGlobal(string name)
        {
            if (_globalNames.Add(name) && _globals.TryGetValue(name, out var global)) Globals.Add(global);
        }
    }
}
