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
    private readonly PreambleStore? _store;
    private TranslationUnit _unit;
    private ParsePlan _plan;
    private LoweredUnit _last;

    /// <param name="store">Where the preambles of the edited versions lie; null keeps them in memory.</param>
    public EditedUnit(string file, string text, string[] arguments, PreambleStore? store = null)
    {
        (_file, _arguments, _store) = (file, arguments, store);
        (_unit, _plan) = Open(RequestOf(text)) ?? throw new LibclangCrashedException();
        _last = UnitLowering.LowerWhole(_unit);
        Fresh = Edited = Plain(_last.Ir);
    }

    /// <summary>The last version as its edits made it.</summary>
    public UnitIr Edited { get; private set; }

    /// <summary>The last version as a first parse gives it.</summary>
    public UnitIr Fresh { get; private set; }

    /// <summary>
    /// Shape: → whether the version was lowered in part. Errors: a <see cref="FindException"/> where the unit is not that of a first parse;
    /// a <see cref="LibclangCrashedException"/> where a first parse is beyond libclang, too.
    /// </summary>
    public bool Next(string text)
    {
        var request = RequestOf(text);
        LoweredUnit? lowered = null;
        if (!_last.IsAmbiguous && BodyEdit.Between(_last, request.Text!.Value) is { } edit)
        {
            if (Reparse(request, edit.Blanked())) lowered = UnitLowering.LowerEdit(_unit, _last, edit);
        }

        var isInPart = lowered is not null;
        var isParsed = lowered is not null || Reparse(request, null) || Reopen(request);
        using var fresh = First(request);
        if (!isParsed) throw new FindException("libclang crashes on what the edit made, and not on a first parse of it");

        _last = lowered ?? UnitLowering.LowerWhole(_unit);
        Compare(Fresh = Plain(UnitLowering.Lower(fresh)), Edited = Plain(_last.Ir));
        return isInPart;
    }

    public void Dispose() => _unit.Dispose();

    private static void Compare(UnitIr expected, UnitIr actual)
    {
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

    /// <summary>Errors: false where libclang gave up, or the version needs another plan; the unit is of no use then.</summary>
    private bool Reparse(UnitRequest request, ReadOnlyMemory<byte>? blanked)
    {
        var plan = PlanFor(request);
        return plan.Fits(_plan) && _unit.Reparse(request, plan, blanked) && (plan.Stored is null || !_unit.IsStoredPreambleRefused);
    }

    private bool Reopen(UnitRequest request)
    {
        _unit.Dispose();
        if (Open(request) is not { } opened) return false;
        (_unit, _plan) = opened;
        return true;
    }

    private (TranslationUnit Unit, ParsePlan Plan)? Open(UnitRequest request)
    {
        var plan = PlanFor(request);
        var unit = Parse(request, plan);
        if (plan.Stored is not null && unit?.IsStoredPreambleRefused != false)
        {
            unit?.Dispose();
            plan = ParsePlan.InMemory(request);
            unit = Parse(request, plan);
        }

        return unit is null ? null : (unit, plan);
    }

    private TranslationUnit First(UnitRequest request) => Parse(request, ParsePlan.InMemory(request) with { KeepsInMemory = false }) ?? throw new LibclangCrashedException();

    /// <summary>How the version is parsed in an editor once its preamble has been made, which is waited for here.</summary>
    private ParsePlan PlanFor(UnitRequest request)
    {
        if (_store is null) return ParsePlan.InMemory(request);
        var shelf = new PreambleShelf(_store, makesWhole: true, libclang: null);
        using (shelf) shelf.Want(request, shelf.PlanFor(request));
        return shelf.PlanFor(request);
    }

    private TranslationUnit? Parse(UnitRequest request, ParsePlan plan) => TranslationUnit.Parse(request, plan, _arguments, libclang: null).Unit;

    private UnitRequest RequestOf(string text) => new(_file, Encoding.UTF8.GetBytes(text), [.. _arguments]);
}

/// <summary>libclang gives no unit of a text at all, as a server tells the user.</summary>
internal sealed class LibclangCrashedException() : Exception("libclang crashed on this text");
