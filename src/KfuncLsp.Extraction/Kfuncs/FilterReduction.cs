using KfuncLsp.Extraction.CSource;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Kfuncs;

/// <summary>What the filter functions of a hook ask of a program that calls one kfunc.</summary>
internal sealed class FilterReduction(SourceTree tree, Dictionary<(string File, string Set), IdSet> sets, List<Registration> registrations, System.Collections.Immutable.ImmutableArray<ProgramHookFact> programHooks, Func<CFile, int, string> place)
{
    public IEnumerable<FilterFact> Of(string kfunc, string hook)
    {
        _ = (tree, sets, place);
        var types = programHooks.Where(h => h.Hook == hook).Select(h => h.ProgramType).ToHashSet();
        foreach (var filter in registrations.Where(r => r.Filter is not null && types.Contains(r.ProgramType)).Select(r => r.Filter!).Distinct().Order(StringComparer.Ordinal))
            if (sets.Values.Any(s => s.Entries.Any(e => e.Name == kfunc) && registrations.Any(r => r.Filter == filter && r.Set == s.Name)))
                yield return new(filter, hook) { Inexact = true };
    }
}
