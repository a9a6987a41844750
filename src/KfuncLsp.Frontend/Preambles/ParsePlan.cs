using KfuncLsp.Frontend.Parsing;

namespace KfuncLsp.Frontend.Preambles;

/// <summary>How a file is parsed as far as its preamble is concerned.</summary>
/// <remarks>
/// Shape: a stored preamble for the first <see cref="Covered"/> bytes; or none, and libclang keeps one in this process where <see cref="KeepsInMemory"/>.
/// <see cref="Text"/> is the file's text where it was needed to decide.
/// </remarks>
internal sealed record ParsePlan(ReadOnlyMemory<byte>? Text, StoredPreamble? Stored, int Covered, bool KeepsInMemory)
{
    /// <summary>The preambles that the text begins with; null where none can stand for it.</summary>
    public (PreambleText Shared, PreambleText Whole)? Preambles { get; init; }

    /// <summary>What libclang does by itself.</summary>
    public static ParsePlan InMemory(UnitRequest request) => new(request.Text, null, 0, MayKeep(request.Text));

    /// <summary>
    /// Whether libclang may keep the preamble of a text: while it has one it does not name what is included behind it, and takes a pragma that is
    /// closed behind it for an error (seen with 19). A file that is read from the disk has no later versions that would use it.
    /// </summary>
    public static bool MayKeep(ReadOnlyMemory<byte>? text) =>
        text is { Span: var known } && Directives.PreambleLength(known, out var isOpen) is var length && !isOpen && !Directives.MayInclude(known[length..]);

    /// <summary>Whether a unit that was parsed by another plan can be brought up to date by this one.</summary>
    public bool Fits(ParsePlan other) => Stored?.Path == other.Stored?.Path && KeepsInMemory == other.KeepsInMemory;
}
