using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Server.Cli;

/// <summary>Kfuncs as text for a terminal.</summary>
internal static class RegistryText
{
    public static string Line(KfuncSignature kfunc) => $"{kfunc.Name,-40} {Hooks(kfunc)}{(kfunc.Flags == 0 ? "" : "  " + Flags(kfunc.Flags))}";

    public static string Flags(KfuncFlags flags) => flags == 0 ? "none" : string.Join(" | ", KernelNames.Spell(flags));

    public static string Hooks(KfuncSignature kfunc) => string.Join(' ', kfunc.Hooks.Keys.Select(KernelNames.Spell).Order(StringComparer.Ordinal));

    /// <summary>The prototype that a BPF program declares.</summary>
    public static string Prototype(KfuncSignature kfunc) =>
        $"{Typed(kfunc.Return.Type.Text, kfunc.Name)}({(kfunc.Parameters.IsEmpty ? "void" : string.Join(", ", kfunc.Parameters.Select(p => p.Type.Text.Contains("(*)", StringComparison.Ordinal) ? p.Type.Text.Replace("(*)", $"(*{p.Name})", StringComparison.Ordinal) : Typed(p.Type.Text, p.Name))))})";

    public static string Page(KernelModel model, KfuncSignature kfunc)
    {
        var page = new StringBuilder();
        page.AppendLine($"{Prototype(kfunc)}").AppendLine();
        if (kfunc.Description is { } text) page.AppendLine(text).AppendLine();
        if (kfunc.Deprecated is { } advice) page.AppendLine($"Deprecated: {advice.Reason}{(advice.Replacement is { } instead ? $"; use {instead}" : "")} ({advice.Source})");
        page.AppendLine($"Kernel:  {model.Release}{(kfunc.Since is { } since ? $", since {since}" : "")}{(kfunc.Until is { } until ? $", gone in {until}" : "")}");
        foreach (var (hook, flags) in kfunc.Hooks.OrderBy(h => h.Key)) page.AppendLine($"Hook:    {KernelNames.Spell(hook)} ({Callers(model, hook)}): {Flags(flags)}");
        foreach (var filter in kfunc.Filters) page.AppendLine($"Filter:  {filter.Name} on {KernelNames.Spell(filter.Hook)}: {Rule(filter.Rule)}");
        foreach (var parameter in kfunc.Parameters) page.AppendLine($"Takes:   {parameter.Name}: {parameter.Class}{(parameter.IsNullable ? ", may be NULL" : "")}");
        if (!kfunc.Config.IsEmpty) page.AppendLine($"Config:  {string.Join(' ', kfunc.Config)}{(kfunc.MayBeInModule ? ", may be a module" : "")}");
        page.AppendLine($"Source:  {kfunc.Source}");
        return page.ToString();
    }

    public static string Plain(KernelModel older, KernelModel newer, ImmutableArray<RegistryChange> changes)
    {
        var text = new StringBuilder($"{older.Release} → {newer.Release}: {Counts(changes)}\n");
        foreach (var change in changes)
            text.AppendLine(change.Kind switch
            {
                "added" => $"+ {change.After}",
                "removed" => $"- {change.Before}{(change.After.Length > 0 ? $"  ({change.After})" : "")}",
                _ => $"~ {change.Name}: {change.Kind} {change.Before} → {change.After}",
            });
        return text.ToString();
    }

    public static string Markdown(KernelModel older, KernelModel newer, ImmutableArray<RegistryChange> changes)
    {
        var text = new StringBuilder($"# Kfuncs from {older.Release} to {newer.Release}\n\n{Counts(changes)}\n");
        foreach (var group in changes.GroupBy(c => c.Kind).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.AppendLine($"\n## {char.ToUpperInvariant(group.Key[0])}{group.Key[1..]}\n\n| kfunc | {older.Version} | {newer.Version} |\n|---|---|---|");
            foreach (var change in group) text.AppendLine($"| `{change.Name}` | {Cell(change.Before)} | {Cell(change.After)} |");
        }

        return text.ToString();
    }

    private static string Cell(string text) => text.Length == 0 ? "" : $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`";

    private static string Counts(ImmutableArray<RegistryChange> changes) =>
        string.Join(", ", changes.GroupBy(c => c.Kind).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}"));

    private static string Callers(KernelModel model, KfuncHook hook) =>
        hook == KfuncHook.Common ? "all programs" : string.Join(", ", model.Hooks.Where(h => h.Value == hook).Select(h => KernelNames.Spell(h.Key)).Order(StringComparer.Ordinal));

    private static string Rule(FilterRule rule)
    {
        if (!rule.IsExact) return "not known exactly";
        if (rule.ProgramTypes is [ProgramType.Unspec]) return "refuses every program";
        var parts = new List<string>();
        if (!rule.ProgramTypes.IsEmpty) parts.Add(string.Join(", ", rule.ProgramTypes.Select(KernelNames.Spell)));
        if (!rule.AttachTypes.IsEmpty) parts.Add("attached as " + string.Join(", ", rule.AttachTypes));
        if (!rule.StructOpsMembers.IsEmpty) parts.Add("at " + string.Join(", ", rule.StructOpsMembers));
        if (!rule.ExcludedTargets.IsEmpty) parts.Add("not at " + string.Join(", ", rule.ExcludedTargets));
        return string.Join("; ", parts);
    }

    private static string Typed(string type, string name) => type.EndsWith('*') ? type + name : $"{type} {name}".TrimEnd();
}
