using System.Collections.Immutable;
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
              "vmlinux": "include", "btf": "/sys/kernel/btf/vmlinux", "registry": ["vendor.json", "~/mine.json"], "kernelTree": "../linux", "libclang": "/usr/lib/llvm-19/lib",
              "capabilities": ["CAP_BPF"],
              "exclude": ["third_party/**"],
              "rules": { "KF0101": "warning", "non-gpl-program": "off" },
              "hints": { "rcu": false },
              "completion": { "declaration": "weak" },
            }
            """);
        Assert.Empty(read.Problems);
        Assert.Equal(["6.1", "6.12"], read.Kernels);
        Assert.Equal(["-DX"], read.AddFlags);
        Assert.Equal(["-O*"], read.RemoveFlags);
        Assert.Equal(Path.Combine(_root, "include"), read.VmlinuxHeader);
        Assert.Equal("/sys/kernel/btf/vmlinux", read.Btf);
        Assert.Equal(Path.GetFullPath("../linux", _root), read.KernelTree);
        Assert.Equal([Path.Combine(_root, "vendor.json"), Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "mine.json")], read.Registries);
        Assert.Equal("/usr/lib/llvm-19/lib", read.CompileSettings.LibclangPath);
        Assert.Equal(["CAP_BPF"], read.Capabilities!.Value);
        Assert.Equal(("warning", "off"), (read.Rules["KF0101"], read.Rules["KF0705"]));
        Assert.Equal(new() { Rcu = false }, read.Hints);
        Assert.Equal(DeclarationStyle.Weak, read.Declarations);
        Assert.True(read.Excludes(Path.Combine(_root, "third_party/x/a.bpf.c")));
        Assert.False(read.Excludes(Path.Combine(_root, "src/a.bpf.c")));
    }

    [Theory]
    [InlineData("{\n  \"kernel\": \"6.12\" }", "2:3: unknown key 'kernel'; known are kernels, compileFlags, vmlinux, btf, registry, kernelTree, libclang, capabilities, exclude, rules, hints, completion")]
    [InlineData("{\n  \"Kernels\": { \"a\": [1, 2] }, \"rules\": {} }", "2:3: unknown key 'Kernels'; 'kernels' is meant")]
    [InlineData("{ \"kernels\": [\"6.12\", \"newest\"] }", "1:23: 'newest' is no kernel version; 6.12 is one")]
    [InlineData("{ \"kernels\": 6.12 }", "1:14: a string is expected here")]
    [InlineData("{ \"compileFlags\": [] }", "1:19: an object is expected here")]
    [InlineData("{ \"compileFlags\": { \"Add\": [\"x\"] } }", "1:21: unknown key 'Add'; 'add' is meant")]
    [InlineData("{ \"rules\": { \"KF0101\":\n\"loud\" } }", "2:1: one of error, warning, information, hint, off is expected here")]
    [InlineData("{ \"rules\": { \"KF9999\": \"off\" } }", "1:14: there is no rule 'KF9999'")]
    [InlineData("{ \"hints\": { \"rcu\": 1 } }", "1:21: true or false is expected here")]
    [InlineData("{ \"hints\": { \"types\": true } }", "1:14: unknown key 'types'; known are acquires, nullable, rcu, annotations")]
    [InlineData("{ \"completion\": { \"declaration\": \"strong\" } }", "1:34: one of plain, weak is expected here")]
    [InlineData("{ \"logFile\": \"x\" }", "1:3: unknown key 'logFile'; known are kernels, compileFlags, vmlinux, btf, registry, kernelTree, libclang, capabilities, exclude, rules, hints, completion")]
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
        foreach (var group in schema.EnumerateObject().Where(p => p.Value.TryGetProperty("properties", out _)))
        {
            var keys = Assert.Single(Read($$"""{"{{group.Name}}": { "?": 1 } }""").Problems).Message.Split("known are ")[1].Split(", ");
            Assert.Equal(keys.Order(), group.Value.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order());
        }
    }

    /// <summary>A value that the reader refuses is one that the schema refuses, and the other way round.</summary>
    [Theory]
    [InlineData("""{"kernels": ["6.12", "v7.3"]}""", true)]
    [InlineData("""{"kernels": "newest"}""", false)]
    [InlineData("""{"kernels": 6.12}""", false)]
    [InlineData("""{"compileFlags": {"add": "-DX", "remove": ["-O*"]}}""", true)]
    [InlineData("""{"compileFlags": []}""", false)]
    [InlineData("""{"vmlinux": "a", "btf": "b", "kernelTree": "c", "libclang": "/usr/d", "exclude": "e"}""", true)]
    [InlineData("""{"btf": 1}""", false)]
    [InlineData("""{"exclude": [1]}""", false)]
    [InlineData("""{"capabilities": ["CAP_BPF"]}""", true)]
    [InlineData("""{"capabilities": ["CAP_ALL"]}""", false)]
    [InlineData("""{"rules": {"KF0101": "hint"}}""", true)]
    [InlineData("""{"rules": {"KF0101": "loud"}}""", false)]
    [InlineData("""{"hints": {"rcu": false}}""", true)]
    [InlineData("""{"hints": {"rcu": "no"}}""", false)]
    [InlineData("""{"completion": {"declaration": "weak"}}""", true)]
    [InlineData("""{"completion": {"declaration": "strong"}}""", false)]
    public void The_schema_and_the_reader_take_the_same_values(string text, bool isRight)
    {
        var schema = new JsonSchema(JsonElement.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs/kfunc-lsp.schema.json"))));
        Assert.Equal(isRight, Read(text).Problems.IsEmpty);
        Assert.Equal(isRight, !schema.Validate(JsonElement.Parse(text)).Any());
    }

    [Fact]
    public void The_editor_wins_key_by_key()
    {
        Write(".kfunc-lsp.json", """{"kernels": "6.1", "vmlinux": "include", "rules": {"KF0101": "off", "KF0102": "hint"}, "hints": {"rcu": false}, "exclude": "a"}""");
        var read = Editor("""{"kernel": "7.3", "rules": {"KF0101": "warning"}, "hints": {"nullable": false}, "exclude": "b/*", "logFile": "log.txt"}""").For(_root + "/x.c");
        Assert.Equal(["7.3"], read.Kernels);
        Assert.Equal(ConfigurationFile.EditorSettingsName, read.KernelsFrom);
        Assert.Equal(Path.Combine(_root, "include"), read.VmlinuxHeader);
        Assert.Equal(("warning", "hint"), (read.Rules["KF0101"], read.Rules["KF0102"]));
        Assert.Equal(new() { Rcu = false, Nullable = false }, read.Hints);
        Assert.True(read.Excludes(_root + "/a/x.c") && read.Excludes(_root + "/b/x.c") && !read.Excludes(_root + "/c/b/x.c"));
        Assert.Equal(Path.Combine(_root, "log.txt"), read.LogFile);
        Assert.Empty(read.Problems);
    }

    [Theory]
    [InlineData("{\"oops\": 1}", "kfunc.oops: unknown key 'oops'; known are ")]
    [InlineData("{\"hints\": {\"rcu\": true, \"types\": {\"a\": []}}}", "kfunc.hints.types: unknown key 'types'; known are acquires")]
    [InlineData("{\"hints\": {\"rcu\": true}, \"kernels\": [\"six\"]}", "kfunc.kernels: 'six' is no kernel version")]
    [InlineData("{\"rules\": {\"KF0101\": 3}}", "kfunc.rules.KF0101: one of error")]
    public void A_mistake_in_the_editors_settings_is_told_by_its_key(string settings, string expected) =>
        Assert.StartsWith($"the editor's settings, {expected}", Assert.Single(Editor(settings).For(_root + "/x.c").Problems).ToString(), StringComparison.Ordinal);

    /// <summary>Whoever wrote the project's files must not decide what code is loaded; the person at the editor may.</summary>
    [Theory]
    [InlineData("lib/libclang.so")]
    [InlineData("../libclang.so")]
    [InlineData("/tmp/libclang.so")]
    [InlineData("/usr/../tmp/libclang.so")]
    [InlineData("~/libclang.so")]
    public void A_project_cannot_bring_its_own_libclang(string path)
    {
        var read = Read($$"""{ "libclang": "{{path}}", "kernels": "6.12" }""");
        Assert.Null(read.Libclang);
        Assert.Contains("1:15: a project's file may only name a libclang that is installed", Assert.Single(read.Problems).ToString());
        Assert.Equal(["6.12"], read.Kernels);

        var editor = Editor($$"""{"libclang": "{{path}}"}""").For(_root + "/x.c");
        Assert.NotNull(editor.Libclang);
    }

    /// <summary>Found by fuzzing.</summary>
    [Theory]
    [InlineData("{\"rules\": {\"KF0101\": \"o\u00ff\"}}")]
    [InlineData("{\"\u00d2\": 1}")]
    [InlineData("{\"kernels\": [\"\u00ff\"], \"libclang\": \"\u00d2\"}")]
    public void Bytes_that_are_no_text_are_a_mistake_like_another(string latin)
    {
        File.WriteAllBytes(Path.Combine(_root, ".kfunc-lsp.json"), System.Text.Encoding.Latin1.GetBytes(latin));
        Assert.NotEmpty(ConfigurationFile.FindFor(_root).Problems);
    }

    [Fact]
    public void A_project_where_programs_are_installed_cannot_either()
    {
        Assert.True(InstalledCode.IsInstalled("/opt/llvm/lib/libclang.so", "/w/.kfunc-lsp.json"));
        Assert.False(InstalledCode.IsInstalled("/opt/w/libclang.so", "/opt/w/.kfunc-lsp.json"));
        Assert.False(InstalledCode.IsInstalled("/usrlocal/libclang.so", "/w/.kfunc-lsp.json"));
    }

    [Fact]
    public void Each_workspace_folder_has_its_own_settings()
    {
        var settings = new EditorSettings
        {
            Everywhere = """{"kernels": "6.1"}"""u8.ToArray(),
            ByFolder = ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty.Add("/w/a", """{"kernels": "6.12", "btf": "vm"}"""u8.ToArray()).Add("/w", """{"kernels": "7.3"}"""u8.ToArray()),
        };
        var read = new ProjectConfigurations(() => settings);
        Assert.Equal(("6.12", "7.3", "7.3", "6.1"), (KernelOf("/w/a/x.c"), KernelOf("/w/ab/x.c"), KernelOf("/w/x.c"), KernelOf("/v/x.c")));
        Assert.Equal("/w/a/vm", read.For("/w/a/sub/x.c").Btf);

        string KernelOf(string path) => read.For(path).Kernels[0];
    }

    [Fact]
    public void Settings_are_read_again_when_told()
    {
        var settings = new EditorSettings();
        var read = new ProjectConfigurations(() => settings);
        Assert.Empty(read.For(_root + "/x.c").Kernels);
        settings = new() { Everywhere = """{"kernels": "6.1"}"""u8.ToArray() };
        Assert.Empty(read.For(_root + "/x.c").Kernels);
        read.Forget();
        Assert.Equal(["6.1"], read.For(_root + "/x.c").Kernels);
    }

    private ProjectConfigurations Editor(string settings) =>
        new(() => new() { ByFolder = ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty.Add(_root, System.Text.Encoding.UTF8.GetBytes(settings)) });

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
