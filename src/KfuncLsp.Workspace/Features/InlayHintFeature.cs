using System.Collections.Immutable;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Words;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>Words between the code's letters. <see cref="IsBefore"/>: it belongs to what follows it.</summary>
public sealed record InlayHint(TextPosition Place, string Label, string Tooltip, bool IsBefore);

/// <summary>Says at each call of a kfunc what the verifier sees there and the text does not show.</summary>
public static class InlayHintFeature
{
    /// <summary>The hints between two places, in the text's order; those that the configuration wants.</summary>
    public static ImmutableArray<InlayHint> In(FileSnapshot snapshot, TextRange range, PositionEncoding encoding, KernelModel model)
    {
        if (ParsedCode.Of(snapshot) is not { } code) return [];
        var wanted = snapshot.Configuration.Hints;
        var lines = snapshot.Document.Lines;
        var (from, to) = (lines.OffsetAt(range.Start, encoding), lines.OffsetAt(range.End, encoding));
        var hints = new SortedDictionary<(int At, bool IsAfter), InlayHint>();
        foreach (var function in code.Functions)
        {
            foreach (var block in function.Blocks)
                foreach (var instruction in block.Instructions)
                    if (instruction is Call call && code.NameOf(function, call) is { } name && name.End >= from && name.Start <= to)
                        AddCall(function, call);
            if (wanted.Rcu) AddSections(function);
        }

        return [.. hints.Values];

        void AddCall(FunctionIr function, Call call)
        {
            if (code.Unit.FindFunction(call.Callee.NameOf()!) is not null || model.FindKfunc(call.Callee.NameOf()!) is not { } kfunc) return;
            if (code.Place(function, call.Span) is { } whole && OfResult(kfunc, model, wanted) is var (label, tooltip)) Put(whole.End, label, tooltip, isBefore: false);
            if (!wanted.Annotations) return;
            for (var i = 0; i < call.ArgumentSpans.Count && i < kfunc.Parameters.Length; i++)
                if (code.Place(function, call.ArgumentSpans[i]) is { } place && KfuncWords.Annotation(kfunc.Parameters[i], kfunc, model) is { } word)
                    Put(place.Start, word + ":", $"`{kfunc.Parameters[i].Name}`: {KfuncWords.Rule(kfunc.Parameters[i], kfunc, model)}", isBefore: true);
        }

        void AddSections(FunctionIr function)
        {
            foreach (var pair in PairedCalls.In(function, model).Where(p => p.Kind == PairKind.RcuSection))
            {
                var ends = pair.Closes.Where(c => code.NameOf(function, c) is not null).Select(c => code.Place(function, c.Span)).OfType<TextSpan>().ToList();
                if (code.NameOf(function, pair.Open) is null || code.Place(function, pair.Open.Span) is not { } open || ends.Count == 0) continue;
                Put(open.End, $"RCU until line {string.Join(", ", ends.Select(LineOf))}", "An RCU read section begins here: pointers that RCU protects stay valid until it ends.", isBefore: false);
                foreach (var end in ends) Put(end.End, $"RCU since line {LineOf(open)}", "The RCU read section ends here: what it protected is untrusted from now on.", isBefore: false);
            }
        }

        int LineOf(TextSpan span) => lines.PositionAt(span.Start, encoding).Line + 1;

        void Put(int at, string label, string tooltip, bool isBefore)
        {
            if (at >= from && at <= to) hints.TryAdd((at, !isBefore), new(lines.PositionAt(at, encoding), label, tooltip, isBefore));
        }
    }

    private static (string Label, string Tooltip)? OfResult(KfuncSignature kfunc, KernelModel model, HintSettings wanted)
    {
        var acquires = kfunc.Has(KfuncFlags.Acquire) && wanted.Acquires;
        var nullable = kfunc.Has(KfuncFlags.RetNull) && wanted.Nullable;
        return (acquires, nullable) switch
        {
            (true, true) => ("acquires, may be NULL", KfuncWords.Result(kfunc, model)!),
            (true, false) => ("acquires", KfuncWords.Result(kfunc, model)!),
            (false, true) => ("may be NULL", "May be NULL: test it before use."),
            _ => null,
        };
    }
}
