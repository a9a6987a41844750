using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Workspace.Caching;

/// <summary>The program reports of one file, by everything that they depend on.</summary>
/// <remarks>
/// Only the file's worker touches it. What was not asked for in the last <see cref="Generations"/> checks is dropped;
/// a few are kept so that undoing an edit costs nothing.
/// </remarks>
internal sealed class ReportCache
{
    private const int Generations = 16;

    private readonly Dictionary<IrHash, (ProgramReport Report, int Used)> _reports = [];
    private int _generation;
    private int _hits;
    private int _misses;

    public CacheUse Use => new(_hits, _misses);

    /// <summary>Begins a check: counts start at nothing.</summary>
    public void Begin()
    {
        _generation++;
        (_hits, _misses) = (0, 0);
        foreach (var (key, (_, used)) in _reports)
            if (_generation - used > Generations) _reports.Remove(key);
    }

    public ProgramReport GetOrAdd(IrHash key, Func<ProgramReport> analyze)
    {
        ProgramReport report;
        if (_reports.TryGetValue(key, out var known))
        {
            _hits++;
            report = known.Report;
        }
        else
        {
            _misses++;
            report = analyze();
        }

        _reports[key] = (report, _generation);
        return report;
    }
}
