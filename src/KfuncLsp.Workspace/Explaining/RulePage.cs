using System.Collections.Concurrent;
using KfuncLsp.Analysis;

namespace KfuncLsp.Workspace.Explaining;

/// <summary>The pages of <c>docs/rules</c>, as they are in the executable.</summary>
public static class RulePage
{
    private static readonly ConcurrentDictionary<string, string?> s_pages = new(StringComparer.Ordinal);

    /// <summary>A rule's page in markdown; null where it has none.</summary>
    public static string? Of(RuleId rule) => s_pages.GetOrAdd($"{rule.Code}-{rule.Slug}.md", static name =>
    {
        using var stream = typeof(RulePage).Assembly.GetManifestResourceStream($"rules/{name}");
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    /// <summary>What stands below a heading of the page, such as <c>What</c>; empty where it has no such heading.</summary>
    public static string Section(RuleId rule, string heading)
    {
        var page = (Of(rule) ?? "").Split('\n');
        var at = Array.FindIndex(page, l => l == $"## {heading}" || l.StartsWith($"## {heading} ", StringComparison.Ordinal));
        if (at < 0) return "";
        return string.Join('\n', page.Skip(at + 1).TakeWhile(l => !l.StartsWith("## ", StringComparison.Ordinal))).Trim();
    }
}
