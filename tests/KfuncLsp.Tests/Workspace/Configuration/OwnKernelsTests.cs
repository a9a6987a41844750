using KfuncLsp.Frontend.Headers;
using KfuncLsp.Registry;
using KfuncLsp.Tests.Cli;
using KfuncLsp.Workspace.Configuration;
using Xunit;

namespace KfuncLsp.Tests.Workspace.Configuration;

/// <summary>Registries of the user's own, and the kernels that are judged for by them.</summary>
public sealed class OwnKernelsTests : IDisposable
{
    private static readonly HostEnvironment s_bare = new() { TargetArch = "x86", Multiarch = "x86_64-linux-gnu", CacheDirectory = "/nonexistent" };
    private static readonly KernelModel s_shipped = KernelModels.For(new(6, 12))!;

    private readonly Scratch _scratch = new();
    private int _reads;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void AFileIsReadOnceAndAgainWhenItChanges()
    {
        var own = new OwnKernels(Read);
        var file = _scratch.Write("a.json", "6.99");
        Assert.Equal(new KernelVersion(6, 99), Assert.Single(own.Read([file], null).Models).Model.Version);
        Assert.Equal(new KernelVersion(6, 99), Assert.Single(own.Read([file], null).Models).Model.Version);
        Assert.Equal(1, _reads);
        File.WriteAllText(file, "6.100");
        Assert.Equal(new KernelVersion(6, 100), Assert.Single(own.Read([file], null).Models).Model.Version);
        File.Delete(file);
        Assert.NotEmpty(own.Read([file], null).Errors);
        Assert.Equal(3, _reads);
    }

    [Fact]
    public void WithoutKernelsThoseOfTheRegistriesAreJudged()
    {
        var (old, young) = (_scratch.Write("old.json", "6.6"), _scratch.Write("young.json", "99.1"));
        var selection = Resolve([], young, old);
        Assert.Equal((("6.6", "99.1"), $"from {young}, {old}"), ((selection.Kernels[0].Name, selection.Kernels[1].Name), selection.Origin));
    }

    [Fact]
    public void ARegistryStandsForItsReleaseAndForNoOther()
    {
        var file = _scratch.Write("vendor.json", "6.12.0-vendor");
        var selection = Resolve(["6.12.7", "6.6"], file);
        Assert.Equal("vendor", Assert.Single(selection.Kernels[0].Models).Release);
        Assert.Equal(["6.1", "6.12"], selection.Kernels[1].Models.Select(m => m.Version.ToString()));
        Assert.DoesNotContain(selection.Kernels[1].Models, m => m.Release == "vendor");
        Assert.Equal($"The registry {file} is of 6.12, for which nothing is judged.", Assert.Single(Resolve(["7.3"], file).Notices));
    }

    [Fact]
    public void OneThatCannotBeReadIsAnErrorAndNothingIsJudgedWithoutIt()
    {
        var selection = Resolve(["6.12"], _scratch.PathOf("gone.json"));
        Assert.Empty(selection.Kernels);
        Assert.Contains("gone.json", Assert.Single(selection.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void APackedModuleSaysHowToUnpackIt()
    {
        var file = _scratch.PathOf("my.ko.xz");
        File.WriteAllBytes(file, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0x00, 0x04]);
        Assert.Equal($"{file}: is packed; unpack it first: xz -dk {file}", Assert.Single(Resolve([], file).Errors));
    }

    [Fact]
    public void TwoOfOneReleaseAreAnError() =>
        Assert.Contains("are both of 6.6", Assert.Single(Resolve([], _scratch.Write("a.json", "6.6"), _scratch.Write("b.json", "6.6.3")).Errors), StringComparison.Ordinal);

    private TargetSelection Resolve(string[] kernels, params string[] files) =>
        TargetKernels.Resolve(kernels, ProjectConfiguration.Empty with { Registries = [.. files] }, s_bare, new OwnKernels(Read));

    /// <summary>A registry is the release that it is of.</summary>
    private (KernelModel? Model, string? Error) Read(string path)
    {
        _reads++;
        return File.Exists(path) ? (s_shipped with { Version = KernelVersion.Parse(File.ReadAllText(path))!.Value.Series, Release = "vendor" }, null) : (null, $"{path}: no such file");
    }
}
