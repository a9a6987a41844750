using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Server.Cli;
using KfuncLsp.Tests.Cli;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Configuration;
using Xunit;
using OsProcess = System.Diagnostics.Process;

namespace KfuncLsp.Tests.Frontend.Parsing;

public sealed class PlainFileTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void TextAndBytesAreThoseOfTheFile()
    {
        var path = _scratch.Write("a", "\ufeffé\n");
        Assert.Equal("é\n", PlainFile.ReadText(path));
        Assert.Equal(File.ReadAllBytes(path), PlainFile.ReadBytes(path));
        Assert.Throws<FileNotFoundException>(() => PlainFile.ReadBytes(_scratch.PathOf("b")));
    }

    /// <summary>Nobody ever writes into these pipes: whoever opens one waits for good.</summary>
    [Fact]
    public async Task APipeUnderASourcesNameHoldsNobodyUp()
    {
        if (OperatingSystem.IsWindows()) return;
        string[] names = ["p.bpf.c", "p.c", ".kfunc-lsp.json", ".clangd", "compile_commands.json", "h.h", "vmlinux.h"];
        foreach (var name in names)
            using (var make = OsProcess.Start("mkfifo", [_scratch.PathOf(name)])) make.WaitForExit();
        var source = _scratch.Write("a.bpf.c", "#include \"h.h\"\n#include \"vmlinux.h\"\n#include \"/dev/zero\"\n");

        var work = Task.Run(() =>
        {
            CompileCommandResolver.Resolve(source, CompileSettings.Default);
            ConfigurationFile.FindFor(source);
            SourceFinder.Find([_scratch.Directory], _scratch.Directory, CancellationToken.None);
            return SourceFiles.Refuse(_scratch.PathOf("p.bpf.c"));
        }, TestContext.Current.CancellationToken);
        Assert.Null(await work.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }
}
