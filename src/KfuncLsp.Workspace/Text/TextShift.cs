namespace KfuncLsp.Workspace.Text;

/// <summary>Carries a place from the text as it is to the text that was checked, over the one stretch in which they differ.</summary>
/// <remarks>Units: bytes. A place inside the stretch goes to its start.</remarks>
internal readonly struct TextShift
{
    private readonly int _prefix;
    private readonly int _suffix;
    private readonly int _oldLength;
    private readonly int _newLength;

    public TextShift(ReadOnlySpan<byte> checkedText, ReadOnlySpan<byte> now)
    {
        (_oldLength, _newLength) = (checkedText.Length, now.Length);
        _prefix = checkedText.CommonPrefixLength(now);
        var most = Math.Min(_oldLength, _newLength) - _prefix;
        while (_suffix < most && checkedText[_oldLength - 1 - _suffix] == now[_newLength - 1 - _suffix]) _suffix++;
    }

    /// <summary>Where a stretch went that the difference does not touch; null for one that it does.</summary>
    public int? Carry(int start, int length) =>
        start + length <= _prefix ? start
        : start >= _newLength - _suffix ? start - _newLength + _oldLength
        : null;

    public int ToChecked(int offset) =>
        offset <= _prefix ? offset
        : offset >= _newLength - _suffix ? offset - _newLength + _oldLength
        : _prefix;
}
