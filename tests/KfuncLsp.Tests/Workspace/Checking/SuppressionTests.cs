using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Text;
using Xunit;

namespace KfuncLsp.Tests.Workspace.Checking;

public sealed class SuppressionTests
{
    private const string File = "/a.bpf.c";
    private static readonly RuleId s_leak = new("KF0101", "unreleased-reference");

    [Theory]
    [InlineData("x; // kfunc: allow KF0101 the callback does it", "KF0101", "the callback does it", 0)]
    [InlineData("x; /* kfunc: allow unreleased-reference: why */", "KF0101", "why", 0)]
    [InlineData("  // kfunc: allow kf0101, KF0201 both\n\n\tx;", "KF0101 KF0201", "both", 2)]
    [InlineData("// kfunc: allow KF0101 a\r\n// kfunc: allow KF0102 b\r\nx;", "KF0101", "a", 2)]
    [InlineData("/* kfunc: allow KF0101 several\n   lines */\nx;", "KF0101", "several\n   lines", 2)]
    [InlineData("/* é */ x; // kfunc: allow KF0101 r", "KF0101", "r", 0)]
    [InlineData("// kfunc: allow KF0101", "KF0101", "", 0)]
    public void A_comment_is_read(string text, string rules, string reason, int line)
    {
        var comment = SuppressionComment.In(File, Lines(text))[0];
        Assert.Equal(rules, string.Join(' ', comment.Rules));
        Assert.Equal((reason, line), (comment.Reason, comment.Line));
    }

    [Theory]
    [InlineData("\"// kfunc: allow KF0101 x\";")]
    [InlineData("// kfunc: allowed KF0101")]
    [InlineData("// kfunc allow KF0101")]
    [InlineData("// see kfunc: allow KF0101")]
    [InlineData("// kfunc: allow")]
    [InlineData("//")]
    public void Other_text_is_none(string text) => Assert.Empty(SuppressionComment.In(File, Lines(text)));

    [Fact]
    public void A_suppressed_finding_is_kept_apart_and_the_comment_is_used()
    {
        var file = Judge("x; // kfunc: allow KF0101 why\ny;\n", (s_leak, 0), (s_leak, 1));
        Assert.Equal(1, LineOf(Assert.Single(file.Findings)));
        Assert.Equal("why", Assert.Single(file.Suppressed).By.Reason);
    }

    [Fact]
    public void What_is_wrong_with_a_comment_is_told()
    {
        var file = Judge("x; // kfunc: allow KF0101\ny; // kfunc: allow KF0102 r\nz; // kfunc: allow KF9999 r\n", (s_leak, 0));
        Assert.Equal(["KF0904", "KF0903", "KF0903"], file.Findings.Select(f => f.Finding.Rule.Code));
        Assert.Equal([0, 1, 2], file.Findings.Select(LineOf));
        Assert.Contains("`KF9999`", file.Findings[2].Finding.Message);
        Assert.All(file.Findings, f => Assert.Equal(Severity.Information, f.Finding.Severity));
    }

    [Fact]
    public void A_rule_that_is_switched_off_still_uses_its_comment()
    {
        var off = ProjectConfiguration.Empty with { Rules = ProjectConfiguration.Empty.Rules.Add("KF0101", "off") };
        Assert.Empty(Judge("x; // kfunc: allow KF0101 why\n", off, (s_leak, 0)).Findings);
        var loud = ProjectConfiguration.Empty with { Rules = ProjectConfiguration.Empty.Rules.Add("KF0903", "error") };
        Assert.Equal(Severity.Error, Assert.Single(Judge("x; // kfunc: allow KF0101 why\n", loud).Findings).Finding.Severity);
    }

    [Fact]
    public void Nothing_is_called_unused_where_something_was_not_seen() =>
        Assert.Empty(Judgement.Of(Check("x; // kfunc: allow KF0101 why\n", Verdict.Inconclusive), ProjectConfiguration.Empty, _ => Lines("x; // kfunc: allow KF0101 why\n")).Findings);

    private static CheckedFile Judge(string text, params (RuleId, int)[] findings) => Judge(text, ProjectConfiguration.Empty, findings);

    private static CheckedFile Judge(string text, ProjectConfiguration configuration, params (RuleId, int)[] findings) =>
        Judgement.Of(Check(text, Verdict.Accepted, findings), configuration, _ => Lines(text));

    private static CheckedFile Check(string text, Verdict verdict, params (RuleId Rule, int Line)[] findings)
    {
        var lines = Lines(text);
        var unit = new UnitIr { MainFile = File, Files = [File] };
        var program = new ProgramReport("p", "tc", null, verdict)
        {
            Findings = [.. findings.Select(f => new Finding(f.Rule, Severity.Error, "m", new("", new(lines.OffsetAt(new(f.Line, 0)), 1))))],
        };
        return new(File, new(File, "/", []) { Origin = "a test" }, unit, [new UnitReport(new KernelVersion(6, 12), [program])]);
    }

    private static int LineOf(MergedFinding finding) => s_texts.Value!.PositionAt(finding.Where.Start).Line;

    private static readonly AsyncLocal<LineIndex?> s_texts = new();

    private static LineIndex Lines(string text) => s_texts.Value = new(Encoding.UTF8.GetBytes(text));
}
