namespace KfuncLsp.Analysis.State;

/// <summary>An array that copies of a state share until one of them writes to it, and then all of it but a piece around what was written.</summary>
internal sealed class CopyOnWrite<T> where T : class?
{
    private const int PieceBits = 5;
    private const int PieceSize = 1 << PieceBits;

    private Piece[] _pieces;
    private bool _isShared;
    private bool _isFrozen;

    /// <summary>Whose the pieces are that may be written to.</summary>
    private object _owner = new();

    private sealed class Piece(T[] items, object owner)
    {
        public readonly T[] Items = items;
        public readonly object Owner = owner;
    }

    public CopyOnWrite(T[] items)
    {
        Length = items.Length;
        _pieces = new Piece[(items.Length + PieceSize - 1) / PieceSize];
        for (var i = 0; i < _pieces.Length; i++)
            _pieces[i] = new(items[(i * PieceSize)..Math.Min((i + 1) * PieceSize, items.Length)], _owner);
    }

    private CopyOnWrite(Piece[] pieces, int length) => (_pieces, Length, _isShared) = (pieces, length, true);

    public int Length { get; }

    public T this[int index]
    {
        get => _pieces[index >> PieceBits].Items[index & (PieceSize - 1)];
        set
        {
            var piece = _pieces[index >> PieceBits];
            if (ReferenceEquals(piece.Items[index & (PieceSize - 1)], value)) return;
            if (_isFrozen) throw new InvalidOperationException("a frame that several states share is written to");
            if (!ReferenceEquals(piece.Owner, _owner))
            {
                if (_isShared) (_pieces, _isShared) = ((Piece[])_pieces.Clone(), false);
                _pieces[index >> PieceBits] = piece = new((T[])piece.Items.Clone(), _owner);
            }

            piece.Items[index & (PieceSize - 1)] = value;
        }
    }

    /// <summary>From here on only copies can be written to.</summary>
    public void Freeze() => _isFrozen = true;

    public CopyOnWrite<T> Copy()
    {
        (_isShared, _owner) = (true, new());
        return new(_pieces, Length);
    }
}
