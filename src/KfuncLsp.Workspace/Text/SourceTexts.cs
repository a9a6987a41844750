using System.Collections.Concurrent;
using KfuncLsp.Ir;

namespace KfuncLsp.Workspace.Text;

/// <summary>The texts that findings point into, each read once.</summary>
/// <remarks>Errors: a file that cannot be read has an empty text, so every place in it is its start.</remarks>
public sealed class SourceTexts
{
    private readonly ConcurrentDictionary<string, LineIndex> _texts = new(StringComparer.Ordinal);

    public LineIndex this[string file] => _texts.GetOrAdd(file, Read);

    /// <summary>Uses this text for a file instead of what is on disk.</summary>
    public void Put(string file, ReadOnlyMemory<byte> text) => _texts[file] = new(text);

    /// <summary>Units: 0-based lines, UTF-16 columns.</summary>
    public TextRange RangeOf(FileSpan span) => this[span.File].RangeAt(span.Start, span.Length);

    private static LineIndex Read(string file)
    {
        try
        {
            return new(file.Length == 0 ? default(ReadOnlyMemory<byte>) : File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return new(default);
        }
    }
}
