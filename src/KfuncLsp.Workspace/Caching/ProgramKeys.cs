using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Workspace.Caching;

/// <summary>Names everything that the report of a program can depend on, so that a report is made once for it.</summary>
/// <remarks>
/// The key holds the code of every function that the program reaches, and what that code uses: globals, maps, structs, externs, the
/// struct_ops maps that bind the program, the attach target's prototype, the licence; and the kernel model and options. Places in files
/// are no part of it: findings are anchored anew in each unit. Of a kernel struct that the unit knows in part, only the members that the
/// program names count, since which others are known depends on the rest of the file. Whether the object's BTF holds what a kptr points to or
/// a list is of depends on the rest of the file, too; only the answer counts. So does how much the section of a variable can hold, what is stored in a variable
/// of this file alone, and whether there is an arena.
/// </remarks>
internal sealed class ProgramKeys
{
    private readonly UnitIr _unit;
    private readonly Dictionary<string, FunctionIr> _functions = new(StringComparer.Ordinal);
    private readonly KnownCode _known;
    private readonly IReadOnlyDictionary<IrHash, ProgramCode> _before;
    private readonly Dictionary<IrHash, ProgramCode> _now = [];
    private readonly Dictionary<string, IrHash> _wholeStructs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExternFunction> _externs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GlobalVar> _globals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MapDef> _maps = new(StringComparer.Ordinal);
    private readonly Dictionary<object, IrHash> _printed = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, IrHash> _code = new(StringComparer.Ordinal);

    private ObjectBtf Btf => field ??= new(_unit);
    private SplitBytes Split => field ??= new(_unit, () => Btf);
    private NodePairs Pairs => field ??= new(_unit, () => Btf);
    private IReadOnlyDictionary<string, ImmutableSortedSet<long>> StoredNumbers => field ??= WrittenVariables.In(_unit, f => _known.Of(f).References.Written);

    /// <param name="known">What the versions of the file have in common.</param>
    public ProgramKeys(UnitIr unit, KnownCode? known = null)
    {
        _unit = unit;
        _known = known ?? new();
        _before = _known.Begin(unit, _now);
        foreach (var function in unit.Functions) _functions.TryAdd(function.Name, function);
        foreach (var item in unit.Externs) _externs.TryAdd(item.Name, item);
        foreach (var item in unit.Globals) _globals.TryAdd(item.Name, item);
        foreach (var item in unit.Maps) _maps.TryAdd(item.Name, item);
    }

    /// <summary>The key of a program on a kernel.</summary>
    public IrHash KeyOf(FunctionIr program, KernelModel model, AnalysisOptions options) =>
        IrHash.Combine([CodeOf(program), IrHash.Of($"{model.Version} {model.Hash} {Print(options)} {Split.Refused} {Pairs.Refused} {_unit.HasArena()}")]);

    private static string Print(AnalysisOptions options) =>
        $"{options.CapBpf} {options.CapPerfmon} {options.CapSysBoot} {options.StepBudget}";

    /// <summary>What does not depend on the kernel.</summary>
    private IrHash CodeOf(FunctionIr program)
    {
        if (!_code.TryGetValue(program.Name, out var code)) _code[program.Name] = code = HashOf(program);
        return code;
    }

    /// <summary>Where every function that the program reaches is as it was, so is all else, unless what the functions share changed.</summary>
    private IrHash HashOf(FunctionIr program)
    {
        var reached = Reached(program);
        var functions = IrHash.Combine([.. reached.Select(n => _functions.TryGetValue(n, out var f) ? _known.Of(f).Hash : IrHash.Of(n))]);
        if (!_before.TryGetValue(functions, out var code) || !code.Btf.All(b => Ask(b.Name) == b) || !code.Writes.All(w => AskWritten(w.Name) == w)) code = Read(program, reached);
        _now[functions] = code;
        return code.Hash;
    }

    private ProgramCode Read(FunctionIr program, List<string> reached)
    {
        var parts = new List<IrHash>();
        var globals = new SortedSet<string>(StringComparer.Ordinal);
        var structs = new Queue<string>();
        var fields = new HashSet<(string, string)>();
        var btf = new List<BtfAnswer>();
        var writes = new List<WriteAnswer>();
        foreach (var name in reached)
        {
            if (!_functions.TryGetValue(name, out var function))
            {
                if (_externs.TryGetValue(name, out var item)) parts.Add(Printed(item, IrText.Print));
                continue;
            }

            var (hash, references) = _known.Of(function);
            parts.Add(hash);
            globals.UnionWith(references.Globals);
            fields.UnionWith(references.Fields);
            foreach (var item in references.Structs) structs.Enqueue(item);
        }

        AddGlobals(globals, parts, structs, btf, writes);
        foreach (var ops in _unit.StructOps)
            if (ops.Members.Any(m => m.Function == program.Name || m.Function == program.DisplayName)) parts.Add(IrHash.Of(IrText.Print(ops)));
        if (program.Section is { } section && _unit.TracepointPrototypes.TryGetValue(section[(section.IndexOf('/') + 1)..], out var prototype))
        {
            parts.Add(IrHash.Of(prototype.ToString()));
            FunctionReferences.StructsIn(prototype, structs.Enqueue);
        }

        AddStructs(structs, fields, parts, btf);
        parts.AddRange(btf.Select(b => IrHash.Of($"{b.Name} {b.Holds} {b.MayHold}")));
        parts.AddRange(writes.Select(w => IrHash.Of($"{w.Name} {w.Numbers}")));
        parts.Add(IrHash.Of($"license {_unit.License}"));
        return new(IrHash.Combine(parts), [.. btf], [.. writes]);
    }

