namespace KfuncLsp.Frontend.Parsing;

/// <summary>The includes of a file as they are written.</summary>
public static class IncludeNames
{
    private const int LargestFile = 1 << 20;

    /// <remarks>Shape: conditions are not evaluated, so it may hold more than the compiler reads, never less. Errors: empty for a file that cannot be read, and for a generated one of more than a megabyte.</remarks>
    public static IEnumerable<string> Of(string file)
    {
        try
        {
            if (new FileInfo(file) is not { Exists: true, Length: <= LargestFile } stamp) return [];
            return ScannedHeader.OfFile(stamp, withIdentifiers: false).Directives.Where(d => d.Kind == DirectiveKind.Include).Select(d => d.Name);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
