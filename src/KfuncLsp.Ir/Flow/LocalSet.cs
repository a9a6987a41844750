using System.Collections;

namespace KfuncLsp.Ir;

/// <summary>A set of locals of one function, or of what else is numbered in it, one bit each.</summary>
public sealed class LocalSet : IEnumerable<int>, IEquatable<LocalSet>
{
    private readonly ulong[] _words;

    internal LocalSet(int size) => _words = new ulong[(size + 63) / 64];

    public bool Contains(int local) => (_words[local >> 6] >> (local & 63) & 1) != 0;

    public bool Equals(LocalSet? other) => other is not null && _words.AsSpan().SequenceEqual(other._words);
    public override bool Equals(object? obj) => Equals(obj as LocalSet);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var word in _words) hash.Add(word);
        return hash.ToHashCode();
    }

    /// <summary>The locals in ascending order.</summary>
    public IEnumerator<int> GetEnumerator()
    {
        for (var i = 0; i < _words.Length; i++)
            for (var word = _words[i]; word != 0; word &= word - 1)
                yield return i * 64 + System.Numerics.BitOperations.TrailingZeroCount(word);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(int local) => _words[local >> 6] |= 1UL << (local & 63);

    internal void Remove(int local) => _words[local >> 6] &= ~(1UL << (local & 63));

    internal void UnionWith(LocalSet other)
    {
        for (var i = 0; i < _words.Length; i++) _words[i] |= other._words[i];
    }

    internal void IntersectWith(LocalSet other)
    {
        for (var i = 0; i < _words.Length; i++) _words[i] &= other._words[i];
    }

    internal void ExceptWith(LocalSet other)
    {
        for (var i = 0; i < _words.Length; i++) _words[i] &= ~other._words[i];
    }
}
