using Xunit;
using System.Text;
using KfuncLsp.Frontend.Lowering;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;

namespace KfuncLsp.Tests.Frontend.Lowering;

public sealed class LoweringTests
{
    private static readonly string[] Arguments = ["-target", "bpf", "-O2"];

    private static UnitIr Lower(string text)
    {
        using var unit = Parse(text);
        return UnitLowering.Lower(unit);
    }

    private static TranslationUnit Parse(string text)
    {
        var (unit, error) = TranslationUnit.Parse("/nowhere/own.bpf.c", Encoding.UTF8.GetBytes(text), Arguments);
        return unit ?? throw new InvalidOperationException(error);
    }

    private static FunctionIr Function(UnitIr unit, string name) => unit.FindFunction(name) ?? throw new InvalidOperationException($"no {name}");

    [Fact]
    public void AnElseIfChainOfTenThousandCostsThatFunctionOnly()
    {
        var chain = string.Concat(Enumerable.Range(1, 10_000).Select(i => $"else if (x == {i}) return {i};\n"));
        var unit = Lower($"int before(int a) {{ return a; }}\nint chain(int x) {{ if (!x) return 0;\n{chain} return 1; }}\nint after(int a) {{ return a; }}");
        Assert.Contains("nested", Function(unit, "chain").NotLowered);
        Assert.Contains(unit.Issues, i => i is { Kind: UnitIssueKind.NotAnalysed, Function: "chain" });
        Assert.Null(Function(unit, "before").NotLowered);
        Assert.Null(Function(unit, "after").NotLowered);
    }

    [Theory]
    [InlineData("int f(int a) { if (a { return 1; } return 2; }", "syntax error")]
    [InlineData("struct s { int a; }; void g(int); int f(struct s *p) { g(p->nope); return 0; }", "compile error")]
    [InlineData("void *f(int a) { void *t[] = { &&here }; here: goto *t[a]; }", "address of a label")]
    [InlineData("int f(int n) { int a[n]; return a[0]; }", "variable length")]
    public void WhatCannotBeLoweredSaysWhyAndCostsNothingElse(string broken, string reason)
    {
        var unit = Lower($"int before(int a) {{ return a; }}\n{broken}\nint after(int a) {{ return before(a); }}");
        Assert.Contains(reason, Function(unit, "f").NotLowered);
        Assert.Single(unit.Issues, i => i.Kind == UnitIssueKind.NotAnalysed);
        Assert.Null(Function(unit, "before").NotLowered);
        Assert.Null(Function(unit, "after").NotLowered);
    }

    [Fact]
    public void AnEditAboveAFunctionChangesNoByteOfItsIr()
    {
        const string Text = "struct s { int a; };\nint f(struct s *p) { struct { int x; } t = { p->a }; return t.x; }";
        using var unit = Parse(Text);
        var before = UnitLowering.Lower(unit);
        Assert.True(unit.Reparse(Encoding.UTF8.GetBytes("/* a new line */\nstatic int n;\n" + Text)));
        var after = UnitLowering.Lower(unit);
        Assert.Equal(IrText.Print(Function(before, "f"), spans: true), IrText.Print(Function(after, "f"), spans: true));
        Assert.NotEqual(Function(before, "f").Anchor.Start, Function(after, "f").Anchor.Start);
    }

    [Fact]
    public void TheTextOfAMacrosArgumentKeepsItsOwnPlace()
    {
        const string Text = "extern int g(int);\n#define CALL(x) g(1 + g(x))\nint f(int a) { return CALL(a); }";
        var function = Function(Lower(Text), "f");
        var calls = function.Blocks.SelectMany(b => b.Instructions).OfType<Call>().ToList();
        Assert.Equal("a", Slice(calls[0].ArgumentSpans[0]));
        Assert.Equal("CALL(a)", Slice(calls[1].Span));

        string Slice(Span span)
        {
            var place = function.Anchor.Resolve(span);
            return Text.Substring(place.Start, place.Length);
        }
    }

    [Fact]
    public void AMacroMadeProgramIsNamedByTheMacrosArgument()
    {
        const string Text = """
            #define PROG(name) name(void *ctx); static int ____##name(int a); int name(void *ctx) { return ____##name(1); } static int ____##name(int a)
            __attribute__((section("tc"))) int PROG(mine) { return a; }
            """;
        var unit = Lower(Text);
        Assert.Equal("tc", Function(unit, "mine").Section);
        var name = Function(unit, "____mine").Anchor.Name;
        Assert.Equal("mine", Text.Substring(name.Start, name.Length));
    }

