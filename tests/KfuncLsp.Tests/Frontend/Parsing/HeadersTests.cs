using KfuncLsp.Frontend.Headers;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Frontend.Process;
using KfuncLsp.Ir;
using Xunit;

namespace KfuncLsp.Tests.Frontend.Parsing;

/// <summary>Headers that we make ourselves: vmlinux.h from BTF, and additions to old libbpf headers.</summary>
public sealed class HeadersTests : IDisposable
{
    private const string OldHelpers = """
        #define SEC(name) __attribute__((section(name), used))
        #define __ksym __attribute__((section(".ksyms")))
        #define __kptr __attribute__((btf_type_tag("kptr")))

        """;

    private readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_missing_vmlinux_is_made_once_from_the_running_kernel_s_BTF()
    {
        WithRunningKernel().With("a.bpf.c", "#include \"vmlinux.h\"")
            .WithTool("bpftool", "echo run >> \"$(dirname \"$0\")/runs\"; test \"$*\" = \"btf dump file $(dirname \"$0\")/../btf format c\" && echo 'typedef int u32;'");
        var command = _project.Resolve("a.bpf.c");
        var header = Path.Combine(_project.Cache, "vmlinux/6.12.94+deb13-amd64/vmlinux.h");
        Assert.Equal("typedef int u32;\n", File.ReadAllText(header));
        Assert.Contains($"-I{Path.GetDirectoryName(header)}", command.Arguments);
        var issue = Assert.Single(command.Issues);
        Assert.Equal(UnitIssueKind.Vmlinux, issue.Kind);
        Assert.Equal($"vmlinux.h was not found in the project; it was made from the running kernel's BTF (6.12.94+deb13-amd64): {header}", issue.Message);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(header)!));

        Assert.Empty(_project.Resolve("a.bpf.c").Issues);
        Assert.Contains(_project.Resolve("a.bpf.c").Notes, n => n.Contains("made earlier"));
        Assert.Single(File.ReadAllLines(_project.Path_("../bin/runs")));

        // Another kernel under the same release.
        _project.With("../btf", "another kernel");
        _project.Resolve("a.bpf.c");
        Assert.Equal(2, File.ReadAllLines(_project.Path_("../bin/runs")).Length);
    }

    [Fact]
    public void A_tool_beside_the_sources_is_not_run() =>
        Assert.Equal(["/usr/bin", "/bin"], HostEnvironment.DirectoriesOf(string.Join(Path.PathSeparator, "", ".", "bin", "/usr/bin", "../x", "/bin", "")));

    [Fact]
    public void The_configured_BTF_comes_first()
    {
        WithRunningKernel().With("a.bpf.c", "#include \"vmlinux.h\"").With("my.btf", "x").WithTool("bpftool", "echo \"/* $4 */\"");
        _project.Settings = _project.Settings with { Btf = _project.Path_("my.btf") };
        var directory = Assert.Single(_project.Resolve("a.bpf.c").Arguments, a => a.Contains("/vmlinux/"))[2..];
        Assert.Equal($"/* {_project.Path_("my.btf")} */\n", File.ReadAllText(Path.Combine(directory, "vmlinux.h")));
    }

    [Theory]
    [InlineData(null, "bpftool is not installed to make it. Install bpftool (Debian: apt install bpftool), or run where it is: bpftool btf dump file ")]
    [InlineData("echo 'no BTF here' >&2; exit 1", "no BTF here")]
    [InlineData("exit 0", "it wrote nothing")]
    [InlineData("echo half; exit 7", "exit code 7")]
    public void What_hinders_is_told_and_nothing_half_is_kept(string? bpftool, string expected)
    {
        WithRunningKernel().With("a.bpf.c", "#include \"vmlinux.h\"");
        if (bpftool is not null) _project.WithTool("bpftool", bpftool);
        Assert.Contains(expected, Assert.Single(_project.Resolve("a.bpf.c").Issues).Message);
        Assert.DoesNotContain(Directory.EnumerateFiles(_project.Cache, "*", SearchOption.AllDirectories), f => f.Contains("/vmlinux/"));
    }

    [Fact]
    public void Without_BTF_the_message_names_the_command()
    {
        _project.With("a.bpf.c", "#include \"vmlinux.h\"").WithTool("bpftool", "exit 0");
        Assert.EndsWith("run: bpftool btf dump file /sys/kernel/btf/vmlinux format c > vmlinux.h", Assert.Single(_project.Resolve("a.bpf.c").Issues).Message);
    }

    [Fact]
    public void A_vmlinux_of_the_project_is_never_replaced()
    {
        WithRunningKernel().With("a.bpf.c", "#include \"vmlinux.h\"").With("include/vmlinux.h", "").WithTool("bpftool", "echo x");
        Assert.Empty(_project.Resolve("a.bpf.c").Issues);
        Assert.Contains(_project.Resolve("a.bpf.c").Notes, n => n == $"vmlinux.h: {_project.Path_("include/vmlinux.h")}");
    }

    [Fact]
    public void What_old_headers_lack_is_one_issue_that_names_the_version()
    {
        WithLibbpf("1", OldHelpers).With("a.bpf.c", "#include <bpf/bpf_helpers.h>\nint f(void *p __arg_ctx) { int i; bpf_for(i, 0, 3) {} /* __uptr */ return 0; }");
        var issue = Assert.Single(_project.Resolve("a.bpf.c").Issues);
        Assert.Equal(UnitIssueKind.MissingMacro, issue.Kind);
        var place = _project.Path_("../usr/include/bpf");
        Assert.Equal($"libbpf's headers (1.1) in {place} lack __arg_ctx, bpf_for: libbpf 1.4 or newer has them. Our own definition of __arg_ctx, bpf_for is used.", issue.Message);
    }

    [Fact]
    public void What_the_user_defines_is_not_lacking()
    {
        WithLibbpf("1", OldHelpers).With("my.h", "#define bpf_for(i, a, b) for (i = a; i < b; i++)")
            .With("a.bpf.c", "#include <bpf/bpf_helpers.h>\n#include \"my.h\"\nint f(void) { int i; bpf_for(i, 0, 3) {} return 0; }");
        Assert.Empty(_project.Resolve("a.bpf.c").Issues);
    }

    /// <summary>Every name that we say we provide is defined, by real parsing beside old headers, and the user's own definition wins.</summary>
    [Fact]
    public async Task The_additions_work_beside_old_headers_and_the_user_s_win()
    {
        var uses = string.Concat(CompatHeaders.Provided.Order().Select(name => $"#ifndef {name}\n#error {name} is not defined\n#endif\n"));
        WithLibbpf("1", OldHelpers + "#define __uptr __attribute__((btf_type_tag(\"theirs\")))\n").With("a.bpf.c", uses.Insert(0, """
            typedef unsigned int __u32;
            struct bpf_iter_num { unsigned long long opaque; };
            struct task_struct { int pid; };
            #include <bpf/bpf_helpers.h>
            extern void *bpf_rdonly_cast(void *obj, __u32 id) __ksym;
            extern struct task_struct *bpf_task_from_pid(int pid) __ksym __attribute__((weak));
            struct value { struct task_struct __uptr *task; } value;
            SEC("tc") int f(void *ctx)
            {
            	int i, j, sum = 0;
            	bpf_for(i, 0, 10) { bpf_for(j, i, 10) { if (j == 7) break; sum += j; } }
            	bpf_repeat(3) sum++;
            	return bpf_ksym_exists(bpf_task_from_pid) ? sum : 0;
            }

            """));
        // The machine's own headers stay out.
        _project.Settings = _project.Settings with { ExtraArguments = ["-nostdinc", "-isystem", _project.Path_("../usr/include")] };
        await using var source = new InProcessUnitSource();
        var command = _project.Resolve("a.bpf.c");
        var unit = await source.ParseAsync(new UnitRequest(command.File, null, command.Arguments), default);
        Assert.Empty(unit.Issues);

        var calls = unit.FindFunction("f")!.Blocks.SelectMany(b => b.Instructions).OfType<Call>().Select(c => c.Callee.ToString()).Distinct().Order();
        Assert.Equal(["bpf_iter_num_destroy", "bpf_iter_num_new", "bpf_iter_num_next"], calls);
        var field = Assert.IsType<PointerType>(unit.Structs["value"].Fields[0].Type);
        Assert.Equal(["theirs"], field.Tags);
    }

    /// <summary>A libclang package without its headers, and no libc: what programs include of them is there all the same.</summary>
    [Fact]
    public async Task Headers_of_an_incomplete_installation_are_stood_in_for()
    {
        _project.With("a.bpf.c", """
            #include <stddef.h>
            #include <stdbool.h>
            #include <stdarg.h>
            #include <stdint.h>
            #include <gnu/stubs-32.h>
            struct s { char c; uint64_t x; };
            bool f(size_t n) { return n == offsetof(struct s, x) ? true : false; }
            """);
        _project.Settings = _project.Settings with { ExtraArguments = ["-nostdlibinc", "-nobuiltininc"] };
        await using var source = new InProcessUnitSource();
        var command = _project.Resolve("a.bpf.c");
        var unit = await source.ParseAsync(new UnitRequest(command.File, null, command.Arguments), default);
        Assert.Empty(unit.Issues);
        Assert.Null(unit.FindFunction("f")!.NotLowered);
    }

    private TestProject WithRunningKernel()
    {
        _project.With("../btf", "the running kernel");
        _project.Settings = _project.Settings with
        {
            // Spelled as the script sees it.
            Host = _project.Settings.Host with { RunningBtf = _project.Settings.Host.ToolDirectories[0] + "/../btf", RunningRelease = "6.12.94+deb13-amd64" },
        };
        return _project;
    }

    private TestProject WithLibbpf(string minor, string helpers) => _project
        .WithSystem("bpf/bpf_helpers.h", $"#ifndef __BPF_HELPERS__\n#define __BPF_HELPERS__\n{helpers}#endif\n")
        .WithSystem("bpf/libbpf_version.h", $"#define LIBBPF_MAJOR_VERSION 1\n#define LIBBPF_MINOR_VERSION {minor}\n");
}
