using System.Text;
using KfuncLsp.Frontend.Headers;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Explaining;

namespace KfuncLsp.Fuzz.Targets;

/// <summary>The files that say how a project is compiled and judged.</summary>
internal sealed class ConfigurationTarget : FuzzTarget
{
    private static readonly string[] s_names = [".kfunc-lsp.json", "compile_commands.json", ".clangd", "compile_flags.txt", "h.h"];

    private readonly string _directory = Directory.CreateTempSubdirectory("kfunc-lsp-fuzz-").FullName;
    private readonly CompileSettings _settings;
    private int _next;

    public ConfigurationTarget() =>
        _settings = new()
        {
            Host = new HostEnvironment { TargetArch = "x86", Multiarch = "x86_64-linux-gnu", SystemIncludes = [], CacheDirectory = Path.Combine(_directory, "cache") },
        };

    public override string Name => "configuration";

    public override IReadOnlyList<byte[]> Seeds { get; } = GoodInputs.Texts(
        """{"kernels": ["6.1", "6.12"], "compileFlags": {"add": ["-DX"], "remove": "-O*"}, "rules": {"KF0101": "off"}, "hints": {"rcu": false}, "exclude": ["a/**"], "vmlinux": "x"}""",
        """[{"directory": ".", "file": "a.bpf.c", "command": "clang -DONE -Xclang -load -c a.bpf.c -o 'x y'"}, {"directory": "/", "file": "b.c", "arguments": ["cc", "-I.", "b.c"]}]""",
        "CompileFlags:\n  Add: [-DX, '-I inc']\n  Remove: -W*\n  CompilationDatabase: build\n---\nIf:\n  PathMatch: .*\\.c\nCompileFlags: {Add: -DY}\n",
        "-DX\n# comment\n-I include\n-include h.h\n",
        "#pragma once\n#if defined(X) && !Y\n#include <a.h>\n#include \"b.h\"\n#define Z(a, ...) a ## \"\\\"\"\n#endif /* x */\n");

    public override Task TryAsync(byte[] input)
    {
        var name = s_names[_next++ % s_names.Length];
        var path = Path.Combine(_directory, name);
        File.WriteAllBytes(path, input);
        ConfigurationFile.Read(path);
        ConfigurationFile.ReadEditor(_directory, input, ProjectConfiguration.Empty);
        foreach (var command in CompileCommandResolver.Resolve(Path.Combine(_directory, "a.bpf.c"), _settings, "#include \"h.h\"\n"u8.ToArray()))
            if (command.Arguments.Any(a => a.StartsWith("-fplugin", StringComparison.Ordinal) || a is "-load" or "-plugin")) throw new FindException($"a flag came through: {string.Join(' ', command.Arguments)}");
        File.Delete(path);
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return default;
    }
}

/// <summary>Verifier logs that a person pastes.</summary>
internal sealed class LogTarget : FuzzTarget
{
    public override string Name => "log";

    public override IReadOnlyList<byte[]> Seeds { get; } = GoodInputs.Texts(
        "func#0 @0\n0: R1=ctx() R10=fp0\n; struct task_struct *p = bpf_task_from_pid(42); @ a.bpf.c:12\n0: (b7) r1 = 42\n1: (85) call bpf_task_from_pid#1234\n2: R0=ptr_or_null_task_struct(id=2,ref_obj_id=2) refs=2\n"
        + "2: (95) exit\nUnreleased reference id=2 alloc_insn=1\nprocessed 3 insns (limit 1000000) max_states_per_insn 0\n",
        "libbpf: prog 'f': BPF program load failed: Invalid argument\nlibbpf: prog 'f': -- BEGIN PROG LOAD LOG --\n0: (61) r0 = *(u32 *)(r1 +0)\nR1 invalid mem access 'scalar'\n-- END PROG LOAD LOG --\n");

    public override Task TryAsync(byte[] input)
    {
        VerifierLog.Read(Encoding.UTF8.GetString(input).Split('\n'));
        return Task.CompletedTask;
    }
}
