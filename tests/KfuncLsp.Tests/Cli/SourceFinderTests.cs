using System.Diagnostics;
using KfuncLsp.Server.Cli;
using Xunit;

namespace KfuncLsp.Tests.Cli;

public sealed class SourceFinderTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose()
    {
        // Deeper than paths may be long: only a tool that walks by handle removes it.
        using (var rm = Process.Start("rm", ["-rf", _scratch.PathOf("deep")])) rm.WaitForExit();
        _scratch.Dispose();
    }

    [Fact]
    public void A_directory_stands_for_its_programs()
    {
        _scratch.Write("b.bpf.c", "");
        _scratch.Write("a/z.bpf.c", "");
        _scratch.Write("a/program.c", "SEC(\"xdp\") int f(void) {}");
        _scratch.Write("a/library.c", "int f(void) {}");
        _scratch.Write("a/vmlinux.h", "SEC(\"xdp\")");
        _scratch.Write(".git/c.bpf.c", "");
        Directory.CreateSymbolicLink(_scratch.PathOf("loop"), _scratch.Directory);

        var found = Find(".");
        Assert.Equal(["a/program.c", "a/z.bpf.c", "b.bpf.c"], found.Files.Select(f => Path.GetRelativePath(_scratch.Directory, f)));
        Assert.Empty(found.Problems);
    }

    [Fact]
    public void Files_stay_as_given_and_are_checked_once()
    {
        _scratch.Write("a/x.bpf.c", "");
        Assert.Equal(["absent.c", "a/x.bpf.c"], Find("absent.c", "a/x.bpf.c", "a").Files.Select(f => Path.GetRelativePath(_scratch.Directory, f)));
    }

    [Fact]
    public void What_the_configuration_excludes_is_checked_only_by_name()
    {
        _scratch.Write(".kfunc-lsp.json", """{ "exclude": ["gen/**"] }""");
        _scratch.Write("gen/x.bpf.c", "");
        _scratch.Write("y.bpf.c", "");
        Assert.Equal(["y.bpf.c"], Find(".").Files.Select(f => Path.GetRelativePath(_scratch.Directory, f)));
        Assert.Equal(["gen/x.bpf.c"], Find("gen/x.bpf.c").Files.Select(f => Path.GetRelativePath(_scratch.Directory, f)));
    }

    [Fact]
    public void A_directory_without_programs_is_a_problem()
    {
        _scratch.Write("empty/readme.md", "");
        Assert.Contains("no BPF programs", Assert.Single(Find("empty").Problems).Value);
    }

    [Fact]
    public void A_directory_that_cannot_be_listed_is_a_problem_and_its_neighbours_are_found()
    {
        _scratch.Write("zzz/x.bpf.c", "");
        var script = "n=$(printf '%0200d' 0); mkdir deep && cd deep; i=0; while [ $i -lt 25 ]; do mkdir $n && cd -P $n || exit 1; i=$((i+1)); done";
        using (var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { WorkingDirectory = _scratch.Directory })!) shell.WaitForExit();

        var found = Find(".");
        Assert.Equal(["zzz/x.bpf.c"], found.Files.Select(f => Path.GetRelativePath(_scratch.Directory, f)));
        Assert.Contains("cannot read this directory", Assert.Single(found.Problems).Value);
    }

    private FoundSources Find(params string[] targets) => SourceFinder.Find(targets, _scratch.Directory, CancellationToken.None);
}
