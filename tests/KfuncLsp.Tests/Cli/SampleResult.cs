using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Analysis;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Server.Cli.Output;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Tests.Cli;

/// <summary>A checked file made by hand: a leak with a path of three steps, a header, an issue, two kernels.</summary>
internal static class SampleResult
{
    public const string Directory = "/project";
    private const string Main = "/project/leak.bpf.c", Header = "/usr/include/own.h";
    public static readonly KernelVersion Old = new(6, 12), New = new(7, 3);
    public static readonly RuleId Leak = new("KF0101", "unreleased-reference");

    public const string MainText = """
        SEC("tp_btf/task_newtask")
        int BPF_PROG(leak, struct task_struct *task)
        {
        	/* é😀 */ struct task_struct *p = bpf_task_from_pid(42);
        	if (!p)
        		return 0;
        	count++;
        	return 1;
        }
        """;

    private const string HeaderText = "static int own(void)\n{\n\treturn other();\n}\n";

    public static CheckResult Make(Func<CheckedFile, CheckedFile>? change = null)
    {
        var sources = new SourceTexts();
        sources.Put(Main, Encoding.UTF8.GetBytes(MainText));
        sources.Put(Header, Encoding.UTF8.GetBytes(HeaderText));
        var check = Check();
        if (change is not null) check = change(check);
        var result = new CheckResult([new(Old, "6.12"), new(New, "7.3")], [], sources, new PathNames(Directory));
        return result with { Files = [ResultBuilder.Build("leak.bpf.c", [check], result.NameOf)] };
    }

    public static CheckedFile Check()
    {
        var unit = new UnitIr
        {
            MainFile = Main,
            Functions = [Function("____leak", Main, MainText, "int BPF_PROG"), Function("own", Header, HeaderText, "static int own")],
            Issues = [new(UnitIssueKind.NotAnalysed, "a computed goto is not followed", new(Header, 0, 10)) { Function = "own" }],
        };
        var leak = new Finding(Leak, Severity.Error, "`p` is still owned here; call `bpf_task_release(p)` before returning", In("____leak", "return 1;"))
        {
            KernelMessage = "Unreleased reference id=2 alloc_insn=3",
            Program = "____leak",
            Trace =
            [
                new("acquired here", In("____leak", "bpf_task_from_pid(42)")),
                new("`p` is not NULL here", In("____leak", "!p")),
                new("leaves here", In("____leak", "return 1;")),
            ],
        };
        var other = new Finding(new("KF0702", "undeclared-kfunc"), Severity.Warning, "100% of `other` is unknown", In("own", "other()")) { Program = "____leak" };
        var reports = ImmutableArray.Create(
            new UnitReport(Old, [Program(Verdict.Rejected, leak, other)]),
            new UnitReport(New, [Program(Verdict.Inconclusive, leak) with { Issues = [new("the step budget is spent", In("own", "other()"))] }]));
        return new(Main, new(Main, Directory, []) { Origin = "defaults" }, unit, reports) { Findings = FindingMerger.Merge(unit, reports) };
    }

    private static ProgramReport Program(Verdict verdict, params Finding[] findings) =>
        new("____leak", "tp_btf/task_newtask", new(ProgramType.Tracing, "TRACE_RAW_TP", false, "task_newtask"), verdict) { Findings = [.. findings] };

    private static Location In(string function, string text)
    {
        var (source, start) = function == "own" ? (HeaderText, "static int own") : (MainText, "int BPF_PROG");
        var from = Bytes(source[..source.IndexOf(start, StringComparison.Ordinal)]);
        return new(function, new(Bytes(source[..source.IndexOf(text, StringComparison.Ordinal)]) - from, Bytes(text)));
    }

    private static FunctionIr Function(string name, string file, string source, string start)
    {
        var at = Bytes(source[..source.IndexOf(start, StringComparison.Ordinal)]);
        return new() { Name = name, ReturnType = new IntType(32, true), Anchor = new(file, at, Bytes(source) - at, new(file, at, 4)) };
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
