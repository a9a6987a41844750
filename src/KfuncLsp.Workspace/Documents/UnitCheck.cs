using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Caching;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Configuration;

namespace KfuncLsp.Workspace.Documents;

/// <summary>Judges a parsed unit on every target kernel, taking from a cache what an edit did not touch.</summary>
internal sealed class UnitCheck(WorkspaceServices services, ReportCache cache)
{
    private readonly List<string> _faults = [];
    private readonly KnownCode _known = new();

    /// <summary>Our own faults of the last run.</summary>
    public ImmutableArray<string> Faults => [.. _faults];

    /// <summary>The names of what the last run judged.</summary>
    public ProgramKeys? Keys { get; private set; }

    /// <summary>One report per target kernel.</summary>
    public ImmutableArray<UnitReport> Run(UnitIr unit, ProjectSetup setup, CancellationToken cancel)
    {
        _faults.Clear();
        cache.Begin();
        var keys = Keys = new(unit, _known);
        var programs = Analyzer.ProgramsOf(unit).ToList();
        var reports = ImmutableArray.CreateBuilder<UnitReport>();
        foreach (var target in setup.Targets.Kernels)
        {
            var judged = target.Models.Select(model => Judge(unit, programs, keys, model, target, setup.Options, cancel)).ToList();
            if (judged is [var only]) reports.Add(only);
            if (judged is [var older, var newer]) reports.Add(NeighbourJudgement.Combine(target.Version, older with { Kernel = target.Models[0].Version }, newer with { Kernel = target.Models[1].Version }));
        }

        return reports.ToImmutable();
    }

    private UnitReport Judge(
        UnitIr unit, List<FunctionIr> programs, ProgramKeys keys, KernelModel model, TargetKernel target, AnalysisOptions options, CancellationToken cancel)
    {
        var reports = ImmutableArray.CreateBuilder<ProgramReport>();
        foreach (var program in programs)
        {
            cancel.ThrowIfCancellationRequested();
            reports.Add(JudgeProgram(unit, program, keys, model, options, cancel));
        }

        return new(target.Version, reports.ToImmutable());
    }

    private ProgramReport JudgeProgram(
        UnitIr unit, FunctionIr program, ProgramKeys keys, KernelModel model, AnalysisOptions options, CancellationToken cancel)
    {
        try
        {
            return cache.GetOrAdd(keys.KeyOf(program, model, options), () => services.AnalyzeProgram(unit, program, model, options, cancel));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _faults.Add($"the analysis of {program.DisplayName} on {model.Version} failed: {error}");
            return new(program.DisplayName, program.Section ?? "", null, Verdict.Inconclusive)
            {
                Issues = [new($"the analysis failed ({error.Message}); this is a fault of kfunc-lsp", new(program.Name, new(0, 0)))],
            };
        }
    }
}
