using KfuncLsp.Analysis;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Checking;
using Xunit;

namespace KfuncLsp.Tests.Workspace.Checking;

public sealed class NeighbourJudgementTests
{
    private static readonly KernelVersion Older = new(6, 12), Asked = new(6, 18), Newer = new(7, 3);
    private static readonly Finding Leak = new(new("KF0101", "unreleased-reference"), Severity.Error, "owned", new("p", new(1, 2)));
    private static readonly Finding Null = new(new("KF0201", "unchecked-null"), Severity.Error, "may be NULL", new("p", new(5, 2)));

    [Fact]
    public void A_finding_stands_only_if_it_holds_in_both()
    {
        var program = Judge(Program(Verdict.Rejected, Leak, Null), Program(Verdict.Rejected, Leak));
        Assert.Equal(Verdict.Rejected, program.Verdict);
        Assert.Equal([Leak], program.Findings);
        Assert.Empty(program.Issues);
    }

    [Theory]
    [InlineData(Verdict.Accepted, Verdict.Rejected)]
    [InlineData(Verdict.Rejected, Verdict.Accepted)]
    [InlineData(Verdict.Rejected, Verdict.Inconclusive)]
    public void Where_the_neighbours_differ_the_verdict_is_open_and_says_why(Verdict older, Verdict newer)
    {
        var program = Judge(Of(older), Of(newer));
        Assert.Equal(Verdict.Inconclusive, program.Verdict);
        Assert.Empty(program.Findings);
        Assert.Contains("6.18", Assert.Single(program.Issues).Reason);

        static ProgramReport Of(Verdict verdict) => verdict == Verdict.Rejected ? Program(verdict, Leak) : Program(verdict);
    }

    [Fact]
    public void Two_rejections_for_different_reasons_are_no_rejection() =>
        Assert.Equal(Verdict.Inconclusive, Judge(Program(Verdict.Rejected, Leak), Program(Verdict.Rejected, Null)).Verdict);

    [Fact]
    public void Two_reasons_to_reject_one_call_are_one_mistake()
    {
        var call = new Location("p", new(0, 20));
        var program = Judge(Program(Verdict.Rejected, Leak with { Call = call }), Program(Verdict.Rejected, Null with { Call = call }));
        Assert.Equal((Verdict.Rejected, Leak.Rule), (program.Verdict, Assert.Single(program.Findings).Rule));
    }

    [Fact]
    public void What_both_accept_is_accepted() =>
        Assert.Equal(Verdict.Accepted, Judge(Program(Verdict.Accepted), Program(Verdict.Accepted)).Verdict);

    private static ProgramReport Judge(ProgramReport older, ProgramReport newer)
    {
        var report = NeighbourJudgement.Combine(Asked, new(Older, [older]), new(Newer, [newer]));
        Assert.Equal(Asked, report.Kernel);
        return Assert.Single(report.Programs);
    }

    private static ProgramReport Program(Verdict verdict, params Finding[] findings) => new("p", "xdp", null, verdict) { Findings = [.. findings] };
}
