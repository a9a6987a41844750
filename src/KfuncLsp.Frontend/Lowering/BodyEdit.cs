using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>The step from one version of a main file to the next where only the text between the braces of one function differs.</summary>
internal sealed class BodyEdit
{
    private readonly LoweredUnit _before;
    private readonly int _delta;

    private BodyEdit(LoweredUnit before, Body body, ReadOnlyMemory<byte> text)
    {
        (_before, Old, Text) = (before, body, text);
        _delta = text.Length - before.Outline!.Text.Length;
    }

    public Body Old { get; }

    /// <summary>The new version.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    /// <summary>The edit that makes a text of a unit's; null where it is no edit of this kind.</summary>
    public static BodyEdit? Between(LoweredUnit before, ReadOnlyMemory<byte> text)
    {
        if (before.Outline is not { } outline) return null;
        var was = outline.Text.Span;
        var now = text.Span;
        var prefix = was.CommonPrefixLength(now);
        var longest = Math.Min(was.Length, now.Length) - prefix;
        var suffix = 0;
        while (suffix < longest && was[^(suffix + 1)] == now[^(suffix + 1)]) suffix++;
        if (prefix == was.Length && prefix == now.Length) return null;

        foreach (var body in outline.Bodies)
        {
            if (prefix < body.Start || was.Length - suffix > body.End) continue;
            var edit = new BodyEdit(before, body, text);
            var old = was[body.Start..body.End];
            var next = now[body.Start..edit.Shift(body.End)];
            if (BodyText.MayReachOut(old) || BodyText.MayReachOut(next) || !BodyText.IsBalanced(next)) return null;
            if (outline.Macros.Counts(old) || outline.Macros.Counts(next)) return null;
            return !outline.Macros.CountLines || old.Count((byte)'\n') == next.Count((byte)'\n') ? edit : null;
        }
        return null;
    }

    /// <summary>The new version with only those bodies that must be read; places in it are those of the whole.</summary>
    public byte[] Blanked()
    {
        var text = Text.ToArray();
        foreach (var body in _before.Outline!.Bodies)
        {
            if (IsRead(body)) continue;
            foreach (ref var b in text.AsSpan(Shift(body.Start)..Shift(body.End)))
                if (b != '\n') b = (byte)' ';
        }
        return text;
    }

    /// <summary>Whether a body of the old version is read in the new one.</summary>
    public bool IsRead(Body body) => body.IsOpen || body == Old;

    /// <summary>Whether the new version's declarations are the old one's.</summary>
    public bool Keeps(Outline next)
    {
        var before = _before.Outline!;
        if (before.Items.Length != next.Items.Length || before.Bodies.Length != next.Bodies.Length) return false;
        for (var i = 0; i < next.Items.Length; i++)
        {
            var (was, now) = (before.Items[i], next.Items[i]);
            if (was.Kind != now.Kind || now.Range.Start != Shift(was.Range.Start) || now.Range.End != Shift(was.Range.End)) return false;
        }
        for (var i = 0; i < next.Bodies.Length; i++)
        {
            var (was, now) = (before.Bodies[i], next.Bodies[i]);
            if (was.Function != now.Function || now.Start != Shift(was.Start) || now.End != Shift(was.End)) return false;
        }
        return true;
    }

    /// <summary>Where a place of the old version is in the new one. Units: bytes of the main file.</summary>
    public int Shift(int position) => position >= Old.End ? position + _delta : position;

    private FileSpan Shift(FileSpan place) => place.File == _before.MainFile ? place with { Start = Shift(place.Start) } : place;

    /// <summary>A part of the old version that the edit left alone, at its new place.</summary>
    public LoweredFunction Shift(LoweredFunction function)
    {
        var anchor = function.Ir.Anchor;
        var moved = anchor with { Start = anchor.File == _before.MainFile ? Shift(anchor.Start) : anchor.Start, Name = Shift(anchor.Name) };
        return new(moved == anchor ? function.Ir : function.Ir with { Anchor = moved }, Shift(function.Uses));
    }

    /// <inheritdoc cref="Shift(LoweredFunction)"/>
    public LoweredGlobal Shift(LoweredGlobal global) => global with
    {
        Variable = global.Variable is { } variable ? variable with { Anchor = Shift(variable.Anchor) } : null,
        Map = global.Map is { } map ? map with { Anchor = Shift(map.Anchor) } : null,
        StructOps = global.StructOps is { } ops ? ops with { Anchor = Shift(ops.Anchor) } : null,
        Uses = Shift(global.Uses),
    };

    /// <inheritdoc cref="Shift(LoweredFunction)"/>
    public Uses Shift(Uses uses) => _delta == 0 ? uses : uses with
    {
        Externs = [.. uses.Externs.Select(e => e with { Anchor = Shift(e.Anchor) })],
        Structs = [.. uses.Structs.Select(s => s.Where.File == _before.MainFile ? s with { Where = Shift(s.Where) } : s)],
    };
}
