using System.Text.Json.Nodes;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.Server;

/// <summary>The executable itself, with its own parser, over standard input and output.</summary>
public sealed class StdioProcessTests
{
    [Fact]
    public async Task ARealFileHasItsMistakeUntilItIsFixed()
    {
        var file = Repository.PathOf("examples", "task_from_pid_broken.bpf.c");
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var uri = new Uri(file).AbsoluteUri;
        using var process = ServerProcess.Start("server", "--stdio", "--kernel", "6.12");
        await using var session = ServerProcess.Session(process);
        await session.InitializeAsync();
        await session.OpenAsync(uri, text);
        var before = await session.DiagnosticsAsync(uri, 1);
        Assert.Contains(before, d => d.GetProperty("code").GetString() == "KF0101");

        var correct = await File.ReadAllTextAsync(Repository.PathOf("examples", "task_from_pid.bpf.c"), TestContext.Current.CancellationToken);
        await session.ChangeAsync(uri, 2, new JsonObject { ["text"] = correct });
        Assert.DoesNotContain(await session.DiagnosticsAsync(uri, 2), d => d.GetProperty("severity").GetInt32() == 1);
    }

    [Fact]
    public async Task AClientThatDiesEndsTheServer()
    {
        using var process = ServerProcess.Start("server");
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(1, process.ExitCode);
    }

    /// <summary>What libclang precompiles by itself is no file: others could read it, and it would outlive a process that is killed.</summary>
    [Fact]
    public async Task APreambleThatCannotBeStoredIsNoTemporaryFile()
    {
        using var scratch = new Scratch();
        var temporary = Path.GetDirectoryName(scratch.Write("temporary/empty", ""))!;
        var file = Repository.PathOf("examples", "task_from_pid.bpf.c");
        var uri = new Uri(file).AbsoluteUri;
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        using var process = ServerProcess.Start(["server"], new() { ["TMPDIR"] = temporary, ["XDG_CACHE_HOME"] = "/proc/nowhere" });
        await using var session = ServerProcess.Session(process);
        await session.InitializeAsync();
        await session.OpenAsync(uri, text);
        await session.DiagnosticsAsync(uri, 1);
        await session.ChangeAsync(uri, 2, new JsonObject { ["text"] = text + "\n" });
        await session.DiagnosticsAsync(uri, 2);
        Assert.DoesNotContain(Directory.EnumerateFiles(temporary), f => f.Contains("preamble", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheCommandLinesLogFilePrecedesTheEditors()
    {
        using var scratch = new Scratch();
        var (wanted, other) = (Path.Combine(scratch.Directory, "logs", "wanted.log"), Path.Combine(scratch.Directory, "other.log"));
        using var process = ServerProcess.Start("server", "--log-file", wanted);
        await using var session = ServerProcess.Session(process);
        await session.InitializeAsync(options: new JsonObject { ["logFile"] = other });
        var status = await session.RequestAsync("kfunc/status", null);
        Assert.Equal(wanted, status.GetProperty("logFile").GetString());
        Assert.True(File.Exists(wanted));
        Assert.False(File.Exists(other));
    }
}
