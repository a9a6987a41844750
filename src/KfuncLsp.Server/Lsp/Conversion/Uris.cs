namespace KfuncLsp.Server.Lsp.Conversion;

/// <summary>Paths and document URIs.</summary>
internal static class Uris
{
    /// <summary>The path of a <c>file:</c> URI; null for any other scheme (<c>untitled:</c>, <c>git:</c> …).</summary>
    public static string? PathOf(string uri)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var parsed) || !parsed.IsFile) return null;
        var path = Uri.UnescapeDataString(parsed.AbsolutePath);

        // VS Code writes a Windows drive as /c%3A/…
        if (path is ['/', _, ':', ..]) path = path[1..];
        return Path.GetFullPath(path);
    }

    /// <summary>The URI of a path, escaped as editors do.</summary>
    public static string Of(string path)
    {
        var absolute = Path.GetFullPath(path).Replace('\\', '/');
        if (!absolute.StartsWith('/')) absolute = "/" + absolute;
        return "file://" + string.Join('/', absolute.Split('/').Select(Uri.EscapeDataString));
    }
}
