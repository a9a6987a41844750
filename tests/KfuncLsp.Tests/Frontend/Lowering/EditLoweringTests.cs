using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Frontend.Process;
using KfuncLsp.Fuzz.Edits;
using KfuncLsp.Fuzz.Targets;
using KfuncLsp.Ir;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.Frontend.Lowering;

/// <summary>A version that is lowered in part is the unit that a first parse gives, or is refused.</summary>
public sealed class EditLoweringTests
{
    private const string File = "/nowhere/edited.bpf.c";
    private static readonly string[] Arguments = ["-target", "bpf", "-O2", "-std=gnu11", "-w"];

    private const string Text = """
        typedef unsigned int u32;
        struct task { int pid; struct task *parent; struct only_named *next; };
        extern struct task *acquire(int pid) __attribute__((section(".ksyms")));
        extern void release(struct task *t) __attribute__((section(".ksyms")));
        struct { int a; long b; } first, second;
        struct { int (*type)[1]; u32 *key; struct task *value; } tasks __attribute__((section(".maps"), used));
        static inline int helper(int x) { static int calls; return x + ++calls; }
        int early(int a)
        {
            struct { int x, y; } pair = { a, 1 };
            return helper(pair.x) + first.a;
        }
        __attribute__((section("tc"))) int middle(struct task *t)
        {
            /*EDIT*/
            return 0;
        }
        __attribute__((section("tc"))) int late(struct task *t)
        {
            struct task *p = acquire(t->pid);
            if (!p)
                return second.b;
            release(p);
            return early(1);
        }

        """;

    [Theory]
    [InlineData("int n = 1;\n    n++;")]
    [InlineData("struct task *q = acquire(t->parent->pid); if (q) release(q);")]
    [InlineData("static long kept = 3; kept += t->pid;")]
    [InlineData("for (int i = 0; i < 3; i++) { first.b += i; }")]
    [InlineData("struct { short s; } here = { 2 }; return here.s + helper(1);")]
    [InlineData("char *s = \"}\"; char c = '{'; // }\n return *s + c; /* { */")]
    [InlineData("t->nope = 1;")]
    [InlineData("return early(2) + late(t->parent);")]
    [InlineData("struct only_named *n = t->next; return n != 0;")]
    public void AnEditInABodyCostsThatFunctionAlone(string inserted)
    {
        var edited = Text.Replace("/*EDIT*/", inserted, StringComparison.Ordinal);
        Assert.True(Check(Text, edited));
        Assert.True(Check(edited, Text));
    }

    [Theory]
    [InlineData("\n#define first second\n")]
    [InlineData("undeclared(t);")]
    [InlineData("extern int foreign(void) __attribute__((weak));")]
    [InlineData("int foreign(void);")]
    [InlineData("struct named { int a; } n = { 1 };")]
    [InlineData("_Pragma(\"pack(1)\")")]
    [InlineData("return 1; } int new_one(void) { return 2;")]
    [InlineData("}")]
    [InlineData("{")]
    [InlineData("/* no end")]
    public void WhatMayReachOutOfABodyIsLoweredWhole(string inserted)
    {
        var edited = Text.Replace("/*EDIT*/", inserted, StringComparison.Ordinal);
        Assert.False(Check(Text, edited));
        Assert.False(Check(edited, Text));
    }

    [Theory]
    [InlineData("typedef unsigned int u32;", "typedef unsigned long u32;")]
    [InlineData("struct task { int pid;", "struct task { int flags; int pid;")]
    [InlineData("static inline int helper(int x) {", "static inline int helper(int x) { /* two */ } static int other(int x) {")]
    [InlineData("/*EDIT*/", "\"no end")]
    [InlineData("return 0;", "return __LINE__;")]
    [InlineData("return 0;", "return __COUNTER__;")]
    public void OtherEditsAreRight(string old, string now)
    {
        Check(Text, Text.Replace(old, now, StringComparison.Ordinal));
        Check(Text.Replace(old, now, StringComparison.Ordinal), Text);
    }

    /// <summary>Clang takes a naked function with code in it for none, wherever it is named.</summary>
    [Fact]
    public void CodeInANakedFunctionIsSeenByAllThatNameIt()
    {
        var named = Text.Replace("int early(int a)", "static __attribute__((naked, used)) int naked(void) { asm volatile(\"exit\"); }\nint early(int a)", StringComparison.Ordinal)
            .Replace("return second.b;", "return (long)naked;", StringComparison.Ordinal);
        var broken = named.Replace("{ asm volatile", "{ helper(1); asm volatile", StringComparison.Ordinal);
        Check(named, broken);
        Check(broken, named);
    }

