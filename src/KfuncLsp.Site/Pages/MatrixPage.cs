using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Site.Markup;

namespace KfuncLsp.Site.Pages;

/// <summary>Kfunc × program type × kernel: a cell is as many marks as there are kernels, lit where a program of the type may call it.</summary>
internal static class MatrixPage
{
    public static SiteFile Of(SiteFacts facts)
    {
        var types = facts.Types.OrderByDescending(t => facts.Kfuncs.Count(k => Key(facts, k, t).Length > 0)).ToImmutableArray();
        return Layout.Page(facts, "matrix.html", "Matrix", "Matrix", Html.Of($"""
            <h1>Matrix</h1>
            <p class="lead">Who may call what, and on which kernel. A cell has a mark for each of {string.Join(", ", facts.Models.Select(m => m.Version))}, from left to right; it is lit where programs of the type may call the kfunc. A yellow one: only some of them, as a filter says. The types that may call most come first.</p>
            <div class="filter"><input id="narrow" type="search" placeholder="Filter rows by name" aria-label="Filter rows by name" autocomplete="off" spellcheck="false">
            <select id="only" aria-label="kernel"><option value="">all kernels</option>{facts.Models.Select((m, i) => Html.Of($"<option value=\"{i}\">only {m.Version.ToString()}</option>"))}</select></div>
            <div class="scroll matrix"><table id="matrix">
            <thead><tr><th></th>{types.Select(t => Html.Of($"<th scope=\"col\"><a href=\"{SitePaths.Type(t)}\">{KernelNames.Spell(t)}</a></th>"))}</tr></thead>
            <tbody>
            {facts.Kfuncs.Select(k => Row(facts, k, types))}</tbody></table></div>
            """));
    }

    /// <summary>A class for each set of kernels that occurs, as marks drawn by the stylesheet: nothing is repeated in the table.</summary>
    public static string Style(SiteFacts facts)
    {
        var style = new StringBuilder();
        foreach (var key in facts.Kfuncs.SelectMany(k => facts.Types.Select(t => Key(facts, k, t))).Where(k => k.Length > 0).Distinct().Order(StringComparer.Ordinal))
        {
            var width = 100.0 / key.Length;
            var stops = key.Select((reach, i) => $"{Color(reach)} {Percent(i * width)} {Percent(((i + 1) * width) - 4)},transparent {Percent(((i + 1) * width) - 4)} {Percent((i + 1) * width)}");
            style.Append($".m{key} i{{background:linear-gradient(90deg,{string.Join(',', stops)})}}\n");
        }

        return style.ToString();
    }

    private static Html Row(SiteFacts facts, SiteKfunc kfunc, ImmutableArray<ProgramType> types) =>
        Html.Of($"<tr><th scope=\"row\"><a href=\"{SitePaths.Kfunc(kfunc.Name)}\">{kfunc.Name}</a></th>{types.Select(t => Cell(facts, kfunc, t))}</tr>\n");

    private static Html Cell(SiteFacts facts, SiteKfunc kfunc, ProgramType type)
    {
        var key = Key(facts, kfunc, type);
        return key.Length == 0 ? new("<td></td>") : Html.Of($"<td class=\"m{key}\" title=\"{Words(facts, key)}\"><i></i></td>");
    }

    /// <summary>A digit a kernel: 0 not, 1 some, 2 all; empty where no kernel has it.</summary>
    private static string Key(SiteFacts facts, SiteKfunc kfunc, ProgramType type)
    {
        var key = string.Concat(facts.Models.Select(m => (int)SiteFacts.Reach(m, kfunc.Name, type)));
        return key.Trim('0').Length == 0 ? "" : key;
    }

    private static string Words(SiteFacts facts, string key) =>
        string.Join(", ", facts.Models.Where((_, i) => key[i] != '0').Select(m => m.Version.ToString())) + (key.Contains('1') ? " (filtered)" : "");

    private static string Color(char reach) => reach switch { '2' => "var(--yes)", '1' => "var(--some)", _ => "var(--off)" };

    private static string Percent(double value) => FormattableString.Invariant($"{value:0.##}%");
}
