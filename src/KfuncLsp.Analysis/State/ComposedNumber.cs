using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.State;

/// <summary>A number that several others lie in, side by side: what is read of a union or a struct as a whole after its parts were written.</summary>
internal sealed class ComposedNumber(BitSpan bits)
{
    private static readonly IntType s_unsigned = new(64, IsSigned: false);
    private long _covered, _unknown, _min, _max;
    private KnownBits _known;
    private Term? _term = Term.Of(0);

    /// <summary>Adds what lies in some bits; of two that overlap, the second is not looked at.</summary>
    public void Add(BitSpan held, RegState value)
    {
        var mask = held.MaskIn(bits);
        var type = new IntType((int)held.Width, IsSigned: false);
        var range = value.IsScalar ? value.Range.ConvertTo(type) : held.Range;
        if (range.Min < 0) range = held.Range;
        if (range.Min < 0 || !bits.Contains(held) || (mask & _covered) != 0)
        {
            _unknown |= mask;
            return;
        }

        _covered |= mask;
        _min |= held.Cut(range.Min, bits);
        _max |= held.Cut(range.Max, bits);
        if (value.KnownSize is { } constant) _known = new(_known.Clear | (mask & ~held.Cut(constant, bits)), _known.Set | held.Cut(constant, bits));
        var term = value.KnownSize is { } number ? Term.Of(ScalarRange.Const(number).ConvertTo(type).Min) : value.Term is { } own ? Term.Convert(own, type) : null;
        _term = _term is null || term is null ? null
            : Term.Compute(BinaryOp.Or, _term, Term.Compute(BinaryOp.Shl, term, Term.Of(held.Start - bits.Start), s_unsigned), s_unsigned);
    }

    /// <summary>The number; bits that none was added for are zero, or not known.</summary>
    public RegState Result(IntType type, bool isZeroElsewhere)
    {
        var missing = bits.MaskIn(bits) & ~_covered;
        var unknown = isZeroElsewhere ? missing & _unknown : missing;
        _known = _known with { Clear = _known.Clear | (missing & ~unknown) };
        if (unknown != 0) (_max, _term) = (_max | unknown, null);

        var range = _min < 0 || _max < 0 ? ScalarRange.Of(type) : new ScalarRange(_min, _max).ConvertTo(type);
        return RegState.Scalar(range, isRuntime: false) with { Term = _term is null ? null : Term.Convert(_term, type), Bits = _known };
    }
}