    [Fact]
    public void ALineThatMovesIsSeenByWhatCountsLines()
    {
        var counting = Text.Replace("return early(1);", "return __LINE__;", StringComparison.Ordinal);
        Assert.False(Check(counting, counting.Replace("/*EDIT*/", "\n\n", StringComparison.Ordinal)));
        Assert.True(Check(counting, counting.Replace("/*EDIT*/", "t->pid++;", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("__LINE__")]
    [InlineData("__builtin_LINE()")]
    public void AnEditMayBringWhatCountsLines(string line)
    {
        var counting = Text.Replace("return early(1);", $"return {line};", StringComparison.Ordinal);
        using var edits = new EditedUnit(File, Text, Arguments);
        Assert.True(edits.Next(counting));
        Assert.False(edits.Next(counting.Replace("/*EDIT*/", "\n\n", StringComparison.Ordinal)));
        Assert.True(edits.Next(counting.Replace("/*EDIT*/", "\n\nt->pid++;", StringComparison.Ordinal)));
    }

    /// <summary>Clang names an undeclared function once, where it is called first.</summary>
    [Theory]
    [InlineData("memset(0, 0, 1);")]
    [InlineData("nowhere(1);")]
    public void TheFirstCallOfAnUndeclaredFunctionIsToldOfWhereItMoves(string call)
    {
        var once = Text.Replace("release(p);", call, StringComparison.Ordinal);
        var twice = once.Replace("/*EDIT*/", call, StringComparison.Ordinal);
        Check(once, twice);
        Check(twice, once);
    }

    /// <summary>The members of a struct are read once: what they name is not of whoever came first.</summary>
    [Fact]
    public void WhatAMemberNamesIsOfThoseThatUseIt()
    {
        var file = Repository.PathOf("tests", "corpus", "programs", "object_write_in_scx_ok.bpf.c");
        var text = System.IO.File.ReadAllText(file);
        var shadowed = text.Replace("= (void *)p;", "= (void *)p;\n\tstruct sched_ext_ops own_ops = { .stopping = (void *)stop, .name = \"own\" };", StringComparison.Ordinal);
        var broken = shadowed.Replace("*own = (void *)p", "*other = (void *)p", StringComparison.Ordinal);
        Assert.NotEqual(shadowed, broken);
        using var edits = new EditedUnit(file, text, [.. CompileCommandResolver.Resolve(file, CompileSettings.Default)[0].Arguments]);
        edits.Next(shadowed);
        edits.Next(broken);
        edits.Next(text);
    }

    /// <summary>libclang 19 leaves out what is included behind a preamble that it keeps, or kept once.</summary>
    [Theory]
    [InlineData("#include \"own.h\"", "\treturn 1;\n#include \"own.h\"")]
    [InlineData("#include \"own.h\"", "#define A\n# a mistake\n#include \"own.h\"")]
    [InlineData("#include \"own.h\"", "#include \"nowhere.h\"\nint before;\n#include \"own.h\"")]
    [InlineData("#include \"own.h\"", "#if 1\nint before;\n#include \"own.h\"\n#endif")]
    public void HeadersAreKnownWithoutAPreamble(string old, string now)
    {
        var file = Repository.PathOf("tests", "corpus", "programs", "netfilter_ctx_half_bad.bpf.c");
        var text = System.IO.File.ReadAllText(file);
        var other = text.Replace(old, now, StringComparison.Ordinal);
        using var edits = new EditedUnit(file, text, [.. CompileCommandResolver.Resolve(file, CompileSettings.Default)[0].Arguments]);
        edits.Next(other);
        edits.Next(text);
        edits.Next(other);
    }

    /// <summary>libclang 19 takes a pragma that is closed behind a preamble for one that is never closed.</summary>
    [Fact]
    public void APragmaMayBeOpenedBeforeTheFirstDeclaration()
    {
        var file = Repository.PathOf("tests", "fixtures", "rules", "qdisc_objects.bpf.c");
        var text = System.IO.File.ReadAllText(file);
        using var edits = new EditedUnit(file, text, [.. Arguments, "-nostdinc"]);
        edits.Next(text.Replace("return NULL", "r NULL", StringComparison.Ordinal));
        edits.Next(text.Replace("size > 1", "size > 2", StringComparison.Ordinal));
        Assert.DoesNotContain(edits.Edited.Issues, i => i.Kind == UnitIssueKind.CompileError);
    }

    [Fact]
    public void EditsInTurnKeepTheirEffects()
    {
        string[] versions =
        [
            Text,
            Text.Replace("/*EDIT*/", "first.a = 1;", StringComparison.Ordinal),
            Text.Replace("/*EDIT*/", "first.a = ;", StringComparison.Ordinal),
            Text.Replace("/*EDIT*/", "first.a = 2;", StringComparison.Ordinal),
            Text.Replace("/*EDIT*/", "first.a = 2;", StringComparison.Ordinal).Replace("pair = { a, 1 }", "pair = { a, 7, }", StringComparison.Ordinal),
            Text.Replace("/*EDIT*/", "first.a = 2;\n\n", StringComparison.Ordinal).Replace("pair = { a, 1 }", "pair = { a, 7, }", StringComparison.Ordinal),
            Text.Replace("/*EDIT*/", "first.a = 2;\n\n", StringComparison.Ordinal).Replace("release(p);", "", StringComparison.Ordinal).Replace("pair = { a, 1 }", "pair = { a, 7, }", StringComparison.Ordinal),
        ];
        using var edits = new EditedUnit(File, versions[0], Arguments);
        Assert.All(versions.Skip(1), v => Assert.True(edits.Next(v)));
    }

    /// <summary>Whether the edit was lowered in part; fails where the unit is not that of a first parse.</summary>
    private static bool Check(string before, string after)
    {
        using var edits = new EditedUnit(File, before, Arguments);
        return edits.Next(after);
    }

    /// <summary>By the fuzzer's own process: broken text can take libclang, and its process, along.</summary>
    [Fact]
    public async Task RandomEditsInTurnGiveWhatAFirstCheckGives()
    {
        await using var edits = new EditTarget(seed: 1, WorkerLaunch.Of(typeof(EditTarget).Assembly.Location));
        for (var edit = 0; edit < 150; edit++) await edits.TryAsync([]);
        Assert.InRange(edits.InPart, 15, 150);
    }
}
