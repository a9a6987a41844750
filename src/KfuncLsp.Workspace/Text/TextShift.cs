namespace KfuncLsp.Workspace.Text;

/// <summary>Carries a place from one text to another, over the one stretch in which they differ.</summary>
/// <remarks>Units: bytes.</remarks>
internal readonly struct TextShift
{
    private readonly int _prefix;
    private readonly int _suffix;
    private readonly int _toLength;
    private readonly int _fromLength;

    public TextShift(ReadOnlySpan<byte> to, ReadOnlySpan<byte> from)
    {
        (_toLength, _fromLength) = (to.Length, from.Length);
        _prefix = to.CommonPrefixLength(from);
        var most = Math.Min(_toLength, _fromLength) - _prefix;
        while (_suffix < most && to[_toLength - 1 - _suffix] == from[_fromLength - 1 - _suffix]) _suffix++;
    }

    /// <summary>Where a stretch went that the difference does not touch; null for one that it does.</summary>
    public int? Carry(int start, int length) =>
        start + length <= _prefix ? start
        : start >= _fromLength - _suffix ? start - _fromLength + _toLength
        : null;

    /// <summary>Where a byte went; one inside the difference goes to its start.</summary>
    public int Nearest(int offset) =>
        offset <= _prefix ? offset
        : offset >= _fromLength - _suffix ? offset - _fromLength + _toLength
        : _prefix;
}
