using KfuncLsp.Server.Cli.Output;
using Xunit;

namespace KfuncLsp.Tests.Cli;

public sealed class GithubFormatTests
{
    [Fact]
    public void Findings_and_issues_are_workflow_commands()
    {
        var text = new StringWriter();
        GithubFormat.Write(SampleResult.Make(), text);
        Assert.Equal(
            [
                "::error file=leak.bpf.c,line=8,col=2,endLine=8,endColumn=11,title=KF0101 unreleased-reference::`p` is still owned here; call `bpf_task_release(p)` before returning%0Akernel 6.12, 7.3: Unreleased reference id=2 alloc_insn=3%0Aleak.bpf.c:4: acquired here%0Aleak.bpf.c:5: `p` is not NULL here%0Aleak.bpf.c:8: leaves here",
                "::warning file=/usr/include/own.h,line=3,col=9,endLine=3,endColumn=16,title=KF0702 undeclared-kfunc::100%25 of `other` is unknown",
                "::warning file=/usr/include/own.h,line=1,col=1,endLine=1,endColumn=11,title=not-analysed::a computed goto is not followed",
                "::warning file=/usr/include/own.h,line=3,col=9,endLine=3,endColumn=16,title=inconclusive::the step budget is spent",
            ],
            text.ToString().TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void A_path_cannot_break_out_of_its_property()
    {
        var result = SampleResult.Make();
        var text = new StringWriter();
        GithubFormat.Write(result with { Files = [new("a,b:c%\n.c") { Issues = [new("unreadable", "no", KfuncLsp.Ir.FileSpan.None)] }] }, text);
        Assert.StartsWith("::error file=a%2Cb%3Ac%25%0A.c,line=1", text.ToString());
    }
}
