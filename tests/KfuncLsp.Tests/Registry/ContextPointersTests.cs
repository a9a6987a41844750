using System.Text;
using KfuncLsp.Frontend.Headers;
using KfuncLsp.Frontend.Lowering;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using Xunit;

namespace KfuncLsp.Tests.Registry;

/// <summary>The one table of offsets that is written by hand, held against the header of the machine.</summary>
public sealed class ContextPointersTests
{
    [Fact]
    public void OffsetsAreThoseOfTheHeader() =>
        Assert.Empty(Compile(ContextPointers.All.SelectMany(r => r.Pointers.Select(p => (r.Struct, p.Name, p.Offset)))));

    [Fact]
    public void AWrongOffsetWouldBeSeen() => Assert.NotEmpty(Compile([("xdp_md", "data_end", 8)]));

    [Fact]
    public void TheContextsAreThoseThatModelsHave()
    {
        var contexts = KernelModels.All.SelectMany(m => m.Contexts.Values).Select(c => c.BpfName).ToHashSet(StringComparer.Ordinal);
        Assert.All(ContextPointers.All, r => Assert.Contains(r.Struct, contexts));
    }

    [Fact]
    public void WhatIsNoPointerHasNoName() =>
        Assert.Equal(("sk", "", ""), (ContextPointers.NameAt("__sk_buff", 168), ContextPointers.NameAt("__sk_buff", 0), ContextPointers.NameAt("pt_regs", 0)));

    private static IEnumerable<UnitIssue> Compile(IEnumerable<(string Struct, string Member, long Offset)> members)
    {
        var text = new StringBuilder("#include <linux/bpf.h>\n");
        foreach (var (owner, member, offset) in members) text.Append($"_Static_assert(__builtin_offsetof(struct {owner}, {member}) == {offset}, \"{owner}.{member}\");\n");
        var (unit, error) = TranslationUnit.Parse("/nowhere/own.bpf.c", Encoding.UTF8.GetBytes(text.ToString()), ["-target", "bpf", "-I", $"/usr/include/{HostEnvironment.Current.Multiarch}"]);
        using (unit) return unit is null ? throw new InvalidOperationException(error) : [.. UnitLowering.Lower(unit).Issues];
    }
}
