using System.Collections.Immutable;
using KfuncLsp.Analysis.Observation;
using KfuncLsp.Ir;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>Says of a pointer variable what the verifier knows of it at a place.</summary>
internal static class VariableHover
{
    /// <summary>The page of the variable that is named there; null where it is none, or where nothing is known yet.</summary>
    public static HoverPage? At(FileSnapshot snapshot, Identifier name)
    {
        if (snapshot.States is not { } states) return null;
        var checkedText = states.Check.Document.Text.Span;
        var shift = new TextShift(checkedText, snapshot.Document.Text.Span);
        if (shift.Carry(name.Start, name.Length) is not { } start) return null;
        if (VariablePlace.Of(states.Check, name with { Start = start }) is not { } place) return null;
        if (states.At(place.Point) is not { } state) return null;
        var facts = state.Values.GetValueOrDefault(place.Variable.Id, []);
        if (facts.IsEmpty) return null;

        var lines = facts.Select(f => Describe(f, states.Check)).Distinct().ToList();
        var title = $"{place.Variable.Type} {place.Variable.Name}".Replace("* ", "*", StringComparison.Ordinal);
        return new(title)
        {
            Lines = lines is [var only] ? [Upper(only)] : ["On the paths that come here:", .. lines.Select(l => $"- {l}")],
            Footer = $"as the verifier of {states.Model.Version} sees it here",
        };
    }

    private static string Describe(ValueFacts facts, DocumentCheck check)
    {
        if (facts.Kind == ValueKind.Null) return "NULL";
        if (facts.LostTo.Length > 0) return $"no pointer any more: `{facts.LostTo}` took it away";
        var parts = new List<string> { What(facts) };
        if (facts.Trust is var trust && TrustWord(trust) is { } word) parts.Add(word);
        if (facts.IsReadOnly) parts.Add("read-only");
        if (facts.IsNonOwning) parts.Add("not owned: valid while the lock is held");
        if (facts.MayBeNull) parts.Add("**may be NULL**");
        if (facts.Owned is { } owned) parts.Add($"**owned**: {Origin(owned, check)}");
        return string.Join(", ", parts);
    }

    private static string What(ValueFacts facts) => facts.Kind switch
    {
        ValueKind.Object when facts.IsAllocated => $"an allocated `struct {facts.Name}`",
        ValueKind.Object => $"a kernel `struct {facts.Name}`",
        ValueKind.MapValue => facts.Name.Length > 0 ? $"a value of `{facts.Name}`" : "a map value",
        ValueKind.Map => facts.Name.Length > 0 ? $"the map `{facts.Name}`" : "a map",
        ValueKind.Context => "the program's context",
        ValueKind.Stack => "a place on the stack",
        ValueKind.Memory => "memory",
        ValueKind.Packet => "packet data",
        ValueKind.Function => "a function",
        ValueKind.Socket => "a socket",
        ValueKind.Dynptr => facts.Name.Length > 0 ? $"an initialised dynptr ({facts.Name})" : "an initialised dynptr",
        ValueKind.Iterator => facts.Name.Length > 0 ? $"a running iterator ({facts.Name})" : "a running iterator",
        ValueKind.IrqFlag => "saved interrupt flags",
        ValueKind.Scalar => "a number to the verifier",
        _ => "not followed",
    };

    private static string? TrustWord(ValueTrust trust) => trust switch
    {
        ValueTrust.Trusted => "trusted",
        ValueTrust.Rcu => "protected by RCU",
        ValueTrust.Untrusted => "untrusted",
        ValueTrust.Unknown => "trust not known",
        _ => null,
    };

    private static string Origin(OwnedReference owned, DocumentCheck check)
    {
        if (owned.AcquiredBy.Length == 0) return "handed to the program by the kernel";
        var where = new PlaceResolver(check.Unit).Resolve(owned.AcquiredAt);
        var line = where.File == check.Document.Path ? $" on line {check.Document.Lines.PositionAt(where.Start).Line + 1}" : "";
        return $"acquired by `{owned.AcquiredBy}`{line}";
    }

    private static string Upper(string words) => words.Length > 0 && char.IsAsciiLetterLower(words[0]) ? char.ToUpperInvariant(words[0]) + words[1..] : words;
}
