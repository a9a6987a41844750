using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A reference that is still owned where a path ends.</summary>
internal static class KF0101UnreleasedReference
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0101", "unreleased-reference", "A reference is not released on every path", "reference-leak", "ld-abs-with-refs");

    /// <summary>Reports every open reference; <paramref name="leaving"/> says how the path ends.</summary>
    public static void AtExit(Site site, string leaving, int callbackDepth = 0) =>
        AtExit(site, leaving, callbackDepth, "reference-leak", reference => site.Kernel("reference-leak", "Unreleased reference", reference.Id, "…"));

    /// <summary>Older kernels have words of their own for a read of the packet with a reference open.</summary>
    public static void AtPacketLoad(Site site)
    {
        const string Condition = "ld-abs-with-refs", Words = "cannot be mixed with socket references";
        if (site.Model.Messages.Formats(Condition).Any(f => f.Contains(Words, StringComparison.Ordinal)))
            AtExit(site, "reading the packet", 0, Condition, _ => site.Kernel(Condition, Words));
        else AtExit(site, "reading the packet");
    }

    private static void AtExit(Site site, string leaving, int callbackDepth, string condition, Func<ReferenceState, string> kernel)
    {
        foreach (var reference in site.State.References)
        {
            if (reference.IsEscaped || reference.Kind is not (ReferenceKind.Pointer or ReferenceKind.Dynptr or ReferenceKind.Iterator)) continue;
            if (callbackDepth > 0 && reference.CallbackDepth != callbackDepth) continue;
            var release = ReleaseNames.For(site.Model, reference.AcquiredBy, reference.Struct);
            var name = reference.Variable.Length > 0 ? reference.Variable
                : reference.Kind == ReferenceKind.Iterator ? "the iterator"
                : reference.AcquiredBy.Length > 0 ? $"the result of {reference.AcquiredBy}"
                : $"the `struct {reference.Struct}` that the program was given";
            var shown = reference.Variable.Length > 0 ? $"`{name}`" : name;
            var advice = release is null ? "release it first" : $"call `{release}({(reference.Variable.Length > 0 ? reference.Variable : "…")})` before {leaving}";
            site.Report(Rule, $"{shown} is still owned here; {advice}", condition,
                kernel(reference), site.TraceFrom(reference, "leaves here"),
                ("kfunc", reference.AcquiredBy), ("variable", reference.Variable), ("release", release ?? ""));
        }
    }
}
