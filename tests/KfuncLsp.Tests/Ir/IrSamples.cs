using KfuncLsp.Ir;

namespace KfuncLsp.Tests.Ir;

/// <summary>Small IR for tests: graphs of a given shape, and one value of every form.</summary>
internal static class IrSamples
{
    public static readonly IntType S32 = new(32, true);
    public static readonly IntType U64 = new(64, false);
    public static readonly StructType Task = new("task_struct", false, 9000);
    public static readonly PointerType TaskPointer = new(Task);
    public static readonly FunctionType FromPid = new(TaskPointer, [new("pid", S32)]);

    /// <summary>A function whose block i goes on at <paramref name="edges"/>[i]: none, one, two or more blocks.</summary>
    public static FunctionIr Graph(params int[][] edges) => Function(
        [.. edges.Select((targets, id) => new BasicBlock(id, [], End(targets)))]);

    public static FunctionIr Function(EquatableArray<BasicBlock> blocks, int locals = 4) => new()
    {
        Name = "f",
        Anchor = new("a.bpf.c", 100, 50, new("a.bpf.c", 104, 1)),
        ReturnType = S32,
        Locals = [.. Enumerable.Range(0, locals).Select(i => new LocalVar(i, $"v{i}", S32, LocalKind.Variable, false, new(i, 1)))],
        Blocks = blocks,
    };

    public static Terminator End(int[] targets) => targets switch
    {
        [] => new Return(null, default),
        [var only] => new Jump(only, default),
        [var then, var otherwise] => new Branch(BinaryOp.Ne, Operand.Unknown(S32), Operand.Const(0, S32), S32, then, otherwise, default),
        _ => new Switch(Operand.Unknown(S32), [.. targets[1..].Select((t, i) => new SwitchCase(i, i, t))], targets[0], default),
    };

    /// <summary>One function in which every kind of instruction, right side, callee and terminator occurs.</summary>
    public static FunctionIr EveryForm()
    {
        var pid = Operand.Local(0, S32);
        var task = Operand.Local(1, TaskPointer);
        Instr[] instructions =
        [
            .. EveryRvalue(pid, task).Select((value, i) => new Assign(2, value, new(10 + i, 2))),
            new Load(2, task, U64, BitRange.Whole, new(30, 4)),
            new Load(2, task, S32, new(3, 5), new(31, 4)),
            new Store(task, pid, S32, new(0, 7), new(32, 4)),
            new CopyMemory(task, task, Operand.Const(24, U64), new(33, 4)),
            new SetMemory(task, Operand.Const(0, S32), Operand.Const(24, U64), new(34, 4)),
            new AtomicUpdate(2, "__sync_fetch_and_add", task, [pid], S32, new(35, 4)),
            new Call(1, new DirectCallee("bpf_task_from_pid"), [pid], FromPid, new(36, 2), [new(39, 1)], new(36, 6)),
            new Call(2, new HelperCallee(14, "bpf_get_current_pid_tgid"), [], new(U64, []), new(40, 2), [], new(40, 6)),
            new Call(null, new BuiltinCallee("__builtin_trap"), [], new(CType.Void, []), new(41, 2), [], new(41, 6)),
            new Call(null, new IndirectCallee(task), [], new(CType.Void, []), new(42, 2), [], new(42, 6)) { IsCleanup = true },
            new InlineAsm("%0 = %1", [2], ["=r"], [pid], ["r"], true, new(43, 4)),
            new Havoc(2, "not \"known\"", new(44, 4)),
        ];
        return Function(
        [
            new(0, [.. instructions], new Jump(1, new(50, 1))),
            new(1, [], new Branch(BinaryOp.Eq, task, Operand.Const(0, TaskPointer), TaskPointer, 2, 3, new(51, 1))),
            new(2, [], new Switch(pid, [new(1, 1, 3), new(4, 9, 4)], 5, new(52, 1))),
            new(3, [], new Return(pid, new(53, 1))),
            new(4, [], new AsmGoto("may_goto %l0", [pid], [3, 5], new(54, 1))),
            new(5, [], new Unreachable("__builtin_unreachable", new(55, 1))),
        ]) with
        {
            Parameters = [new("pid", S32, 0) { DeclTags = ["arg:trusted"] }],
            Locals =
            [
                new(0, "pid", S32, LocalKind.Parameter, false, new(8, 3)),
                new(1, "task", TaskPointer, LocalKind.Variable, false, new(9, 3)),
                new(2, "a + b", S32, LocalKind.Temporary, false, new(9, 4)),
                new(3, "buf", new ArrayType(new IntType(8, false), 16), LocalKind.Variable, true, new(9, 5)),
            ],
            IsStatic = true,
            Section = "tp_btf/task_newtask",
            DeclTags = ["exception_callback:f"],
        };
    }

    private static IEnumerable<Rvalue> EveryRvalue(Operand pid, Operand task) =>
    [
        new Use(pid),
        new Unary(UnaryOp.BitNot, pid, S32),
        new Binary(BinaryOp.Add, pid, Operand.Const(7, S32), S32),
        new Cast(pid, U64),
        new PointerAdd(task, pid, 9000, TaskPointer, 4),
        new FieldAddr(task, Task, "pid", 2400, S32),
        new AddressOfLocal(3, new PointerType(new IntType(8, false))),
        new AddressOfGlobal("counter", new PointerType(U64)),
        new AddressOfFunction("bpf_task_from_pid", new PointerType(FromPid)),
        new AddressOfString([104, 105, 10, 0]),
        new CoreQuery(CoreQueryKind.FieldExists, "struct task_struct", "pid", 1, S32),
        new UnknownValue(new IntType(32, false, EnumName: "state"), "vector"),
    ];
}
