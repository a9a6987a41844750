using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Checking;
using Xunit;

namespace KfuncLsp.Tests.Workspace.Checking;

public sealed class FindingMergerTests
{
    private static readonly RuleId Leak = new("KF0101", "unreleased-reference");
    private static readonly RuleId Null = new("KF0201", "unchecked-null");
    private static readonly KernelVersion Old = new(6, 12), New = new(7, 3);

    private static readonly UnitIr Unit = new()
    {
        MainFile = "/m.bpf.c",
        Functions =
        [
            Function("helper", "/h.h", 1000),
            Function("first", "/m.bpf.c", 100),
            Function("second", "/m.bpf.c", 500),
        ],
        Externs = [new("bpf_task_release", new FunctionType(CType.Void, []), new("/m.bpf.c", 40, 16))],
    };

    [Fact]
    public void The_same_words_at_the_same_place_are_one_finding_with_its_kernels()
    {
        var both = At("first", 10, "owned") with { KernelMessage = "old words" };
        var merged = FindingMerger.Merge(Unit,
        [
            Report(Old, Program("first", both)),
            Report(New, Program("first", both with { KernelMessage = "new words" }, At("first", 30, "only new"))),
        ]);

        Assert.Equal(2, merged.Length);
        Assert.Equal([Old, New], merged[0].Kernels);
        Assert.Equal("old words", merged[0].Finding.KernelMessage);
        Assert.Equal([New], merged[1].Kernels);
    }

    [Fact]
    public void Another_message_rule_place_or_program_is_another_finding()
    {
        var finding = At("helper", 10, "owned");
        var merged = FindingMerger.Merge(Unit,
        [
            Report(Old,
                Program("first", finding, finding with { Message = "else" }, finding with { Rule = Null }, At("helper", 11, "owned")),
                Program("second", finding)),
        ]);
        Assert.Equal(5, merged.Length);
        Assert.Equal(4, FindingMerger.ByPlace(merged).Length);
        Assert.Equal(["first", "second"], FindingMerger.ByPlace(merged).Single(f => f.Programs.Length == 2).Programs);
    }

    [Fact]
    public void The_main_file_comes_first_and_places_are_in_files()
    {
        var step = new TraceStep("acquired here", new("first", new(2, 3)));
        var merged = FindingMerger.Merge(Unit,
        [
            Report(Old,
                Program("second", At("helper", 5, "in the header") with { Trace = [step] }, At("second", 7, "late")),
                Program("first", At("first", 7, "early"))),
        ]);
        Assert.Equal(
            [("early", new FileSpan("/m.bpf.c", 107, 4)), ("late", new FileSpan("/m.bpf.c", 507, 4)), ("in the header", new FileSpan("/h.h", 1005, 4))],
            merged.Select(f => (f.Finding.Message, f.Where)));
        Assert.Equal(new MergedStep("acquired here", new("/m.bpf.c", 102, 3)), Assert.Single(merged[2].Steps));
        Assert.Equal(["second"], merged[2].Programs);
    }

    [Fact]
    public void What_is_wrong_with_a_declaration_stands_there()
    {
        var report = Report(Old, Program("first",
            new(Null, Severity.Warning, "undeclared", new("bpf_task_release", default)),
            new Finding(Leak, Severity.Warning, "no licence", new("", new(0, 0)))));
        var merged = FindingMerger.Merge(Unit, [report]);
        Assert.Equal([new FileSpan("/m.bpf.c", 0, 0), new FileSpan("/m.bpf.c", 40, 16)], merged.Select(f => f.Where));
        Assert.All(merged, f => Assert.Equal(["first"], f.Programs));
    }

    [Fact]
    public void What_kernels_say_of_one_call_in_words_of_their_own_is_one_finding()
    {
        var call = new Location("first", new(8, 30));
        var older = At("first", 20, "the argument is stale") with { Rule = Null, Call = call, KernelMessage = "old words" };
        var newer = At("first", 8, "not owned") with { Call = call, KernelMessage = "new words" };
        var merged = Assert.Single(FindingMerger.Merge(Unit, [Report(Old, Program("first", older)), Report(New, Program("first", newer))]));
        Assert.Equal([Old, New], merged.Kernels);
        Assert.Equal(older, merged.Finding);
        Assert.Equal(["old words", "new words"], merged.Words.Select(w => w.Message));
    }

    [Theory]
    [InlineData("KF0702", "first", 8)]
    [InlineData("KF0402", "first", 8)]
    [InlineData("KF0201", "second", 8)]
    [InlineData("KF0201", "first", 60)]
    public void Another_call_and_whether_it_may_be_made_at_all_are_other_mistakes(string rule, string program, int call)
    {
        var older = At("first", 20, "older") with { Call = new("first", new(8, 30)) };
        var newer = At("first", 8, "newer") with { Rule = new(rule, ""), Call = new("first", new(call, 30)) };
        Assert.Equal(2, FindingMerger.Merge(Unit, [Report(Old, Program("first", older)), Report(New, Program(program, newer))]).Length);
    }

    [Fact]
    public void One_kernel_may_find_two_mistakes_in_a_call()
    {
        var one = At("first", 20, "may be NULL") with { Rule = Null, Call = new("first", new(8, 30)) };
        var two = At("first", 8, "not owned") with { Call = one.Call };
        var merged = FindingMerger.Merge(Unit, [Report(Old, Program("first", one)), Report(New, Program("first", two, one))]);
        Assert.Equal([("not owned", 1), ("may be NULL", 2)], merged.Select(f => (f.Finding.Message, f.Kernels.Length)));
    }

    private static Finding At(string function, int start, string message) => new(Leak, Severity.Error, message, new(function, new(start, 4)));

    private static ProgramReport Program(string name, params Finding[] findings) =>
        new(name, "tp_btf/x", null, Verdict.Rejected) { Findings = [.. findings] };

    private static UnitReport Report(KernelVersion kernel, params ProgramReport[] programs) => new(kernel, [.. programs]);

    private static FunctionIr Function(string name, string file, int start) => new()
    {
        Name = name,
        Anchor = new(file, start, 200, new(file, start + 4, name.Length)),
        ReturnType = new IntType(32, true),
    };
}
