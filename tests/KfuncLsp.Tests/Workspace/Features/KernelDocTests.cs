using KfuncLsp.Registry;
using KfuncLsp.Tests.Cli;
using KfuncLsp.Workspace.Features;
using Xunit;

namespace KfuncLsp.Tests.Workspace.Features;

/// <summary>The user's own tree speaks for itself.</summary>
public sealed class KernelDocTests
{
    private const string Source = """
        /* not kernel-doc: bpf_task_acquire */
        /**
         * bpf_task_acquire_more() - Another one.
         */
        /**
         * bpf_task_acquire() - Hold on to it.
         * @p: what to hold
         *
         *   indented
         */
        struct task_struct *bpf_task_acquire(struct task_struct *p)
        """;

    [Fact]
    public void TheCommentThatBeginsWithTheNameIsTheOne() =>
        Assert.Equal("bpf_task_acquire() - Hold on to it.\n@p: what to hold\n\n  indented", KernelDoc.Find(Source, "bpf_task_acquire"));

    [Theory]
    [InlineData("bpf_task")]
    [InlineData("bpf_task_release")]
    public void OtherNamesHaveNone(string name) => Assert.Null(KernelDoc.Find(Source, name));

    [Fact]
    public void ACommentThatDoesNotEndIsNone() => Assert.Null(KernelDoc.Find("/**\n * f() - x", "f"));

    [Fact]
    public void TheTreeIsReadWhereAKernelHasTheKfunc()
    {
        using var tree = new Scratch();
        Assert.Null(KernelDoc.Of(tree.Directory, "bpf_task_acquire", KernelModels.All));
        var path = tree.Write("kernel/bpf/helpers.c", Source);
        Assert.Equal("kernel/bpf/helpers.c", KernelDoc.Of(tree.Directory, "bpf_task_acquire", KernelModels.All)?.File);
        File.WriteAllText(path, Source.Replace("Hold on to it", "Changed", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));
        Assert.Contains("Changed", KernelDoc.Of(tree.Directory, "bpf_task_acquire", KernelModels.All)?.Text, StringComparison.Ordinal);
    }
}
