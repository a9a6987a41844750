namespace KfuncLsp.Workspace.Text;

/// <summary>What a column counts.</summary>
public enum PositionEncoding : byte { Utf8, Utf16, Utf32 }

/// <summary>A place in a text as editors name it.</summary>
/// <remarks>Units: both 0-based; <see cref="Character"/> in the units of a <see cref="PositionEncoding"/>.</remarks>
public readonly record struct TextPosition(int Line, int Character) : IComparable<TextPosition>
{
    public int CompareTo(TextPosition other) => (Line, Character).CompareTo((other.Line, other.Character));
}

/// <summary>A half-open stretch of text.</summary>
public readonly record struct TextRange(TextPosition Start, TextPosition End);
