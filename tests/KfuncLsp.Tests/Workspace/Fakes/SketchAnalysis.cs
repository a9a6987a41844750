using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Tests.Workspace.Fakes;

/// <summary>Judges sketches: a program that reaches a call of <c>leak</c> has a finding there. Counts what it is asked.</summary>
internal sealed class SketchAnalysis
{
    public static readonly RuleId Rule = new("KF0101", "unreleased-reference");

    private readonly List<string> _asked = [];

    /// <summary>Called before each program is judged; a test may wait here.</summary>
    public Action Before { get; set; } = () => { };

    /// <summary>The programs that were analysed since the last look, in order.</summary>
    public List<string> TakeAsked()
    {
        lock (_asked)
        {
            var copy = _asked.ToList();
            _asked.Clear();
            return copy;
        }
    }

    public ProgramReport Analyze(UnitIr unit, FunctionIr program, KernelModel model, AnalysisOptions options, CancellationToken cancel)
    {
        lock (_asked) _asked.Add(program.Name);
        Before();
        if (program.Name.StartsWith("crash", StringComparison.Ordinal)) throw new InvalidOperationException("a fault of the analysis");
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var reached = Reached(unit, program);
        foreach (var function in reached)
            foreach (var call in function.Blocks[0].Instructions.OfType<Call>())
                if (call.Callee is DirectCallee { Name: "leak" })
                    findings.Add(new(Rule, Severity.Error, "`p` is still owned here", new(function.Name, call.Span))
                    {
                        Program = program.Name,
                        KernelMessage = "Unreleased reference id=1 alloc_insn=2",
                        Trace = [new("entered here", new(program.Name, new(0, 3)))],
                    });
        return new(program.Name, program.Section!, null, findings.Count > 0 ? Verdict.Rejected : Verdict.Accepted)
        {
            Findings = findings.ToImmutable(), Reaches = [.. reached.Select(f => f.Name)],
        };
    }

    public static WorkspaceServices Services(SketchUnits units, SketchAnalysis analysis, params string[] kernels) =>
        new(units, new FixedProjects(kernels.Length > 0 ? kernels : ["6.12"])) { AnalyzeProgram = analysis.Analyze };

    private static List<FunctionIr> Reached(UnitIr unit, FunctionIr program)
    {
        var found = new List<FunctionIr> { program };
        for (var i = 0; i < found.Count; i++)
            foreach (var call in found[i].Blocks[0].Instructions.OfType<Call>())
                if (call.Callee is DirectCallee direct && unit.FindFunction(direct.Name) is { } callee && !found.Contains(callee)) found.Add(callee);
        return found;
    }
}

/// <summary>One setup for every file.</summary>
internal sealed class FixedProjects(params string[] kernels) : IProjectSource
{
    public int Forgotten { get; private set; }

    public ProjectConfiguration Configuration { get; set; } = ProjectConfiguration.Empty;

    public ProjectSetup SetupOf(string path, ReadOnlyMemory<byte> text)
    {
        var targets = kernels.Select(k => KernelVersion.Parse(k)!.Value).Select(v => new TargetKernel(v, [KernelModels.For(v)!]));
        return new(new CompileCommand(path, "/", []) { Origin = "a test" }, new([.. targets], "a test"), AnalysisOptions.Default) { Configuration = Configuration };
    }

    public void Forget() => Forgotten++;
}
