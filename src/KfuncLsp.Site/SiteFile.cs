namespace KfuncLsp.Site;

/// <summary>A file of the site: its path within it, with <c>/</c>, and its text.</summary>
public sealed record SiteFile(string Path, string Text);
