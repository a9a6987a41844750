using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Registry.History;
using KfuncLsp.Registry.Words;
using KfuncLsp.Server.Cli.Output;

namespace KfuncLsp.Server.Cli;

/// <summary>Kfuncs as text for a terminal.</summary>
internal static class RegistryText
{
    /// <summary>One aligned line a kfunc: name, since when, flags without <c>KF_</c>, hooks.</summary>
    public static string Table(ImmutableArray<KfuncSignature> kfuncs, Palette palette)
    {
        if (kfuncs.IsEmpty) return "";
        var names = Math.Max("kfunc".Length, kfuncs.Max(k => k.Name.Length));
        var flags = Math.Max("flags".Length, kfuncs.Max(k => ShortFlags(k).Length));
        var text = new StringBuilder();
        text.AppendLine(palette.Strong($"{"kfunc".PadRight(names)}  since  {"flags".PadRight(flags)}  hooks"));
        foreach (var kfunc in kfuncs)
        {
            var name = kfunc.Name.PadRight(names);
            var painted = kfunc.Deprecated is null ? palette.Frame(name) : palette.Warning(name);
            text.AppendLine($"{painted}  {kfunc.Since?.ToString() ?? "",-5}  {ShortFlags(kfunc).PadRight(flags)}  {Hooks(kfunc)}".TrimEnd());
        }

        return text.ToString();
    }

    /// <summary>All that is known of one kfunc, what matters first.</summary>
    public static string Page(KernelModel model, KfuncSignature kfunc, IReadOnlyList<KernelModel> models, Palette palette)
    {
        var page = KfuncPage.Of(kfunc, model, models);
        var sheet = new TextSheet(palette);
        sheet.Line(palette.Strong(page.Prototype + ";"));
        if (page.Deprecation is { } deprecation) sheet.Gap().Line(palette.Warning(deprecation.Replace("`", "", StringComparison.Ordinal)));
        if (page.Does is { } does) sheet.Gap().Paragraph(does);
        sheet.Rows("Arguments", [.. page.Arguments.Select(a => (a.Name, a.Text))]);
        sheet.Section("Result", [.. new[] { page.Returns, page.Duty }.OfType<string>()]);
        sheet.Bullets("Beware", page.Beware);
        sheet.Bullets("Flags", page.Flags);
        sheet.Rows("Callable from", [.. kfunc.Hooks.OrderBy(h => h.Key).Select(h => (KernelNames.Spell(h.Key), $"{string.Join(", ", KfuncWords.Callers(model, h.Key))}{FlagsHere(kfunc, h.Value)}"))]);
        sheet.Rows("But only", [.. kfunc.Filters.OrderBy(f => f.Hook).Select(f => (KernelNames.Spell(f.Hook), $"{KfuncWords.Rule(f.Rule)} ({f.Name})"))]);
        sheet.Rows("Kernels", Kernels(kfunc.Name, models));
        sheet.Section("Needs", page.Needs is { } needs ? [needs] : []);
        sheet.Section("Source", [.. page.Source is var (label, uri) ? new[] { label, uri } : [kfunc.Source], .. model.Package is { } package ? new[] { $"in {package}" } : []]);
        return sheet.ToString();
    }

    /// <summary>Differences for a terminal: what went, what came, what changed.</summary>
    public static string Plain(KernelModel older, KernelModel newer, ImmutableArray<KfuncChange> changes, Palette palette)
    {
        var text = new StringBuilder();
        text.AppendLine(palette.Strong($"{older.Release} → {newer.Release}: {Counts(changes)}"));
        foreach (var change in changes.OrderBy(c => Rank(c.Kind)).ThenBy(c => c.Name, StringComparer.Ordinal))
            text.AppendLine(change.Kind switch
            {
                KfuncChangeKind.Added => $"{palette.Good("+")} {change.After}",
                KfuncChangeKind.Removed => $"{palette.Error("-")} {change.Before}{Advice(change)}",
                KfuncChangeKind.Deprecated => $"{palette.Warning("!")} {change.Name}: advised against{Advice(change)}",
                KfuncChangeKind.Flags => $"{palette.Frame("~")} {change.Name}: {Title(change)} {FlagSteps(change)}",
                _ => $"{palette.Frame("~")} {change.Name}: {Title(change)}\n      {Or(change.Before)}\n    → {Or(change.After)}",
            });
        return text.ToString();
    }