    /// <summary>The names that the program reaches, itself first, then breadth first.</summary>
    private List<string> Reached(FunctionIr program)
    {
        var order = new List<string> { program.Name };
        var seen = new HashSet<string>(StringComparer.Ordinal) { program.Name };
        for (var i = 0; i < order.Count; i++)
        {
            if (!_functions.TryGetValue(order[i], out var function)) continue;
            var references = _known.Of(function).References;
            foreach (var name in references.Functions.Concat(references.Globals.SelectMany(Stored<AddressOfFunction>).Select(a => a.Name)))
                if (seen.Add(name)) order.Add(name);
        }

        return order;
    }

    /// <summary>Adds the variables whose address another one holds.</summary>
    private void AddStored(SortedSet<string> names)
    {
        var pending = new Queue<string>(names);
        while (pending.TryDequeue(out var name))
            foreach (var address in Stored<AddressOfGlobal>(name))
                if (names.Add(address.Name)) pending.Enqueue(address.Name);
    }

    /// <summary>The addresses that a variable begins with.</summary>
    private IEnumerable<T> Stored<T>(string global) => _globals.GetValueOrDefault(global)?.Addresses.Select(a => a.Target).OfType<T>() ?? [];

    private void AddGlobals(SortedSet<string> names, List<IrHash> parts, Queue<string> structs, List<BtfAnswer> btf, List<WriteAnswer> writes)
    {
        AddStored(names);
        // What shares a section of its own with a used global (a lock and the tree it guards) counts with it; of any section, the lists and trees do.
        var sections = names.Select(n => _globals.GetValueOrDefault(n)?.Section).OfType<string>().ToHashSet();
        foreach (var global in _unit.Globals)
            if (sections.Contains(global.Section) && (global.Section.LastIndexOf('.') > 0 || IsTagged(global) || Split.In(global.Type) is not null)) names.Add(global.Name);

        foreach (var section in sections.Order(StringComparer.Ordinal)) parts.Add(IrHash.Of($"{section} {SectionRoom.Of(_globals.Values, section)}"));
        foreach (var name in names)
        {
            if (_globals.TryGetValue(name, out var global))
            {
                parts.Add(Printed(global, IrText.Print));
                if (WrittenVariables.IsOfItsFile(global)) writes.Add(AskWritten(name));
                AddBtf(global.Type, global.DeclTags, btf);
                FunctionReferences.StructsIn(global.Type, structs.Enqueue);
                FunctionReferences.StructsIn(global.DeclTags, structs.Enqueue);
            }

            for (var map = _maps.GetValueOrDefault(name); map is not null; map = map.Inner)
            {
                parts.Add(Printed(map, IrText.Print));
                FunctionReferences.StructsIn(map.Key, structs.Enqueue);
                FunctionReferences.StructsIn(map.Value, structs.Enqueue);
            }
        }
    }

    private void AddStructs(Queue<string> names, HashSet<(string Struct, string Field)> fields, List<IrHash> parts, List<BtfAnswer> btf)
    {
        var prints = new SortedDictionary<string, IrHash>(StringComparer.Ordinal);
        while (names.TryDequeue(out var name))
        {
            if (prints.ContainsKey(name) || !_unit.Structs.TryGetValue(name, out var def)) continue;
            var visible = def.IsComplete ? def : def with { Fields = [.. def.Fields.Where(f => fields.Contains((name, f.Name)))] };
            prints[name] = def.IsComplete ? WholeStruct(name, def) : IrHash.Of(IrText.Print(visible));
            foreach (var field in visible.Fields)
            {
                FunctionReferences.StructsIn(field.Type, names.Enqueue);
                FunctionReferences.StructsIn(field.DeclTags, names.Enqueue);
                AddBtf(field.Type, field.DeclTags, btf);
            }
        }

        parts.AddRange(prints.Values);
    }

    /// <summary>What the object's BTF has of the struct that a kptr points to, and of those that a list or tree is of.</summary>
    private void AddBtf(CType type, EquatableArray<string> tags, List<BtfAnswer> btf)
    {
        while (type is ArrayType array) type = array.Element;
        if (type is PointerType { Tags.Count: > 0, Pointee: StructType kept }) btf.Add(Ask(kept.Name));
        FunctionReferences.StructsIn(tags, name => btf.Add(Ask(name)));
    }

    private BtfAnswer Ask(string name) => new(name, Btf.Holds(name), Btf.MayHold(name));

    private WriteAnswer AskWritten(string name) => new(name, StoredNumbers.TryGetValue(name, out var numbers) ? string.Join(' ', numbers) : "anything");

    private bool IsTagged(GlobalVar global) =>
        global.DeclTags.Count > 0 || (global.Type is StructType type && _unit.Structs.TryGetValue(type.Name, out var def) && def.Fields.Any(f => f.DeclTags.Count > 0));

    /// <summary>What several programs use is printed once.</summary>
    private IrHash Printed<T>(T item, Func<T, string> print) where T : class
    {
        if (!_printed.TryGetValue(item, out var hash)) _printed[item] = hash = IrHash.Of(print(item));
        return hash;
    }

    private IrHash WholeStruct(string name, StructDef def)
    {
        if (!_wholeStructs.TryGetValue(name, out var hash)) _wholeStructs[name] = hash = IrHash.Of(IrText.Print(def));
        return hash;
    }
}
