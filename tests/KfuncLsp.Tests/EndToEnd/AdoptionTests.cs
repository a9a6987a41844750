using System.Diagnostics;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.EndToEnd;

/// <summary>An old code base takes up kfunc-lsp: a baseline for what it has, and checks of what changes.</summary>
public sealed class AdoptionTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task What_a_baseline_knows_is_not_reported_and_what_is_new_is()
    {
        _scratch.Write("src/a.bpf.c", Programs.Head + Programs.Leak());
        var written = await Check("--baseline", "known.json", "--update-baseline", "src");
        Assert.Equal(0, written.ExitCode);
        Assert.Contains("\"line\": \"return 1;\"", File.ReadAllText(_scratch.PathOf("known.json")));

        // Lines move, and the finding is known all the same.
        _scratch.Write("src/a.bpf.c", Programs.Head + "\n\n/* moved */\n" + Programs.Leak());
        var known = await Check("--baseline", "known.json", "src");
        Assert.Equal(0, known.ExitCode);
        Assert.Contains("1 known finding is not reported (known.json)", known.Error);
        Assert.DoesNotContain("KF0101", known.Out);

        _scratch.Write("src/a.bpf.c", Programs.Head + Programs.Leak() + Programs.Leak("another"));
        var more = await Check("--baseline", "known.json", "src");
        Assert.Equal(1, more.ExitCode);
        Assert.Contains("KF0101", more.Out);

        _scratch.Write("src/a.bpf.c", Programs.Head + Programs.Good());
        var mended = await Check("--baseline", "known.json", "src");
        Assert.Equal(0, mended.ExitCode);
        Assert.Contains("1 of its findings are found no more", mended.Error);
    }

    [Fact]
    public async Task A_baseline_keeps_what_it_knows_of_files_that_were_not_checked()
    {
        _scratch.Write("a.bpf.c", Programs.Head + Programs.Leak());
        _scratch.Write("b.bpf.c", Programs.Head + Programs.Leak());
        await Check("--baseline", "known.json", "--update-baseline", ".");
        await Check("--baseline", "known.json", "--update-baseline", "b.bpf.c");
        Assert.Equal(0, (await Check("--baseline", "known.json", ".")).ExitCode);
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("{", "is no baseline")]
    [InlineData("""{"version":2,"findings":[]}""", "another version")]
    [InlineData("""{"version":1,"findings":[{"file":"a.bpf.c"}]}""", "is no baseline")]
    public async Task A_baseline_that_is_none_is_refused(string? text, string reason)
    {
        _scratch.Write("a.bpf.c", Programs.Head + Programs.Good());
        if (text is not null) _scratch.Write("known.json", text);
        var run = await Check("--baseline", "known.json", "a.bpf.c");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Error);
    }

    [Fact]
    public async Task Updating_needs_a_baseline()
    {
        _scratch.Write("a.bpf.c", Programs.Head + Programs.Good());
        Assert.Equal(2, (await Check("--update-baseline", "a.bpf.c")).ExitCode);
    }

    [Fact]
    public async Task Only_what_changed_since_a_revision_is_checked_with_what_includes_it()
    {
        _scratch.Write("inc/shared.h", Programs.Head);
        _scratch.Write("inc/other.h", "");
        _scratch.Write("src/a.bpf.c", "#include \"../inc/shared.h\"\n#include \"other.h\"\n" + Programs.Leak());
        _scratch.Write("src/b.bpf.c", Programs.Head + Programs.Leak());
        Git("init", "-q");
        Git("add", ".");
        Git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "first");

        var nothing = await Check("--changed-since", "HEAD", "src", "--", "-Iinc");
        Assert.Equal((0, ""), (nothing.ExitCode, nothing.Out));
        Assert.Contains("0 of 2 files changed since HEAD", nothing.Error);

        _scratch.Write("inc/shared.h", Programs.Head + "\n");
        var header = await Check("--changed-since", "HEAD", "src", "--", "-Iinc");
        Assert.Equal(1, header.ExitCode);
        Assert.Contains("1 of 2 files changed since HEAD", header.Error);
        Assert.Contains("src/a.bpf.c", header.Out);
        Assert.DoesNotContain("src/b.bpf.c", header.Out);

        _scratch.Write("src/c.bpf.c", Programs.Head + Programs.Leak());
        Assert.Contains("2 of 3 files", (await Check("--changed-since", "HEAD", "src", "--", "-Iinc")).Error);

        _scratch.Write(".kfunc-lsp.json", "{}");
        Assert.Contains("3 of 3 files", (await Check("--changed-since", "HEAD", "src", "--", "-Iinc")).Error);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("--output=x")]
    public async Task A_revision_that_git_does_not_know_is_refused(string revision)
    {
        _scratch.Write("a.bpf.c", Programs.Head + Programs.Good());
        Git("init", "-q");
        var run = await Check($"--changed-since={revision}", "a.bpf.c");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--changed-since", run.Error);
        Assert.False(File.Exists(_scratch.PathOf("x")));
    }

    private Task<Run> Check(params string[] arguments) => KfuncLspProcess.RunAsync(_scratch.Directory, ["check", "--kernel", "6.12", .. arguments]);

    private void Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = _scratch.Directory };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        using var git = Process.Start(start)!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
