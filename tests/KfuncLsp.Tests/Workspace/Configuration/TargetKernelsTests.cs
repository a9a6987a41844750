using KfuncLsp.Frontend.Headers;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Configuration;
using Xunit;

namespace KfuncLsp.Tests.Workspace.Configuration;

public sealed class TargetKernelsTests : IDisposable
{
    private static readonly HostEnvironment s_bare = new() { TargetArch = "x86", Multiarch = "x86_64-linux-gnu", CacheDirectory = "/nonexistent" };
    private static readonly HostEnvironment s_host = s_bare with { RunningBtf = "/sys/kernel/btf/vmlinux", RunningRelease = "6.12.94+deb13-amd64" };

    private readonly string _root = Directory.CreateTempSubdirectory("kfunc-lsp-test-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Each_source_gives_way_to_the_one_before()
    {
        var configured = ProjectConfiguration.Empty with { File = "/p/.kfunc-lsp.json", Kernels = ["6.1"], Btf = s_host.RunningBtf };
        Check("6.1,7.3 (as asked for)", ["6.1,7.3"], configured, s_host);
        Check("6.1,7.3 (as asked for)", ["6.1", "7.3", "6.1"], configured, s_host);
        Check("6.1 (from /p/.kfunc-lsp.json)", [], configured, s_host);
        Check("6.12 (the BTF in /sys/kernel/btf/vmlinux)", [], configured with { Kernels = [] }, s_host);
        Check("6.12 (the running kernel, 6.12.94+deb13-amd64)", [], ProjectConfiguration.Empty, s_host);
        Check($"{KernelModels.Versions[^1]} (the newest model)", [], ProjectConfiguration.Empty, s_host with { RunningBtf = null });
        Check($"{KernelModels.Versions[^1]} (the newest model)", [], ProjectConfiguration.Empty, s_bare);
    }

    [Fact]
    public void A_kernel_without_a_model_is_judged_by_both_neighbours()
    {
        var selection = TargetKernels.Resolve(["6.6"], ProjectConfiguration.Empty, s_bare, OwnKernels.None);
        Assert.Equal(["6.1", "6.12"], selection.Kernels[0].Models.Select(m => m.Version.ToString()));
        Assert.Equal("There is no model of 6.6: it is judged by 6.1 and 6.12, and only what holds in both is told.", Assert.Single(selection.Notices));
    }

    [Fact]
    public void A_kernel_newer_than_all_is_judged_by_the_newest()
    {
        var newest = KernelModels.Versions[^1];
        var selection = TargetKernels.Resolve([$"{newest.Major}.{newest.Minor + 1}"], ProjectConfiguration.Empty, s_bare, OwnKernels.None);
        Assert.Equal(newest, Assert.Single(selection.Kernels[0].Models).Version);
        Assert.Contains("newer than all", Assert.Single(selection.Notices));
    }

    [Fact]
    public void A_patch_level_is_kept_in_the_name_and_has_its_series_model()
    {
        var kernel = Assert.Single(TargetKernels.Resolve(["6.12.117"], ProjectConfiguration.Empty, s_bare, OwnKernels.None).Kernels);
        Assert.Equal("6.12.117", kernel.Name);
        Assert.Equal("6.12", Assert.Single(kernel.Models).Version.ToString());
    }

    [Theory]
    [InlineData("newest", "'newest' is no kernel version; 6.12 is one.")]
    [InlineData("5.10", "Kernel 5.10 is older than the oldest model: 6.1, ")]
    [InlineData("99.1", "Kernel 99.1 is not known: 6.1, ")]
    [InlineData(",", "No kernel was named.")]
    public void A_kernel_that_cannot_be_judged_is_an_error(string text, string expected)
    {
        var selection = TargetKernels.Resolve([text], ProjectConfiguration.Empty, s_host, OwnKernels.None);
        Assert.StartsWith(expected, Assert.Single(selection.Errors));
        Assert.Empty(selection.Kernels);
    }

    [Fact]
    public void A_running_kernel_that_is_too_old_is_passed_over_and_that_is_said()
    {
        var selection = TargetKernels.Resolve([], ProjectConfiguration.Empty, s_host with { RunningRelease = "5.10.0-30-amd64" }, OwnKernels.None);
        Assert.Equal("the newest model", selection.Origin);
        Assert.Contains("5.10 is older", Assert.Single(selection.Notices));
    }

    [Theory]
    [InlineData("vmlinux", "6.12")]
    [InlineData("vmlinux-6.1.0-44-amd64", "6.12")]
    public void The_banner_of_a_vmlinux_tells_its_kernel(string name, string expected)
    {
        // The banner stands across the border of two reads.
        var path = Path.Combine(_root, name);
        File.WriteAllBytes(path, [.. new byte[(1 << 20) - 7], .. "Linux version \0Linux version 6.12.94+deb13-amd64 (builder)\0"u8, .. new byte[100]]);
        Check($"{expected} (the BTF in {path})", [], ProjectConfiguration.Empty with { Btf = path }, s_host);
    }

    [Fact]
    public void Else_its_path_does_and_else_nothing()
    {
        var named = Path.Combine(_root, "vmlinux-6.1.0-44-amd64");
        File.WriteAllBytes(named, [1, 2, 3]);
        Check($"6.1 (the BTF in {named})", [], ProjectConfiguration.Empty with { Btf = named }, s_host);

        var selection = TargetKernels.Resolve([], ProjectConfiguration.Empty with { Btf = "/boot/kernel.btf" }, s_bare, OwnKernels.None);
        Assert.Contains("does not tell", Assert.Single(selection.Notices));
    }

    private static void Check(string expected, string[] explicitly, ProjectConfiguration configuration, HostEnvironment host)
    {
        var selection = TargetKernels.Resolve(explicitly, configuration, host, OwnKernels.None);
        Assert.Empty(selection.Errors);
        Assert.Equal(expected, $"{string.Join(',', selection.Kernels.Select(k => k.Name))} ({selection.Origin})");
    }
}
