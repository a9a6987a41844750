using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Analysis.Observation;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Configuration;

namespace KfuncLsp.Workspace.Documents;

/// <summary>How one file is parsed, and for which kernels it is judged.</summary>
public sealed record ProjectSetup(CompileCommand Command, TargetSelection Targets, AnalysisOptions Options)
{
    public ProjectConfiguration Configuration { get; init; } = ProjectConfiguration.Empty;

    /// <summary>The first target's first model: what hover and completion speak about. Null where there is no model.</summary>
    public KernelModel? Model => Targets.Kernels is [{ Models: [var first, ..] }, ..] ? first : null;
}

/// <summary>What the workspace asks of the projects around its files. Real sources: the file system, and values made by a test.</summary>
public interface IProjectSource
{
    /// <summary>The setup of a file. Shape: <paramref name="text"/> is the editor's buffer.</summary>
    ProjectSetup SetupOf(string path, ReadOnlyMemory<byte> text);

    /// <summary>Forgets what was read from disk: configuration, compile databases, headers.</summary>
    void Forget();
}

/// <summary>Judges one program; <see cref="Analyzer.AnalyzeProgram"/> but for tests.</summary>
public delegate ProgramReport ProgramAnalysis(UnitIr unit, FunctionIr program, KernelModel model, AnalysisOptions options, CancellationToken cancel);

/// <summary>Watches one program; <see cref="Analyzer.ObserveProgram"/> but for tests.</summary>
public delegate StateTable ProgramObservation(UnitIr unit, FunctionIr program, KernelModel model, AnalysisOptions options, CancellationToken cancel);

/// <summary>The seams of a workspace.</summary>
public sealed record WorkspaceServices(IUnitSource Units, IProjectSource Projects)
{
    /// <summary>Parses files that no editor has open, so that no edit waits behind them.</summary>
    public IUnitSource UnitsOfClosedFiles { get; init; } = Units;

    public ProgramAnalysis AnalyzeProgram { get; init; } = Analyzer.AnalyzeProgram;
    public ProgramObservation ObserveProgram { get; init; } = Analyzer.ObserveProgram;
}
