using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis;

/// <summary>The one way in: a unit and a kernel → what that kernel would say.</summary>
/// <remarks>Pure: no clock, file, thread or mutable static. The same inputs give the same report in the same order.</remarks>
public static class Analyzer
{
    /// <summary>Every program of the unit.</summary>
    public static UnitReport Analyze(UnitIr unit, KernelModel model, AnalysisOptions options, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>One program of the unit.</summary>
    public static ProgramReport AnalyzeProgram(UnitIr unit, FunctionIr program, KernelModel model, AnalysisOptions options, CancellationToken cancel) =>
        throw new NotImplementedException();
}
