using System.Text;
using KfuncLsp.Frontend.Lowering;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Frontend.Preambles;
using KfuncLsp.Ir;
using KfuncLsp.Ir.Codec;

namespace KfuncLsp.Fuzz.Edits;

/// <summary>A text that is edited, each version compared with a first parse of it.</summary>
internal sealed class EditedUnit : IDisposable
{
    private readonly string _file;
    private readonly string[] _arguments;
    private TranslationUnit _unit;
    private LoweredUnit _last;
    private bool _keepsPreamble;

    public EditedUnit(string file, string text, string[] arguments)
    {
        (_file, _arguments) = (file, arguments);
        _unit = Parse(text, isEdited: true);
        _last = UnitLowering.LowerWhole(_unit);
        Fresh = _last.Ir;
    }

    /// <summary>The last version as its edits made it.</summary>
    public UnitIr Edited => _last.Ir;

    /// <summary>The last version as a first parse gives it.</summary>
    public UnitIr Fresh { get; private set; }

    /// <summary>Shape: → whether the version was lowered in part. Errors: a <see cref="FindException"/> where the unit is not that of a first parse.</summary>
    public bool Next(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var request = new UnitRequest(_file, bytes, [.. _arguments]);
        LoweredUnit? lowered = null;
        if (!_last.IsAmbiguous && BodyEdit.Between(_last, bytes) is { } edit)
        {
            if (Reparse(request, edit.Blanked())) lowered = UnitLowering.LowerEdit(_unit, _last, edit);
        }

        var isInPart = lowered is not null;
        if (lowered is null)
        {
            if (!Reparse(request, null)) Reopen(text);
            lowered = UnitLowering.LowerWhole(_unit);
        }

        _last = lowered;
        using var fresh = Parse(text, isEdited: false);
        Compare(Fresh = UnitLowering.Lower(fresh), lowered.Ir);
        return isInPart;
    }

    public void Dispose() => _unit.Dispose();

    private static void Compare(UnitIr expected, UnitIr actual)
    {
        (expected, actual) = (Plain(expected), Plain(actual));
        if (UnitIrCodec.Encode(expected).AsSpan().SequenceEqual(UnitIrCodec.Encode(actual))) return;
        foreach (var (one, other) in Lines(expected).Zip(Lines(actual)))
            if (one != other) throw new FindException($"a first parse gives\n    {one}\nand the edit\n    {other}");
        throw new FindException("the edit gives more or less than a first parse");
    }

    /// <summary>A unit without what libclang says otherwise when it keeps a preamble: in which order it read files, and with which of many a section clashes.</summary>
    private static UnitIr Plain(UnitIr unit) => unit with
    {
        Files = [.. unit.Files.Order(StringComparer.Ordinal)],
        Issues = [.. unit.Issues.Select(i => i.Message.IndexOf(SectionClash, StringComparison.Ordinal) is >= 0 and var at ? i with { Message = i.Message[..at] } : i)],
    };

    private const string SectionClash = "causes a section type conflict with ";

    /// <summary>The unit as text, places included.</summary>
    private static IEnumerable<string> Lines(UnitIr unit) =>
    [
        .. IrText.Print(unit, spans: true).Split('\n'),
        .. unit.Functions.Select(f => f.Anchor.ToString()), .. unit.Globals.Select(g => $"{g.Name} {g.Anchor}"), .. unit.Maps.Select(m => $"{m.Name} {m.Anchor}"),
        .. unit.Externs.Select(e => $"{e.Name} {e.Anchor}"), .. unit.StructOps.Select(s => $"{s.Name} {s.Anchor}"), .. unit.Issues.Select(i => i.ToString()), .. unit.Files,
    ];

    /// <summary>Errors: false where libclang gave up; the unit is of no use then.</summary>
    private bool Reparse(UnitRequest request, ReadOnlyMemory<byte>? blanked)
    {
        var plan = ParsePlan.InMemory(request);
        return plan.KeepsInMemory == _keepsPreamble && _unit.Reparse(request, plan, blanked);
    }

    private void Reopen(string text)
    {
        _unit.Dispose();
        _unit = Parse(text, isEdited: true);
    }

    /// <summary>Parses a version from its first line. A preamble is kept only where other versions of the unit will use it.</summary>
    private TranslationUnit Parse(string text, bool isEdited)
    {
        var request = new UnitRequest(_file, Encoding.UTF8.GetBytes(text), [.. _arguments]);
        var plan = ParsePlan.InMemory(request);
        if (isEdited) _keepsPreamble = plan.KeepsInMemory;
        else plan = plan with { KeepsInMemory = false };
        var (unit, error) = TranslationUnit.Parse(request, plan, _arguments, libclang: null);
        return unit ?? throw new FindException(error!);
    }
}
