using KfuncLsp.Extraction;
using KfuncLsp.Frontend.Headers;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Btf;
using KfuncLsp.Server.Cli;
using KfuncLsp.Tests.Cli;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Features;
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

    /// <summary>Nobody ever writes into these pipes: whoever opens one waits for good. A link to one, such as a repository can hold, is no better.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task APipeUnderASourcesNameHoldsNobodyUp(bool behindLinks)
    {
        if (OperatingSystem.IsWindows()) return;
        string[] names = ["p.bpf.c", "p.c", ".kfunc-lsp.json", ".clangd", "compile_commands.json", "h.h", "vmlinux.h", "bpf/bpf_helpers.h", "bpf/libbpf_version.h", "registry.json", "vmlinux-6.12", "config", "kernel/bpf/helpers.c"];
        foreach (var directory in new[] { "bpf", "kernel/bpf" }) Directory.CreateDirectory(_scratch.PathOf(directory));
        foreach (var name in names)
        {
            using (var make = OsProcess.Start("mkfifo", [_scratch.PathOf(behindLinks ? $"{name}-pipe" : name)])) make.WaitForExit();
            if (behindLinks) File.CreateSymbolicLink(_scratch.PathOf(name), _scratch.PathOf($"{name}-pipe"));
        }

        var source = _scratch.Write("a.bpf.c", "#include \"h.h\"\n#include \"vmlinux.h\"\n#include \"/dev/zero\"\n");

        var work = Task.Run(() =>
        {
            CompileCommandResolver.Resolve(source, CompileSettings.Default);
            ConfigurationFile.FindFor(source);
            SourceFinder.Find([_scratch.Directory], _scratch.Directory, CancellationToken.None);
            KernelDoc.Of(_scratch.Directory, "bpf_task_acquire", [KernelModels.All[^1]]);
            var kernels = new OwnKernels(RegistryFile.Read);
            Assert.Equal(2, kernels.Read([_scratch.PathOf("registry.json"), _scratch.PathOf("vmlinux-6.12")], null).Errors.Length);
            Assert.Contains("is empty", kernels.Complete(KernelModels.All[^1], [], (_scratch.PathOf("vmlinux-6.12"), "6.12")).Notice);
            Assert.Null(KernelConfig.Read(_scratch.PathOf("config")));
            BtfRelease.Of(_scratch.PathOf("vmlinux-6.12"), HostEnvironment.Current);
            return SourceFiles.Refuse(_scratch.PathOf("p.bpf.c"));
        }, TestContext.Current.CancellationToken);
        Assert.Null(await work.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }
}
