using KfuncLsp.Ir;
using KfuncLsp.Tests.Cli;
using KfuncLsp.Workspace.Checking;
using Xunit;

namespace KfuncLsp.Tests.Workspace.Checking;

public sealed class SourceFilesTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("a.bpf.c", "int x;")]
    [InlineData("a.h", "")]
    [InlineData("noextension", "int x;\n")]
    public void Text_with_a_name_of_c_can_be_tried(string name, string text) =>
        Assert.Null(SourceFiles.Refuse(_scratch.Write(name, text)));

    [Theory]
    [InlineData("a.bpf.o", "\u007fELF…", "object file")]
    [InlineData("renamed.bpf.c", "\u007fELF\u0002\u0001", "object file")]
    [InlineData("a.c", "int x;\0\0\0", "binary")]
    [InlineData("a.py", "print()", ".py")]
    [InlineData("a.cpp", "int x;", "C++")]
    public void What_is_not_c_is_named(string name, string text, string why)
    {
        var issue = SourceFiles.Refuse(_scratch.Write(name, text));
        Assert.Equal(UnitIssueKind.Unreadable, issue?.Kind);
        Assert.Contains(why, issue!.Message);
        Assert.Contains(name, issue.Message);
    }

    [Fact]
    public void A_missing_file_and_a_directory_are_named()
    {
        Assert.Contains("no such file", SourceFiles.Refuse(_scratch.PathOf("absent.bpf.c"))!.Message);
        Assert.Contains("directory", SourceFiles.Refuse(_scratch.Directory)!.Message);
    }

    [Fact]
    public void Fifty_megabytes_are_too_many()
    {
        var file = _scratch.Write("big.bpf.c", "int x;\n");
        using (var stream = File.OpenWrite(file)) stream.SetLength(50 << 20);
        Assert.Contains("50 MB", SourceFiles.Refuse(file)!.Message);
    }
}
