using System.Collections.Immutable;
using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.Observation;
using KfuncLsp.Analysis.Rules;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis;

/// <summary>The one way in: a unit and a kernel → what that kernel would say.</summary>
/// <remarks>Pure: no clock, file, thread or mutable static. The same inputs give the same report in the same order.</remarks>
public static class Analyzer
{
    /// <summary>Units: instructions. Paths beyond them rarely show a reader anything new.</summary>
    private const long MostObservedSteps = 50_000;

    /// <summary>Every program of the unit.</summary>
    public static UnitReport Analyze(UnitIr unit, KernelModel model, AnalysisOptions options, CancellationToken cancel)
    {
        var facts = new UnitFacts(unit);
        var programs = ImmutableArray.CreateBuilder<ProgramReport>();
        foreach (var function in ProgramsOf(unit)) programs.Add(AnalyzeProgram(facts, function, model, options, cancel));
        return new(model.Version, programs.ToImmutable());
    }

    /// <summary>The functions that are programs, in source order.</summary>
    public static IEnumerable<FunctionIr> ProgramsOf(UnitIr unit) => unit.Functions.Where(f => f.IsProgram && IsLoaded(f));

    /// <summary>One program of the unit.</summary>
    public static ProgramReport AnalyzeProgram(UnitIr unit, FunctionIr program, KernelModel model, AnalysisOptions options, CancellationToken cancel) =>
        AnalyzeProgram(new UnitFacts(unit), program, model, options, cancel);

    /// <summary>What one program of the unit holds at each point of its code; the same walk as <see cref="AnalyzeProgram(UnitIr, FunctionIr, KernelModel, AnalysisOptions, CancellationToken)"/>, with someone looking on.</summary>
    /// <remarks>Errors: a program whose walk is not finished within the budget, or that breaks a rule early, is known as far as its paths were followed.</remarks>
    public static StateTable ObserveProgram(UnitIr unit, FunctionIr program, KernelModel model, AnalysisOptions options, CancellationToken cancel)
    {
        var facts = new UnitFacts(unit);
        var recorder = new StateRecorder();
        var context = new ProgramContext(facts, program, model.Sections.Match(program.Section ?? ""), model, options with { StepBudget = Math.Min(options.StepBudget, MostObservedSteps) }, cancel)
        {
            Observe = recorder.See,
        };
        if (program.NotLowered is null) Explore(context);
        return recorder.Table();
    }

    /// <summary>Sections that hold code but no program that libbpf loads by itself.</summary>
    private static bool IsLoaded(FunctionIr function) => function.Section is not (null or ".text") && !function.Section.StartsWith(".text.", StringComparison.Ordinal);

    private static ProgramReport AnalyzeProgram(UnitFacts unit, FunctionIr program, KernelModel model, AnalysisOptions options, CancellationToken cancel)
    {
        var kind = model.Sections.Match(program.Section ?? "");
        var context = new ProgramContext(unit, program, kind, model, options, cancel);
        context.Reach(program.Name);
        if (kind is null) context.GiveUp($"libbpf knows no section \"{program.Section}\"", new(program.Name, default));
        if (program.NotLowered is { } reason) context.GiveUp($"not analysed: {reason}", new(program.Name, default));
        else Explore(context);
        foreach (var name in context.Reaches)
            if (unit.FindFunction(name) is { } reached) KF0705NonGplProgram.Check(context, reached);
        return ReportOf(context);
    }

    /// <summary>The program, then each global function that it was seen to call.</summary>
    private static void Explore(ProgramContext context)
    {
        KF0710AttachTarget.Check(context);
        var explorer = new PathExplorer(context);
        explorer.Explore(EntryState.OfProgram(context));
        ExceptionCallback.Explore(explorer);
        for (var i = 0; i < context.CalledGlobals.Count; i++)
        {
            if (context.Unit.FindFunction(context.CalledGlobals[i]) is not { NotLowered: null } function) continue;
            var entry = EntryState.OfGlobalFunction(context, function);
            entry.MayBeLeftOut = !context.SurelyCalledGlobals.Contains(function.Name);
            explorer.Explore(entry);
        }
    }

    private static ProgramReport ReportOf(ProgramContext context)
    {
        var findings = context.Findings.ToImmutableArray();
        var verdict = context.IsRejected ? Verdict.Rejected
            : context.Issues.Count > 0 ? Verdict.Inconclusive
            : Verdict.Accepted;
        return new(context.Program.DisplayName, context.Program.Section ?? "", context.Kind, verdict)
        {
            Findings = findings,
            Issues = [.. context.Issues],
            Steps = context.Steps,
            Reaches = [.. context.Reaches],
        };
    }
}
