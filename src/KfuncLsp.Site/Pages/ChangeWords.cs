using KfuncLsp.Registry.Facts;
using KfuncLsp.Registry.History;
using KfuncLsp.Site.Markup;

namespace KfuncLsp.Site.Pages;

/// <summary>A change of a kfunc as markup.</summary>
internal static class ChangeWords
{
    public static Html Of(KfuncChange change, SiteWords words) => change.Kind switch
    {
        KfuncChangeKind.Added => new("added"),
        KfuncChangeKind.Removed => Html.Of($"removed{Advice(change, words)}"),
        KfuncChangeKind.Deprecated => Html.Of($"advised against{Advice(change, words)}"),
        KfuncChangeKind.Flags => Flags(change),
        _ => Html.Of($"{Noun(change.Kind)}: <code class=\"before\">{Or(change.Before)}</code> → <code>{Or(change.After)}</code>"),
    };

    private static Html Place(KfuncChange change) => change.Place is { } hook ? Html.Of($" on {KernelNames.Spell(hook)}") : Html.Nothing;

    /// <summary>Which flags came and went.</summary>
    private static Html Flags(KfuncChange change)
    {
        var parts = new List<Html>();
        if (change.Gained.Any()) parts.Add(Html.Of($"gains {Html.Join(change.Gained.Select(SiteWords.Flag), " ")}"));
        if (change.Lost.Any()) parts.Add(Html.Of($"loses {Html.Join(change.Lost.Select(SiteWords.Flag), " ")}"));
        return Html.Of($"{Html.Join(parts, ", ")}{Place(change)}");
    }

    private static Html Advice(KfuncChange change, SiteWords words) =>
        (change.Instead, change.Reason) switch
        {
            (null, null) => Html.Nothing,
            ({ } instead, null) => Html.Of($": use {words.Code(instead)}"),
            (null, { } reason) => Html.Of($": {reason}"),
            ({ } instead, { } reason) => Html.Of($": {reason}; use {words.Code(instead)}"),
        };

    private static string Noun(KfuncChangeKind kind) => kind switch
    {
        KfuncChangeKind.Hooks => "hooks",
        KfuncChangeKind.Filters => "filters",
        KfuncChangeKind.Prototype => "prototype",
        KfuncChangeKind.Config => "needs",
        _ => kind.ToString(),
    };

    private static string Or(string text) => text.Length == 0 ? "nothing" : text;
}
