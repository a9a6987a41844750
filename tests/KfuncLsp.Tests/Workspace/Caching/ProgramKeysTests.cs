using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Caching;
using Xunit;

namespace KfuncLsp.Tests.Workspace.Caching;

/// <summary>Everything that a program's report can depend on changes its key, and nothing else does.</summary>
public sealed class ProgramKeysTests
{
    private static readonly IntType s_int = new(32, true);
    private static readonly StructType s_value = new("value", false, 16);
    private static readonly StructType s_task = new("task_struct", false, 9000);
    private static readonly StructType s_own = new("own", false, 4);
    private static readonly PointerType s_taskPointer = new(s_task);
    private static readonly KernelModel s_model = KernelModels.For(new(6, 12))!;
    private static readonly FunctionType s_prototype = new(s_int, [new("task", s_taskPointer)]);

    private static readonly UnitIr s_unit = new()
    {
        MainFile = "a.bpf.c",
        Functions =
        [
            Function("helper", null, new Assign(0, new AddressOfGlobal("limit", new PointerType(s_int)), default)),
            Function("p", "tp_btf/task_newtask",
                Call("helper"), Call("bpf_task_acquire"),
                new Assign(0, new AddressOfGlobal("kept", new PointerType(s_int)), default),
                new Assign(0, new AddressOfGlobal("lock", new PointerType(s_int)), default),
                new Assign(0, new FieldAddr(Operand.Local(0, s_taskPointer), s_task, "pid", 16, s_int), default),
                new Assign(0, new AddressOfGlobal("setting", new PointerType(s_int)), default),
                new Assign(0, new AddressOfGlobal("table", new PointerType(s_int)), default),
                new Assign(0, new AddressOfFunction("callback", s_int), default)),
            Function("step", null),
            Function("callback", null),
            Function("other", "tc", Call("unrelated")),
        ],
        Globals =
        [
            new("limit", s_int, FileSpan.None) { Section = ".rodata", IsConst = true, InitialBytes = new byte[4].ToImmutableArray() },
            new("lock", s_int, FileSpan.None) { Section = ".data.A" },
            new("tree", new StructType("bpf_rb_root", false, 16), FileSpan.None) { Section = ".data.A", DeclTags = ["contains:node:link"] },
            new("stranger", s_int, FileSpan.None),
            new("setting", s_int, FileSpan.None) { IsStatic = true },
            new("table", s_int, FileSpan.None) { IsStatic = true, Addresses = [new(0, new AddressOfGlobal("told", s_int)), new(8, new AddressOfFunction("step", s_int))] },
            new("told", s_int, FileSpan.None),
        ],
        Maps = [new("kept", 1, FileSpan.None) { Value = s_value, MaxEntries = 1 }, new("strange", 2, FileSpan.None)],
        Externs = [new("bpf_task_acquire", s_prototype, FileSpan.None) { IsKsym = true }, new("unrelated", s_prototype, FileSpan.None)],
        Structs = ImmutableDictionary<string, StructDef>.Empty
            .Add("value", new(s_value, [new("task", 0, new PointerType(s_task) { Tags = ["kptr"] }), new("own", 64, new PointerType(s_own) { Tags = ["kptr"] })]))
            .Add("own", new(s_own, [new("x", 0, s_int)]))
            .Add("task_struct", new(s_task, [new("pid", 128, s_int), new("tgid", 160, s_int)]) { IsComplete = false })
            .Add("node", new(new("node", false, 24), [new("link", 0, s_int)]))
            .Add("strange", new(new("strange", false, 4), [new("x", 0, s_int)])),
        License = "GPL",
        StructOps = [new("ops", "sched_ext_ops", ".struct_ops", FileSpan.None) { Members = [new("init", "p", null)] }, new("elsewhere", "x", "y", FileSpan.None)],
        TracepointPrototypes = ImmutableDictionary<string, FunctionType>.Empty.Add("task_newtask", s_prototype).Add("sched_switch", s_prototype),
    };

    public static TheoryData<string> Needed() => [.. s_changes.Keys];

    public static TheoryData<string> Foreign() => [.. s_foreign.Keys];

