using KfuncLsp.Analysis;

namespace KfuncLsp.Server.Lsp.Conversion;

/// <summary>Where the pages of the rules are.</summary>
/// <remarks>Shape: <paramref name="folder"/> is a URI that ends in a slash; null looks for <c>docs/rules</c> beside the executable and above it.</remarks>
internal sealed class RulePages(string? folder)
{
    private readonly string? _directory = folder is null ? FindDirectory() : null;

    /// <summary>The page of a rule; null where there is none to open.</summary>
    public string? UriOf(RuleId rule)
    {
        var name = $"{rule.Code}-{rule.Slug}.md";
        if (folder is not null) return folder + name;
        return _directory is not null && Path.Combine(_directory, name) is var page && File.Exists(page) ? Uris.Of(page) : null;
    }

    private static string? FindDirectory()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "docs", "rules") is var found && Directory.Exists(found)) return found;
        return null;
    }
}
