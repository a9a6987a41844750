namespace KfuncLsp.Extraction.CSource;

/// <summary>Lexical classes of C.</summary>
public enum CTokenKind : byte { Identifier, Number, Text, Character, Punctuator }

/// <summary>One token of a kernel source file.</summary>
/// <remarks>
/// Units: <see cref="Line"/> is 1-based. <see cref="Guard"/> indexes <see cref="CFile.Guards"/>; 0 is unconditional.
/// A <see cref="CTokenKind.Text"/> holds the literal's decoded content, without quotes.
/// </remarks>
public readonly record struct CToken(CTokenKind Kind, string Text, int Line, int Guard)
{
    public bool Is(string text) => Kind is CTokenKind.Punctuator or CTokenKind.Identifier && Text == text;

    public bool IsIdentifier => Kind == CTokenKind.Identifier;

    public override string ToString() => Kind == CTokenKind.Text ? $"\"{Text}\"" : Text;
}
