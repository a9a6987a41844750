namespace KfuncLsp.Registry.Facts;

/// <summary>What is known of a kfunc across kernels: since when, until when, what replaced it.</summary>
internal sealed class KfuncHistory
{
    private readonly FactSources _sources;
    private readonly Dictionary<string, HistoryFact> _dated;

    public KfuncHistory(FactSources sources)
    {
        _sources = sources;
        _dated = sources.History.GroupBy(h => h.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    }

    /// <summary>The release it came with, where a source says so and no model contradicts; else the oldest model that has it, if the release right before lacks it.</summary>
    public KernelVersion? Since(string name)
    {
        var first = Array.FindIndex([.. _sources.Kernels], k => k.Kfuncs.Any(f => f.Name == name));
        if (first < 0) return null;
        var seen = Series(first);
        if (_dated.TryGetValue(name, out var fact) && fact.Since is not null && KernelVersion.Parse(fact.Since) is { } said && said <= seen && (first == 0 || said > Series(first - 1))) return said;
        return first > 0 && seen.Follows(Series(first - 1)) ? seen : null;
    }

    /// <summary>The first model that no longer has it; null where the newest still does.</summary>
    public KernelVersion? Until(string name)
    {
        var last = Array.FindLastIndex([.. _sources.Kernels], k => k.Kfuncs.Any(f => f.Name == name));
        return last < 0 || last == _sources.Kernels.Length - 1 ? null : Series(last + 1);
    }

    /// <summary>Advice against a kfunc that a kernel still has: the kernel's own, or that a newer kernel lacks it and why.</summary>
    public Deprecation? Deprecation(KfuncFact fact, KernelVersion series)
    {
        var row = _sources.Behaviour.Replacements.FirstOrDefault(r => r.Name == fact.Name);
        if (fact.Deprecated is { } own)
        {
            string?[] reasons = [row?.Reason, own.Until is { } until ? $"the kernel announces its removal in {until}" : row is null ? "the kernel advises against it" : null];
            return new(row?.Replacement ?? own.Replacement, string.Join("; ", reasons.OfType<string>()), own.Source);
        }

        return row is not null && Until(fact.Name) is { } gone && gone > series ? new(row.Replacement, row.Reason, row.Source) : null;
    }

    private KernelVersion Series(int index) => KernelVersion.Parse(_sources.Kernels[index].Release)!.Value.Series;
}
