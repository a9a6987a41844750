using KfuncLsp.Extraction;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Words;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.Registry.Words;

/// <summary>Every kfunc that is not a kernel test is described, and a description says only what some kernel bears out.</summary>
public sealed class KfuncDescriptionsTests
{
    private static readonly KfuncSignature[] Kfuncs = [.. KernelModels.All.SelectMany(m => m.Kfuncs.Values).Where(k => !k.IsTest)];
    private static readonly KfuncDescription[] Descriptions = [.. FactsFolder.Load(Repository.PathOf("src", "KfuncLsp.Registry", "Facts")).Sources!.Descriptions];

    [Fact]
    public void EveryKfuncIsDescribed() =>
        Assert.Empty(Kfuncs.Select(k => k.Name).Distinct().Where(n => KfuncDescriptions.Of(n) is null).Order(StringComparer.Ordinal));

    [Fact]
    public void EveryDescriptionIsOfAKfuncAndThereIsOneOfEach()
    {
        Assert.Empty(Descriptions.Select(d => d.Name).Except(Kfuncs.Select(k => k.Name)));
        Assert.Equal(Descriptions.Select(d => d.Name).Distinct(), Descriptions.Select(d => d.Name));
    }

    [Fact]
    public void TextsAreSentences() => Assert.Empty(
        from description in Descriptions
        from text in description.Beware.Append(description.Does).Concat(description.Returns is { } returns ? [returns] : [])
        where text.Length is < 5 or > 320 || text[^1] != '.' || char.IsAsciiLetterLower(text[0]) && !text.StartsWith("bpf_", StringComparison.Ordinal)
        select $"{description.Name}: {text}");

    [Fact]
    public void EveryDescribedArgumentIsAParameterOfSomeKernel() => Assert.Empty(
        from description in Descriptions
        from argument in description.Arguments.Keys
        where !Kfuncs.Any(k => k.Name == description.Name && k.Parameters.Any(p => KfuncDescription.BareName(p.Name) == argument))
        select $"{description.Name}: {argument}");

    /// <summary>A size of the argument before it says itself what it stands for; everything else is told.</summary>
    [Fact]
    public void EveryArgumentIsTold() => Assert.Empty(
        from kfunc in Kfuncs
        let description = KfuncDescriptions.Of(kfunc.Name)
        where description is not null
        from parameter in kfunc.Parameters
        where parameter.Class is not (KfuncArgClass.MemSize or KfuncArgClass.ConstMemSize or KfuncArgClass.ReturnBufSize) && description.Of(parameter) is null
        select $"{kfunc.Name}: {parameter.Name}");

    [Fact]
    public void EveryResultIsTold() => Assert.Empty(
        Kfuncs.Where(k => k.Return.Type.Kind != KfuncTypeKind.Void && KfuncDescriptions.Of(k.Name)?.Returns is null).Select(k => k.Name).Distinct());

    /// <summary>What follows from the facts is said once, by <see cref="KfuncWords"/>.</summary>
    [Fact]
    public void WhatTheFactsSayIsNotWrittenAgain() => Assert.Empty(
        from description in Descriptions
        from text in description.Beware.Append(description.Does)
        where text.Contains("must be released", StringComparison.Ordinal) || text.Contains("Check it before use", StringComparison.Ordinal)
        select $"{description.Name}: {text}");

    [Fact]
    public void WhatReturnsNothingHasNoResult() => Assert.Empty(
        Descriptions.Where(d => d.Returns is not null && Kfuncs.Where(k => k.Name == d.Name).All(k => k.Return.Type.Kind == KfuncTypeKind.Void)).Select(d => d.Name));

    [Theory]
    [InlineData("buffer__szk", "buffer")]
    [InlineData("p", "p")]
    [InlineData("__x", "__x")]
    [InlineData("fmt__str", "fmt")]
    public void ABareNameHasNoSuffix(string name, string bare) => Assert.Equal(bare, KfuncDescription.BareName(name));

    [Fact]
    public void DescriptionsSurviveTheirBinaryForm()
    {
        var bytes = KfuncDescriptions.Write(Descriptions);
        Assert.Equal(bytes, KfuncDescriptions.Write(KfuncDescriptions.Read(new MemoryStream(bytes))));
    }
}
