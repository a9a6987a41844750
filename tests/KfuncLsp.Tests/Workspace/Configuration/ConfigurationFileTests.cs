using System.Text.Json;
using KfuncLsp.Tests.Cli;
using KfuncLsp.Workspace.Configuration;
using Xunit;

namespace KfuncLsp.Tests.Workspace.Configuration;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly string _root = Path.GetFullPath(Directory.CreateTempSubdirectory("kfunc-lsp-test-").FullName);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Everything_is_read()
    {
        var read = Read("""
            {
              "$schema": "docs/kfunc-lsp.schema.json",
              // the kernels of our fleet
              "kernels": ["6.1", "6.12"],
              "compileFlags": { "add": ["-DX"], "remove": "-O*" },
              "vmlinux": "include", "btf": "/sys/kernel/btf/vmlinux", "kernelTree": "../linux", "libclang": "lib/libclang.so",
              "capabilities": ["CAP_BPF"],
              "exclude": ["third_party/**"],
              "rules": { "KF0101": "warning", "missing-licence": "off" },
            }
            """);
        Assert.Empty(read.Problems);
        Assert.Equal(["6.1", "6.12"], read.Kernels);
        Assert.Equal(["-DX"], read.AddFlags);
        Assert.Equal(["-O*"], read.RemoveFlags);
        Assert.Equal(Path.Combine(_root, "include"), read.VmlinuxHeader);
        Assert.Equal("/sys/kernel/btf/vmlinux", read.Btf);
        Assert.Equal(Path.GetFullPath("../linux", _root), read.KernelTree);
        Assert.Equal(Path.Combine(_root, "lib/libclang.so"), read.CompileSettings.LibclangPath);
        Assert.Equal(["CAP_BPF"], read.Capabilities!.Value);
        Assert.Equal(("warning", "off"), (read.Rules["KF0101"], read.Rules["missing-licence"]));
        Assert.True(read.Excludes(Path.Combine(_root, "third_party/x/a.bpf.c")));
        Assert.False(read.Excludes(Path.Combine(_root, "src/a.bpf.c")));
    }

    [Theory]
    [InlineData("{\n  \"kernel\": \"6.12\" }", "2:3: unknown key 'kernel'; known are kernels, compileFlags, vmlinux, btf, kernelTree, libclang, capabilities, exclude, rules")]
    [InlineData("{\n  \"Kernels\": { \"a\": [1, 2] }, \"rules\": {} }", "2:3: unknown key 'Kernels'; 'kernels' is meant")]
    [InlineData("{ \"kernels\": [\"6.12\", \"newest\"] }", "1:23: 'newest' is no kernel version; 6.12 is one")]
    [InlineData("{ \"kernels\": 6.12 }", "1:14: a string is expected here")]
    [InlineData("{ \"compileFlags\": [] }", "1:19: an object is expected here")]
    [InlineData("{ \"compileFlags\": { \"Add\": [\"x\"] } }", "1:21: unknown key 'Add'; 'add' is meant")]
    [InlineData("{ \"rules\": { \"KF0101\":\n\"loud\" } }", "2:1: one of error, warning, information, hint, off is expected here")]
    [InlineData("{ \"capabilities\": \"CAP_ALL\" }", "1:19: 'CAP_ALL' is not one of CAP_BPF, CAP_PERFMON, CAP_SYS_BOOT, CAP_SYS_ADMIN, CAP_NET_ADMIN")]
    [InlineData("{ \"btf\": null }", "1:10: a path is expected here")]
    [InlineData("[]", "1:1: an object is expected here")]
    public void A_mistake_is_told_where_it_stands(string text, string expected) =>
        Assert.Equal($"{_root}/.kfunc-lsp.json:{expected}", Assert.Single(Read(text).Problems).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("{ \"kernels\": ")]
    [InlineData("{} {}")]
    [InlineData("\0\u0001 binary")]
    public void What_is_no_JSON_is_told(string text) => Assert.Contains("not JSON", Assert.Single(Read(text).Problems).Message);

    [Fact]
    public void What_stands_before_a_mistake_holds()
    {
        var read = Read("{ \"kernels\": \"6.12\", \"oops\": [[{}]], \"vmlinux\": \"x\", \"exclude\": [");
        Assert.Equal(["6.12"], read.Kernels);
        Assert.NotNull(read.VmlinuxHeader);
        Assert.Equal(2, read.Problems.Length);
    }

    [Fact]
    public void The_nearest_file_upwards_is_used()
    {
        Write(".kfunc-lsp.json", """{"kernels": "6.1"}""");
        Write("a/.kfunc-lsp.json", """{"kernels": "6.12"}""");
        Write("a/b/x.bpf.c", "");
        Assert.Equal(["6.12"], ConfigurationFile.FindFor(Path.Combine(_root, "a/b/x.bpf.c")).Kernels);
        Assert.Equal(["6.12"], ConfigurationFile.FindFor(Path.Combine(_root, "a")).Kernels);
        Assert.Equal(["6.1"], ConfigurationFile.FindFor(Path.Combine(_root, "x.bpf.c")).Kernels);
    }

    [Theory]
    [InlineData("*.bpf.c", "a/b.bpf.c", true)]
    [InlineData("build", "a/build/x.c", true)]
    [InlineData("a/*.c", "a/b.c", true)]
    [InlineData("a/*.c", "a/b/c.c", false)]
    [InlineData("a/**/c.c", "a/c.c", true)]
    [InlineData("a/**/c.c", "a/b/d/c.c", true)]
    [InlineData("/a", "b/a/x.c", true)]
    [InlineData("x/a", "b/x/a", false)]
    [InlineData("", "a", false)]
    public void Patterns_match(string pattern, string path, bool expected) => Assert.Equal(expected, PathPattern.Matches(pattern, path));

    /// <summary>The published schema names exactly the keys that are read.</summary>
    [Fact]
    public void The_schema_and_the_reader_agree()
    {
        var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs/kfunc-lsp.schema.json"))).RootElement.GetProperty("properties");
        var problem = Assert.Single(Read("""{"?": 1}""").Problems).Message;
        Assert.Equal(problem.Split("known are ")[1].Split(", ").Order(), schema.EnumerateObject().Select(p => p.Name).Where(n => n != "$schema").Order());
    }

    private ProjectConfiguration Read(string text)
    {
        Write(".kfunc-lsp.json", text);
        return ConfigurationFile.FindFor(_root);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
