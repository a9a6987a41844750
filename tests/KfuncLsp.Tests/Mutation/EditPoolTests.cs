using KfuncLsp.Mutation.Comparing;
using KfuncLsp.Mutation.Editing;
using KfuncLsp.Registry;
using Xunit;

namespace KfuncLsp.Tests.Mutation;

/// <summary>In what order edits are taken.</summary>
public sealed class EditPoolTests
{
    private static readonly EditKind s_many = Kind("many", 5), s_few = Kind("few", 2), s_none = Kind("none", 0);

    [Fact]
    public void KindsTakeTurnsUntilEachHasNone()
    {
        var taken = Pool(1).Take(new HashSet<EditKind> { s_many, s_few, s_none }).ToList();
        Assert.Equal(["many", "few", "many", "few", "many", "many", "many"], taken.Select(m => m.Kind.Name));
        Assert.Equal(Enumerable.Range(0, 7), taken.Select(m => m.Number));
    }

    [Fact]
    public void WhatWasTakenIsGone()
    {
        var pool = Pool(1);
        var first = pool.Take(pool.KindsLeft).Take(4).Select(m => m.Text).ToList();
        Assert.Equal([s_many], pool.KindsLeft);
        Assert.Empty(first.Intersect(pool.Take(pool.KindsLeft).Select(m => m.Text)));
        Assert.Empty(pool.KindsLeft);
    }

    [Fact]
    public void TheSeedDecidesTheOrder()
    {
        Assert.Equal(Texts(3), Texts(3));
        Assert.Contains(Enumerable.Range(4, 20), seed => !Texts(seed).SequenceEqual(Texts(3)));
    }

    private static List<string> Texts(int seed) => [.. Pool(seed).Take(new HashSet<EditKind> { s_many }).Select(m => m.Text)];

    private static EditPool Pool(int seed) =>
        EditPool.Of([s_many, s_few, s_none], ["one.bpf.c"], _ => EditKindTests.Tree, KernelModels.For(new(6, 12))!, new Random(seed));

    private static EditKind Kind(string name, int count) =>
        new(name, _ => Enumerable.Range(0, count).Select(i => new Edit($"{name} {i}", new Replacement(0, 0, $"/* {name} {i} */"))));
}
