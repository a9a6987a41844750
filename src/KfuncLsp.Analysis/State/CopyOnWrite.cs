namespace KfuncLsp.Analysis.State;

/// <summary>An array that copies of a state share until one of them writes to it.</summary>
internal sealed class CopyOnWrite<T> where T : class?
{
    private T[] _items;
    private bool _isShared;
    private bool _isFrozen;

    public CopyOnWrite(T[] items) => _items = items;

    public int Length => _items.Length;

    public T this[int index]
    {
        get => _items[index];
        set
        {
            if (ReferenceEquals(_items[index], value)) return;
            if (_isFrozen) throw new InvalidOperationException("a frame that several states share is written to");
            if (_isShared) (_items, _isShared) = ((T[])_items.Clone(), false);
            _items[index] = value;
        }
    }

    /// <summary>From here on only copies can be written to.</summary>
    public void Freeze() => _isFrozen = true;

    public CopyOnWrite<T> Copy()
    {
        _isShared = true;
        return new(_items) { _isShared = true };
    }
}