    private static readonly Dictionary<string, Func<UnitIr, UnitIr>> s_changes = new()
    {
        ["its code"] = u => Replace(u, "p", f => f with { Blocks = [new(0, f.Blocks[0].Instructions.Items.Add(Call("more")).ToEquatableArray(), f.Blocks[0].End)] }),
        ["its section"] = u => Replace(u, "p", f => f with { Section = "tp_btf/sched_switch" }),
        ["a callee's code"] = u => Replace(u, "helper", f => f with { Blocks = [new(0, [], new Return(null, new(1, 2)))] }),
        ["a callee's attributes"] = u => Replace(u, "helper", f => f with { IsStatic = !f.IsStatic }),
        ["a callee that was not lowered"] = u => Replace(u, "helper", f => f with { Blocks = [], NotLowered = "why" }),
        ["a callback"] = u => Replace(u, "callback", f => f with { Blocks = [new(0, [Call("more")], new Return(null, default))] }),
        ["a callee that is gone"] = u => u with { Functions = [.. u.Functions.Where(f => f.Name != "helper")] },
        ["a constant's initialiser"] = u => u with { Globals = u.Globals.SetItem(0, u.Globals[0] with { InitialBytes = new byte[] { 1, 0, 0, 0 }.ToImmutableArray() }) },
        ["what shares a private section"] = u => u with { Globals = u.Globals.SetItem(2, u.Globals[2] with { DeclTags = ["contains:node:other"] }) },
        ["a map's definition"] = u => u with { Maps = u.Maps.SetItem(0, u.Maps[0] with { MaxEntries = 2 }) },
        ["a kptr tag in a map's value"] = u => u with { Structs = u.Structs.SetItem("value", new(s_value, [new("task", 0, new PointerType(s_task) { Tags = ["percpu_kptr"] })])) },
        ["the struct that a tree's tag names"] = u => u with { Structs = u.Structs.SetItem("node", new(new("node", false, 24), [new("link", 64, s_int)])) },
        ["whether the object's BTF may hold what a tree is of"] = u => u with { Functions = u.Functions.Add(Shows(new("node", false, 24), isStatic: true)) },
        ["whether the object's BTF holds what a kptr points to"] = u => u with { Functions = u.Functions.Add(Shows(s_own, isStatic: false)) },
        ["a list in the section of a global that it uses"] = u =>
            u with { Globals = u.Globals.Add(new("list", new StructType("bpf_list_head", false, 16), FileSpan.None) { Section = ".rodata", DeclTags = ["contains:node:link"] }) },
        ["a bit field for which the kernel refuses all types"] = u => u with
        {
            Maps = u.Maps.SetItem(1, u.Maps[1] with { Value = new StructType("split", false, 8) }),
            Structs = u.Structs.Add("split", new(new("split", false, 8), [new("lock", 0, new StructType("bpf_spin_lock", false, 4)), new("high", 35, s_int, 5)])),
        },
        ["a bit field in the section of a global that it uses"] = u => u with
        {
            Globals = u.Globals.Add(new("flags", new StructType("flags", false, 4), FileSpan.None) { Section = ".rodata" }),
            Structs = u.Structs.Add("flags", new(new("flags", false, 4), [new("high", 3, s_int, 5)])),
        },
        ["a kernel struct's member that it names"] = u => u with { Structs = u.Structs.SetItem("task_struct", u.Structs["task_struct"] with { Fields = [new("pid", 192, s_int)] }) },
        ["whether anything writes a variable of its file alone"] = u => u with { Functions = u.Functions.Add(Writes("setting")) },
        ["a function whose address a variable begins with"] = u => Replace(u, "step", f => f with { Blocks = [new(0, [Call("more")], new Return(null, default))] }),
        ["a variable whose address another one begins with"] = u => u with { Globals = u.Globals.SetItem(6, u.Globals[6] with { Section = ".data" }) },
        ["an arena"] = u => u with { Maps = u.Maps.Add(new("arena", 33, FileSpan.None)) },
        ["a kfunc's declaration"] = u => u with { Externs = u.Externs.SetItem(0, u.Externs[0] with { IsWeak = true }) },
        ["the licence"] = u => u with { License = "MIT" },
        ["the struct_ops member it is bound to"] = u => u with { StructOps = u.StructOps.SetItem(0, u.StructOps[0] with { Members = [new("exit", "p", null)] }) },
        ["its target's prototype"] = u => u with { TracepointPrototypes = u.TracepointPrototypes.SetItem("task_newtask", new(s_int, [])) },
    };

    private static readonly Dictionary<string, Func<UnitIr, UnitIr>> s_foreign = new()
    {
        ["another program"] = u => Replace(u, "other", f => f with { Section = "xdp" }),
        ["a program more"] = u => u with { Functions = u.Functions.Insert(0, Function("first", "xdp", Call("helper"))) },
        ["places in files"] = u => Replace(u, "p", f => f with { Anchor = new("a.bpf.c", 500, 90, FileSpan.None) }),
        ["another global"] = u => u with { Globals = u.Globals.SetItem(3, u.Globals[3] with { IsConst = true }) },
        ["whether anything writes another global"] = u => u with { Functions = u.Functions.Add(Writes("stranger")) },
        ["another map"] = u => u with { Maps = u.Maps.SetItem(1, u.Maps[1] with { MaxEntries = 9 }) },
        ["another extern"] = u => u with { Externs = u.Externs.SetItem(1, u.Externs[1] with { IsWeak = true }) },
        ["another struct"] = u => u with { Structs = u.Structs.Remove("strange") },
        ["a kernel struct's member that only others name"] = u =>
            u with { Structs = u.Structs.SetItem("task_struct", u.Structs["task_struct"] with { Fields = [new("pid", 128, s_int), new("mm", 400, s_int)] }) },
        ["another struct_ops map"] = u => u with { StructOps = [.. u.StructOps.Where(o => o.Name != "elsewhere")] },
        ["another target's prototype"] = u => u with { TracepointPrototypes = u.TracepointPrototypes.Remove("sched_switch") },
        ["issues"] = u => u with { Issues = [new(UnitIssueKind.Flags, "x", FileSpan.None)] },
    };

