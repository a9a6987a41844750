using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.EndToEnd;

public sealed class UsageTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Version_and_help_are_on_standard_output()
    {
        var version = await Run("--version");
        Assert.Equal((0, ""), (version.ExitCode, version.Error));
        Assert.Matches(@"^kfunc-lsp \d+\.\d+\.\d+\n$", version.Out);

        var help = await Run("--help");
        Assert.Equal(0, help.ExitCode);
        Assert.All(["check", "server", "doctor", "ir", "registry"], verb => Assert.Contains($"\n  {verb}", help.Out));
        Assert.DoesNotContain("frontend-worker", help.Out);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("check", "--format", "xml", "a.c")]
    [InlineData("check", "--frob", "a.c")]
    [InlineData("frob")]
    [InlineData]
    public async Task Wrong_usage_ends_in_2_and_names_the_help(params string[] arguments)
    {
        var run = await Run(arguments);
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.StartsWith("kfunc-lsp: ", run.Error);
        Assert.Contains("--help", run.Error);
    }

    [Fact]
    public async Task A_build_directory_that_is_not_there_is_wrong_usage()
    {
        _scratch.Write("a.bpf.c", "int x;");
        var run = await Run("check", "--kernel", "6.12", "-p", "nowhere", "a.bpf.c");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("nowhere", run.Error);
    }

    private Task<Run> Run(params string[] arguments) => KfuncLspProcess.RunAsync(_scratch.Directory, arguments);
}