    [Fact]
    public void AnImplicitDeclarationIsAnExternThatSaysSo()
    {
        var unit = Lower("extern int known(int); int f(int a) { return known(a) + made_up(a); }");
        Assert.True(Assert.Single(unit.Externs, e => e.Name == "made_up").IsImplicit);
        Assert.False(Assert.Single(unit.Externs, e => e.Name == "known").IsImplicit);
    }

    [Fact]
    public void AFileThatIsNotCYieldsIssuesAndNoException()
    {
        var unit = Lower(Encoding.Latin1.GetString([.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 7))]));
        Assert.Empty(unit.Functions);
        Assert.NotEmpty(unit.Issues);
    }

    [Fact]
    public void AMissingHeaderIsSaidByName()
    {
        var unit = Lower("#include \"not_there.h\"\nint f(void) { return 0; }");
        Assert.Contains(unit.Issues, i => i.Kind == UnitIssueKind.MissingHeader && i.Message.Contains("not_there.h"));
        Assert.Null(Function(unit, "f").NotLowered);
    }

    [Fact]
    public void NestedStatementsWithinTheLimitAreLowered()
    {
        var chain = string.Concat(Enumerable.Range(1, 1_000).Select(i => $"else if (x == {i}) return {i};\n"));
        var function = Function(Lower($"int chain(int x) {{ if (!x) return 0;\n{chain} return 1; }}"), "chain");
        Assert.Null(function.NotLowered);
        Assert.Equal(1_001, function.Blocks.Count(b => b.End is Branch));
    }

    /// <summary>A header that lists programs by a macro of the file, whose body gives the section.</summary>
    [Fact]
    public void ProgramsThatAMacroMakesInAHeaderAreFound()
    {
        var unit = LowerWithHeader("HOOK(first, \"tc\", 1)\nHOOK(second, \"xdp\", 2)\n", """
            #define HOOK(name, where, result) \
            	__attribute__((__section__("?" where))) \
            	int name(void *ctx) { return result; }
            #include "own.h"
            """);
        Assert.Equal([("first", "?tc"), ("second", "?xdp")], unit.Functions.Select(f => (f.Name, f.Section)).Order());
    }

    /// <summary>The name of such a program leads to its body, and the word before its section to something else.</summary>
    [Fact]
    public void ProgramsOfBpfProgInAHeaderAreFound()
    {
        var unit = LowerWithHeader("""
            #define SEC(name) __attribute__((section(name)))
            #define BPF_PROG(name, args...) name(unsigned long long *ctx); static typeof(name(0)) ____##name(unsigned long long *ctx, ##args); \
                typeof(name(0)) name(unsigned long long *ctx) { return ____##name(ctx); } static typeof(name(0)) ____##name(unsigned long long *ctx, ##args)
            #define __ksym SEC(".ksyms")
            int taken(void) __ksym;
            SEC("tp_btf/sys_enter")
            int BPF_PROG(in_header)
            {
                return taken();
            }
            static int ____own(void) { return 1; }
            SEC("syscall") int plain(void *ctx) { return ____own(); }
            """, "#include \"own.h\"\nSEC(\"tp_btf/sys_exit\") int BPF_PROG(in_file) { return 0; }\n");
        Assert.Equal(["____in_file", "____in_header", "____own", "in_file", "in_header", "plain"], unit.Functions.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.Equal("tp_btf/sys_enter", unit.FindFunction("in_header")!.Section);
    }

    private static UnitIr LowerWithHeader(string header, string file)
    {
        var folder = Directory.CreateTempSubdirectory("kfunc-lsp-test-").FullName;
        File.WriteAllText(Path.Combine(folder, "own.h"), header);
        File.WriteAllText(Path.Combine(folder, "a.bpf.c"), file);
        var (unit, error) = TranslationUnit.Parse(Path.Combine(folder, "a.bpf.c"), null, Arguments);
        Assert.True(unit is not null, error);
        using (unit)
        {
            var lowered = UnitLowering.Lower(unit);
            Directory.Delete(folder, recursive: true);
            return lowered;
        }
    }

    [Theory]
    [InlineData("r0 = 0; exit", null)]
    [InlineData("r0 = 0; frobnicate r0; exit", "assembly that is not understood: `frobnicate r0`")]
    [InlineData("goto nowhere; exit", "a jump in assembly whose label `nowhere` cannot be found")]
    [InlineData("call nobody; exit", "a call in assembly of something that cannot be found")]
    public void ANakedFunctionIsLoweredWholeOrNotAtAll(string text, string? reason) =>
        Assert.Equal(reason, Function(Lower($"__attribute__((naked)) int f(void) {{ asm volatile(\"{text}\" : : ); }}"), "f").NotLowered);
}
