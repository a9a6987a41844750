using System.Collections.Immutable;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Registry.Words;

namespace KfuncLsp.Registry.History;

/// <summary>Compares kfuncs of two models.</summary>
public static class KfuncComparison
{
    /// <summary>All that changed between two models, by name; kfuncs of the kernel's tests are left out.</summary>
    public static ImmutableArray<KfuncChange> Between(KernelModel older, KernelModel newer) =>
        [.. older.Kfuncs.Keys.Union(newer.Kfuncs.Keys).Order(StringComparer.Ordinal).SelectMany(n => Between(older.Kfuncs.GetValueOrDefault(n), newer.Kfuncs.GetValueOrDefault(n)))];

    /// <summary>What changed of one kfunc; null is a kernel that lacks it.</summary>
    public static IEnumerable<KfuncChange> Between(KfuncSignature? older, KfuncSignature? newer)
    {
        if ((older ?? newer) is not { IsTest: false } kfunc) yield break;
        var name = kfunc.Name;
        if (older is null)
        {
            yield return new(name, KfuncChangeKind.Added, "", KfuncWords.Prototype(kfunc));
            yield break;
        }

        if (newer is null)
        {
            var advice = older.Deprecated;
            yield return new(name, KfuncChangeKind.Removed, KfuncWords.Prototype(older), "") { Instead = advice?.Replacement, Reason = advice?.Reason, Source = advice?.Source };
            yield break;
        }

        foreach (var change in Flags(older, newer)) yield return change;
        if (Texts(KfuncChangeKind.Hooks, name, Hooks(older), Hooks(newer)) is { } hooks) yield return hooks;
        if (Texts(KfuncChangeKind.Filters, name, Filters(older), Filters(newer)) is { } filters) yield return filters;
        if (Texts(KfuncChangeKind.Prototype, name, KfuncWords.Prototype(older), KfuncWords.Prototype(newer)) is { } prototype) yield return prototype;
        if (Texts(KfuncChangeKind.Config, name, string.Join(' ', older.Config), string.Join(' ', newer.Config)) is { } config) yield return config;
        if (older.Deprecated is null && newer.Deprecated is { } told)
            yield return new(name, KfuncChangeKind.Deprecated, "", told.Reason) { Instead = told.Replacement, Reason = told.Reason, Source = told.Source };
    }

    private static KfuncChange? Texts(KfuncChangeKind kind, string name, string before, string after) => before == after ? null : new(name, kind, before, after);

    /// <summary>One change where all hooks that both have changed alike; else one a hook.</summary>
    private static IEnumerable<KfuncChange> Flags(KfuncSignature older, KfuncSignature newer)
    {
        var changed = older.Hooks.Where(h => newer.Hooks.TryGetValue(h.Key, out var now) && now != h.Value).OrderBy(h => h.Key)
            .Select(h => (Hook: h.Key, Before: h.Value, After: newer.Hooks[h.Key])).ToList();
        if (changed.Count > 0 && changed.DistinctBy(c => (c.Before, c.After)).Count() == 1 && changed.Count == older.Hooks.Keys.Intersect(newer.Hooks.Keys).Count())
            return [new(older.Name, KfuncChangeKind.Flags, KfuncWords.FlagNames(changed[0].Before), KfuncWords.FlagNames(changed[0].After))];
        return changed.Select(c => new KfuncChange(older.Name, KfuncChangeKind.Flags, KfuncWords.FlagNames(c.Before), KfuncWords.FlagNames(c.After)) { Place = c.Hook });
    }

    private static string Hooks(KfuncSignature kfunc) => string.Join(' ', kfunc.Hooks.Keys.Select(KernelNames.Spell).Order(StringComparer.Ordinal));

    private static string Filters(KfuncSignature kfunc) => string.Join("; ", kfunc.Filters.Select(f => $"{KernelNames.Spell(f.Hook)}: {KfuncWords.Rule(f.Rule)}").Distinct().Order(StringComparer.Ordinal));
}