    /// <summary>Differences as a Markdown document: a table for each kind of change.</summary>
    public static string Markdown(KernelModel older, KernelModel newer, ImmutableArray<KfuncChange> changes)
    {
        var text = new StringBuilder($"# Kfuncs from {older.Release} to {newer.Release}\n\n{Counts(changes)}\n");
        foreach (var group in changes.GroupBy(c => c.Kind).OrderBy(g => Rank(g.Key)))
        {
            text.Append($"\n## {char.ToUpperInvariant(Word(group.Key)[0])}{Word(group.Key)[1..]}\n\n");
            text.Append(group.Key switch
            {
                KfuncChangeKind.Added => "| kfunc | prototype |\n|---|---|\n",
                KfuncChangeKind.Removed or KfuncChangeKind.Deprecated => "| kfunc | instead | why |\n|---|---|---|\n",
                _ => $"| kfunc | {older.Version} | {newer.Version} |\n|---|---|---|\n",
            });
            foreach (var change in group)
                text.Append(group.Key switch
                {
                    KfuncChangeKind.Added => $"| {Cell(change.Name)} | {Cell(change.After)} |\n",
                    KfuncChangeKind.Removed or KfuncChangeKind.Deprecated => $"| {Cell(change.Name)} | {Cell(change.Instead ?? "")} | {Escape(change.Reason ?? "")} |\n",
                    _ => $"| {Cell(change.Name)}{(change.Place is { } hook ? $" on {KernelNames.Spell(hook)}" : "")} | {Cell(change.Before)} | {Cell(change.After)} |\n",
                });
        }

        return text.ToString();
    }

    /// <summary>A kind of change as it is spelled in JSON and headings.</summary>
    public static string Word(KfuncChangeKind kind) => kind.ToString().ToLowerInvariant();

    private static ImmutableArray<(string, string)> Kernels(string name, IReadOnlyList<KernelModel> models)
    {
        var timeline = KfuncTimeline.Of(name, models);
        var rows = ImmutableArray.CreateBuilder<(string, string)>();
        if (timeline.Since is { } since) rows.Add(("since", since.ToString()));
        if (timeline.Until is { } until) rows.Add(("gone in", until.ToString()));
        rows.Add(("in", string.Join(", ", timeline.In)));
        if (timeline.NotIn.Length > 0) rows.Add(("not in", string.Join(", ", timeline.NotIn)));
        foreach (var step in timeline.Steps)
            foreach (var change in step.Changes)
                rows.Add((step.To.ToString(), change.Kind switch
                {
                    KfuncChangeKind.Added => "added",
                    KfuncChangeKind.Removed => "removed" + Advice(change),
                    KfuncChangeKind.Deprecated => "advised against" + Advice(change),
                    KfuncChangeKind.Flags => $"{Title(change)}: {FlagSteps(change)}",
                    _ => $"{Title(change)}: {Or(change.Before)} → {Or(change.After)}",
                }));
        return rows.ToImmutable();
    }

    /// <summary>The flags of one hook, where they are not those of all.</summary>
    private static string FlagsHere(KfuncSignature kfunc, KfuncFlags here) => here == kfunc.Flags ? "" : $" with {KfuncWords.FlagNames(here)}";

    /// <summary>Flags that came and went: <c>+KF_PERFMON -KF_RCU</c>.</summary>
    private static string FlagSteps(KfuncChange change) => string.Join(' ', change.Gained.Select(f => $"+{f}").Concat(change.Lost.Select(f => $"-{f}")));

    private static string Title(KfuncChange change) => Word(change.Kind) + (change.Place is { } hook ? $" on {KernelNames.Spell(hook)}" : "");

    private static string Advice(KfuncChange change) =>
        change is { Instead: null, Reason: null } ? ""
        : $"  ({string.Join("; ", new[] { change.Instead is { } instead ? $"use {instead}" : null, change.Reason }.OfType<string>())})";

    private static string Or(string text) => text.Length == 0 ? "nothing" : text;

    private static string ShortFlags(KfuncSignature kfunc) => string.Join(' ', KernelNames.Spell(kfunc.Flags).Select(f => f["KF_".Length..]));

    private static string Hooks(KfuncSignature kfunc) => string.Join(' ', kfunc.Hooks.Keys.Select(KernelNames.Spell).Order(StringComparer.Ordinal));

    private static string Cell(string text) => text.Length == 0 ? "" : $"`{Escape(text)}`";

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static int Rank(KfuncChangeKind kind) => kind switch
    {
        KfuncChangeKind.Removed => 0,
        KfuncChangeKind.Deprecated => 1,
        KfuncChangeKind.Added => 2,
        _ => 3 + (int)kind,
    };

    private static string Counts(ImmutableArray<KfuncChange> changes) =>
        changes.IsEmpty ? "no difference" : string.Join(", ", changes.GroupBy(c => c.Kind).OrderBy(g => Rank(g.Key)).Select(g => $"{g.Count()} {Word(g.Key)}"));
}
