using KfuncLsp.Ir;
using Xunit;

namespace KfuncLsp.Tests.Ir;

public sealed class IrTextTests
{
    [Fact]
    public void Every_form_prints_as_a_reader_expects()
    {
        const string Expected = """
            function f: s32 section "tp_btf/task_newtask" static tag "exception_callback:f"
              parameter pid in %0:pid: s32 tag "arg:trusted"
              %0 "pid": s32 parameter
              %1 "task": struct task_struct * variable
              %2 "a + b": s32 temporary
              %3 "buf": u8[16] variable memory
            b0:
                %2 = %0:pid
                %2 = ~%0:pid : s32
                %2 = %0:pid + 7 : s32
                %2 = %0:pid as u64
                %2 = pointer %1:task + %0:pid * 9000 bound 4 : struct task_struct *
                %2 = &%1:task->pid at 2400 in struct task_struct : s32
                %2 = &%3:buf : u8 *
                %2 = &global counter : u64 *
                %2 = &function bpf_task_from_pid : struct task_struct * (s32 pid) *
                %2 = &string "hi\n\x00"
                %2 = core FieldExists "struct task_struct" member "pid" locally 1 : s32
                %2 = unknown "vector" : enum state
                %2 = load u64 [%1:task]
                %2 = load s32 [%1:task] bits 3+5
                store s32 [%1:task] bits 0+7 = %0:pid
                copy [%1:task] = [%1:task], (u64)24
                set [%1:task] = 0, (u64)24
                %2 = atomic __sync_fetch_and_add s32 [%1:task], %0:pid
                %1:task = call bpf_task_from_pid(%0:pid)
                %2 = call bpf_get_current_pid_tgid#14()
                call builtin __builtin_trap()
                cleanup call *%1:task() : void ()
                asm "%0 = %1" out ("=r" %2) in ("r" %0:pid) clobbers memory
                %2 = unknown "not \"known\""
                goto b1
            b1:
                if %1:task == (struct task_struct *)0 : struct task_struct * goto b2 else b3
            b2:
                switch %0:pid { 1: b3, 4 ... 9: b4, default: b5 }
            b3:
                return %0:pid
            b4:
                asm goto "may_goto %l0" in (%0:pid) to b3, b5
            b5:
                unreachable "__builtin_unreachable"
              callee bpf_get_current_pid_tgid#14: u64 ()
              callee bpf_task_from_pid: struct task_struct * (s32 pid)
              callee builtin __builtin_trap: void ()
              enum state: u32
              struct task_struct: 9000 bytes

            """;
        Assert.Equal(Expected, IrText.Print(IrSamples.EveryForm()));
    }

    [Fact]
    public void The_sample_has_every_form_that_exists()
    {
        var sample = IrSamples.EveryForm();
        var instructions = sample.Blocks.SelectMany(b => b.Instructions).ToList();
        Check<Instr>(instructions);
        Check<Rvalue>(instructions.OfType<Assign>().Select(a => a.Value));
        Check<Callee>(instructions.OfType<Call>().Select(c => c.Callee));
        Check<Terminator>(sample.Blocks.Select(b => b.End));

        static void Check<T>(IEnumerable<T> seen) => Assert.Equal(
            typeof(T).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(T))).Select(t => t.Name).Order(),
            seen.Select(i => i!.GetType().Name).Distinct().Order());
    }

    [Fact]
    public void Spans_are_printed_when_asked_for()
    {
        var text = IrText.Print(IrSamples.EveryForm(), spans: true);
        Assert.Contains("%1:task = call bpf_task_from_pid(%0:pid) name @36+2 arguments @39+1 all @36+6", text);
        Assert.Contains("goto b1 @50+1", text);
    }

    [Fact]
    public void A_unit_prints_its_types_maps_globals_and_externs()
    {
        var node = new StructType("node", false, 16);
        var unit = new UnitIr
        {
            MainFile = "a.bpf.c",
            License = "GPL",
            Structs = System.Collections.Immutable.ImmutableDictionary<string, StructDef>.Empty.Add("node", new(node,
            [
                new("key", 0, IrSamples.U64),
                new("task", 64, IrSamples.TaskPointer with { Tags = ["kptr"] }) { DeclTags = ["x"] },
                new("bits", 128, IrSamples.S32, 3),
            ])),
            Maps = [new("m", 1, FileSpan.None) { Key = IrSamples.S32, Value = node, KeySize = 4, ValueSize = 16, MaxEntries = 8 }],
            Globals = [new("g", IrSamples.S32, FileSpan.None) { Section = ".data", IsVolatile = true, InitialBytes = new byte[] { 7, 0, 0, 0 }.ToEquatableArray() }],
            Externs = [new("bpf_task_from_pid", IrSamples.FromPid, FileSpan.None) { IsKsym = true, IsWeak = true }],
            StructOps = [new("ops", "sched_ext_ops", ".struct_ops", FileSpan.None) { Members = [new("init", "my_init", new(IrSamples.S32, []))] }],
            Functions = [IrSamples.Graph([])],
        };
        const string Expected = """
            unit license "GPL"
            struct node 16 bytes
                0 key: u64
                8 task: struct task_struct __kptr * {struct task_struct: 9000 bytes} tag "x"
                16 bits: s32 : 3 bits
            map m: type 1 key s32 value struct node {struct node: 16 bytes} key_size 4 value_size 16 max_entries 8 flags 0
            global g: s32 ".data" volatile = 07000000
            extern bpf_task_from_pid: struct task_struct * (s32 pid) {struct task_struct: 9000 bytes} ksym weak
            struct_ops ops: sched_ext_ops ".struct_ops" { .init = my_init: s32 () }

            function f: s32
            """;
        Assert.StartsWith(Expected, IrText.Print(unit));
    }
}
