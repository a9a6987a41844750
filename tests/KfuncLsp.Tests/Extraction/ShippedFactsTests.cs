using KfuncLsp.Extraction;
using KfuncLsp.Extraction.Json;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.Extraction;

/// <summary>What is shipped is what the sources say: models from facts, facts from trees.</summary>
public sealed class ShippedFactsTests
{
    private static readonly string Folder = Repository.PathOf("src", "KfuncLsp.Registry", "Facts");
    private static readonly FactSources Sources = FactsFolder.Load(Folder).Sources!;

    [Fact]
    public void ModelsAreMadeFromTheFacts()
    {
        foreach (var (name, bytes) in FactsFolder.Pack(Sources))
            Assert.True(bytes.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(Folder, name))), $"{name} is stale: run `kfunc-lsp registry pack src/KfuncLsp.Registry/Facts`");
    }

    [Fact]
    public void AModelSurvivesItsBinaryForm()
    {
        foreach (var facts in Sources.Kernels)
        {
            var bytes = ModelWriter.Write(ModelBuilder.Build(facts, Sources));
            Assert.Equal(bytes, ModelWriter.Write(ModelReader.Read(new MemoryStream(bytes))));
        }
    }

    [Fact]
    public void EveryFlagHookAndTypeIsKnown()
    {
        foreach (var kfunc in Sources.Kernels.SelectMany(k => k.Kfuncs))
        {
            Assert.NotNull(kfunc.Prototype);
            Assert.All(kfunc.Sets.SelectMany(s => s.Flags), f => Assert.True(KernelNames.IsFlag(f), f));
            Assert.All(kfunc.Hooks, h => Assert.NotNull(KernelNames.Hook(h.Hook)));
        }

        Assert.All(Sources.Kernels.SelectMany(k => k.Sections), s => Assert.NotNull(KernelNames.ProgramType(s.ProgramType)));
        Assert.All(Sources.Kernels.SelectMany(k => k.ProgramHooks), h => Assert.NotNull(KernelNames.ProgramType(h.ProgramType)));
    }

    [Fact]
    public void EveryFilterOfATreeIsReducedExactly() =>
        Assert.DoesNotContain(Sources.Kernels.Where(k => k.Image is null).SelectMany(k => k.Kfuncs).Where(k => !k.Test).SelectMany(k => k.Filters), f => f.Inexact);

    [Fact]
    public void EveryFilterOfTheImageIsKnownExactly() =>
        Assert.DoesNotContain(Sources.Kernels.Where(k => k.Image is not null).SelectMany(k => k.Kfuncs).Where(k => !k.Test).SelectMany(k => k.Filters), f => f.Inexact);

    /// <summary>Rows of tables that an image does not show: whose they are is what a program was told by a kernel of that series.</summary>
    [Fact]
    public void EveryDecisionHoldsInTheShippedFacts()
    {
        foreach (var decision in Sources.Decisions)
        {
            var image = Assert.Single(Sources.Kernels, k => KernelVersion.Parse(k.Release)!.Value.Series == KernelVersion.Parse(decision.Series)).Image!;
            foreach (var row in decision.Rows)
                Assert.Contains(image.Decided, d => d.Table == decision.Table && d.Row == row && d.Program == decision.Program && d.Like.StartsWith(decision.Like + ".", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void WhatAnImageDoesNotSayIsMarked()
    {
        var image = Assert.Single(Sources.Kernels, k => k.Image is not null);
        Assert.Equal(("6.18.15", "7.2.12,6.12.117"), (image.Release, string.Join(',', image.Image!.Nearest)));
        Assert.All(image.Kfuncs, k => Assert.NotEmpty(k.Inferred));
        Assert.All(image.Kfuncs, k => Assert.Equal(k.Source.EndsWith("@6.18.15", StringComparison.Ordinal), k.Inferred.Any(i => i.StartsWith("hooks@", StringComparison.Ordinal))));
    }

    [Fact]
    public void EveryMessageIsPrintedBySomeKernel() =>
        Assert.Empty(Sources.Messages.SelectMany(m => m.Formats.Where(f => f.Where.IsEmpty).Select(f => $"{m.Condition}: {f.Format}")));

    [Fact]
    public void EveryTraitIsOneThatModelsHave() =>
        Assert.All(Sources.Behaviour.Traits, t => Assert.Contains(t.Trait, TraitTable.Known));

    [Fact]
    public void EveryReplacementExistsWhereItsPredecessorIsGone()
    {
        var newest = KernelModels.For(KernelModels.Versions[^1])!;
        foreach (var row in Sources.Behaviour.Replacements.Where(r => r.Replacement is not null)) Assert.NotNull(newest.FindKfunc(row.Replacement!));
    }

    /// <summary>Set KFUNC_LSP_KERNEL_TREES to kernel source trees, separated by colons, to extract the shipped facts anew.</summary>
    [Fact]
    public void TreesGiveTheShippedFactsByteForByte()
    {
        if (Environment.GetEnvironmentVariable("KFUNC_LSP_KERNEL_TREES") is not { Length: > 0 } trees)
        {
            TestContext.Current.SendDiagnosticMessage("not run: KFUNC_LSP_KERNEL_TREES names no kernel source tree");
            return;
        }

        foreach (var tree in trees.Split(':'))
        {
            var facts = TreeExtractor.Extract(tree).Facts!;
            var shipped = Path.Combine(Folder, $"{KernelVersion.Parse(facts.Release)!.Value.Series}.json");
            Assert.Equal(File.ReadAllText(shipped), FactsJson.Write(facts));
        }
    }
}
