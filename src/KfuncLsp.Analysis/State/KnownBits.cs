namespace KfuncLsp.Analysis.State;

/// <summary>Bits of a number that tests have found clear or set.</summary>
/// <remarks>The compiler makes one of two tests of a bit; the verifier keeps nothing of the number itself.</remarks>
internal readonly record struct KnownBits(long Clear, long Set)
{
    /// <summary>What is known besides where the bits of a mask are 0, or not all of them are.</summary>
    public KnownBits With(long mask, bool isZero) =>
        isZero ? this with { Clear = Clear | mask } : (mask & (mask - 1)) == 0 ? this with { Set = Set | mask } : this;

    /// <summary>Whether these are known of another number, too.</summary>
    public bool AreOf(KnownBits other) => (Clear & ~other.Clear) == 0 && (Set & ~other.Set) == 0;

    public override string ToString() => $"{Set:x}/{Clear:x}";
}
