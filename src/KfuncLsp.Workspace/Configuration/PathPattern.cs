namespace KfuncLsp.Workspace.Configuration;

/// <summary>Glob patterns over paths with forward slashes.</summary>
internal static class PathPattern
{
    /// <summary>
    /// <c>*</c> and <c>?</c> stay within a component, <c>**</c> crosses them. A pattern that names a directory holds for all in it; one without
    /// a slash holds at any depth.
    /// </summary>
    public static bool Matches(string pattern, string path)
    {
        pattern = pattern.TrimStart('/').TrimEnd('/');
        if (pattern.Length == 0) return false;
        var wanted = (pattern.Contains('/') ? pattern : "**/" + pattern).Split('/');
        var parts = path.Split('/');
        for (var length = parts.Length; length > 0; length--)
            if (Components(wanted, parts.AsSpan(0, length))) return true;
        return false;
    }

    private static bool Components(ReadOnlySpan<string> wanted, ReadOnlySpan<string> parts)
    {
        if (wanted.IsEmpty) return parts.IsEmpty;
        if (wanted[0] == "**")
        {
            for (var skip = 0; skip <= parts.Length; skip++)
                if (Components(wanted[1..], parts[skip..])) return true;
            return false;
        }

        return !parts.IsEmpty && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(wanted[0], parts[0], ignoreCase: false)
            && Components(wanted[1..], parts[1..]);
    }
}
