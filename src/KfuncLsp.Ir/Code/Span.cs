namespace KfuncLsp.Ir;

/// <summary>A place in the source of one function.</summary>
/// <remarks>
/// Units: bytes of UTF-8; <paramref name="Start"/> counts from the function's first byte (see <see cref="FunctionAnchor"/>), so that
/// text edited above a function moves none of its spans. Code from a macro's body points to the macro's use.
/// </remarks>
public readonly record struct Span(int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>A place in a file, for what stands outside functions.</summary>
/// <remarks>Units: bytes of UTF-8 from the file's start.</remarks>
public readonly record struct FileSpan(string File, int Start, int Length)
{
    public static readonly FileSpan None = new("", 0, 0);
}

/// <summary>Where a function stands: re-anchors its spans after an edit elsewhere, and is no part of its hash.</summary>
/// <remarks>Units: bytes of UTF-8 from the file's start. <paramref name="Name"/> is the name token, or the macro argument that names it.</remarks>
public sealed record FunctionAnchor(string File, int Start, int Length, FileSpan Name)
{
    public FileSpan Resolve(Span span) => new(File, Start + span.Start, span.Length);
}