    [Theory]
    [MemberData(nameof(Needed))]
    public void WhatMattersChangesTheKey(string change) => Assert.NotEqual(KeyOf(s_unit), KeyOf(s_changes[change](s_unit)));

    [Theory]
    [MemberData(nameof(Foreign))]
    public void WhatDoesNotMatterLeavesTheKey(string change) => Assert.Equal(KeyOf(s_unit), KeyOf(s_foreign[change](s_unit)));

    [Theory]
    [MemberData(nameof(Needed))]
    [MemberData(nameof(Foreign))]
    public void WhatIsKnownOfAnOlderVersionDoesNotShow(string change)
    {
        var known = new KnownCode();
        KeyOf(s_unit, known);
        var changed = (s_changes.GetValueOrDefault(change) ?? s_foreign[change])(s_unit);
        Assert.Equal(KeyOf(changed), KeyOf(changed, known));
        Assert.Equal(KeyOf(s_unit), KeyOf(s_unit, known));
    }

    [Fact]
    public void NeitherDoesAnyOneOfManyVersions()
    {
        var known = new KnownCode();
        foreach (var first in s_changes.Values.Concat(s_foreign.Values))
            foreach (var second in s_changes.Values.Concat(s_foreign.Values))
            {
                var (one, both) = (first(s_unit), second(first(s_unit)));
                Assert.Equal(KeyOf(one), KeyOf(one, known));
                Assert.Equal(KeyOf(both), KeyOf(both, known));
            }
    }

    [Theory]
    [InlineData("another program", true)]
    [InlineData("places in files", true)]
    [InlineData("another extern", false)]
    public void WhatAnEditOfFunctionsLeavesAloneIsNotReadAgain(string change, bool isKept)
    {
        var known = new KnownCode();
        KeyOf(s_unit, known);
        Assert.Equal(isKept ? 1 : 0, known.Begin(s_foreign[change](s_unit), new Dictionary<IrHash, ProgramCode>()).Count);
    }

    [Fact]
    public void TheKernelAndTheOptionsChangeTheKey()
    {
        var program = s_unit.FindFunction("p")!;
        IrHash[] keys =
        [
            KeyOf(s_unit),
            new ProgramKeys(s_unit).KeyOf(program, KernelModels.For(new(7, 3))!, AnalysisOptions.Default),
            new ProgramKeys(s_unit).KeyOf(program, s_model with { Hash = "other" }, AnalysisOptions.Default),
            new ProgramKeys(s_unit).KeyOf(program, s_model, AnalysisOptions.Default with { CapBpf = false }),
            new ProgramKeys(s_unit).KeyOf(program, s_model, AnalysisOptions.Default with { StepBudget = 5 }),
            new ProgramKeys(s_unit).KeyOf(program, s_model, AnalysisOptions.Default with { CapPerfmon = false }),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    private static IrHash KeyOf(UnitIr unit, KnownCode? known = null) => new ProgramKeys(unit, known).KeyOf(unit.FindFunction("p")!, s_model, AnalysisOptions.Default);

    private static UnitIr Replace(UnitIr unit, string name, Func<FunctionIr, FunctionIr> change) =>
        unit with { Functions = [.. unit.Functions.Select(f => f.Name == name ? change(f) : f)] };

    private static Call Call(string name) => new(null, new DirectCallee(name), [], s_prototype, default, [], default);

    private static FunctionIr Writes(string global) => Function("writes", "tc",
        new Assign(0, new AddressOfGlobal(global, new PointerType(s_int)), default),
        new Store(Operand.Local(0, new PointerType(s_int)), Operand.Const(1, s_int), s_int, default, default));

    private static FunctionIr Shows(StructType type, bool isStatic) => Function("shows", null) with { IsStatic = isStatic, Parameters = [new("it", new PointerType(type), 0)] };

    private static FunctionIr Function(string name, string? section, params Instr[] code) => new()
    {
        Name = name, Section = section, ReturnType = s_int, Anchor = new("a.bpf.c", 0, 10, FileSpan.None),
        Locals = [new(0, "x", s_taskPointer, LocalKind.Variable, false, default)],
        Blocks = [new(0, [.. code], new Return(null, default))],
    };
}
