using KfuncLsp.Registry;
using KfuncLsp.Registry.Words;
using Xunit;

namespace KfuncLsp.Tests.Registry.Words;

/// <summary>A page is made once for each kernel and hook, and is the one that is made without keeping it.</summary>
public sealed class KfuncPagesTests
{
    private static readonly List<KernelModel> s_models = [.. KernelModels.Versions.Select(KernelModels.For).OfType<KernelModel>()];

    [Fact]
    public void APageIsMadeOnceForEachKernelAndHook()
    {
        var pages = new KfuncPages(s_models);
        var made = new HashSet<KfuncPage>(ReferenceEqualityComparer.Instance);
        foreach (var model in s_models)
        {
            if (model.FindKfunc("bpf_task_acquire") is not { } kfunc) continue;
            foreach (var hook in new KfuncHook?[] { null, KfuncHook.Tracing, KfuncHook.Syscall })
            {
                var page = pages.Of(kfunc, model, hook);
                Assert.Same(page, pages.Of(kfunc, model, hook));
                Assert.True(made.Add(page), $"the page of {model.Version} for {hook} is another's");
            }
        }

        Assert.NotEmpty(made);
    }
}
