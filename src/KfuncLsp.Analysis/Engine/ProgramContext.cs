using System.Collections.Immutable;
using KfuncLsp.Analysis.Rules;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Engine;

/// <summary>What stays the same while one program is analysed, and what is found on the way.</summary>
internal sealed class ProgramContext(UnitFacts unit, FunctionIr program, ProgramKind? kind, KernelModel model, AnalysisOptions options, CancellationToken cancel)
{
    private readonly HashSet<(string Rule, Location Where)> _reported = [];
    private readonly List<Finding> _findings = [];
    private readonly List<AnalysisIssue> _issues = [];
    private readonly Dictionary<(int Chain, string Function, int Block, int Index), int> _chains = [];
    private bool? _takesLengths;
    private int _lastId;

    public UnitFacts Unit { get; } = unit;
    public FunctionIr Program { get; } = program;
    public ProgramKind? Kind { get; } = kind;
    public KernelModel Model { get; } = model;
    public AnalysisOptions Options { get; } = options;
    public CancellationToken Cancel { get; } = cancel;

    public StructOpsBinding? StructOps { get; } = unit.FindStructOps(program.Name);

    /// <summary>The program and every function of the unit that it calls, directly or not.</summary>
    public IReadOnlyList<FunctionIr> Called => field ??= Unit.CalledBy(Program);

    /// <summary>Of each function in <see cref="Called"/>, those that call it, once for each call.</summary>
    public IReadOnlyDictionary<string, List<string>> Callers => field ??= FindCallers();

    /// <summary>Whether the unit names a kfunc that takes a length: only then it matters what is known of one.</summary>
    public bool TakesLengths => _takesLengths ??= Unit.Externs.Keys.Any(name => Model.FindKfunc(name) is { } kfunc && kfunc.Parameters.Any(p => p.SizeParameter is not null));

    public Mentions Mentions => field ??= new(Called.Select(f => Unit.FactsOf(f).Function), Callers);

    /// <summary>Sees the state before each instruction and each block's end; null where nobody looks.</summary>
    public Action<VerifierState>? Observe { get; init; }

    public Precision Precision { get; } = new();

    public long Steps { get; set; }
    public List<string> Reaches { get; } = [];

    /// <summary>Global functions that some path calls, in the order they are reached; verified after the program.</summary>
    public List<string> CalledGlobals { get; } = [];

    /// <summary>Those of them that some call keeps in the program, whatever the compiler does.</summary>
    public HashSet<string> SurelyCalledGlobals { get; } = [];

    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Whether the verdict is known: something was found that the kernel rejects.</summary>
    public bool IsRejected { get; private set; }

    public IReadOnlyList<AnalysisIssue> Issues => _issues;
    public bool IsGpl => Licence.IsGplCompatible(Unit.Unit.License);

    public int NextId() => ++_lastId;

    /// <summary>A number for a chain of calls: equal for equal chains.</summary>
    public int ChainOf(int callerChain, string callee, int block, int index)
    {
        var key = (callerChain, callee, block, index);
        if (!_chains.TryGetValue(key, out var chain)) _chains[key] = chain = _chains.Count + 1;
        return chain;
    }

    /// <summary>The frame of a function that nothing of the program calls.</summary>
    public FrameState NewFrame(FunctionIr function, FrameKind kind)
    {
        var facts = Unit.FactsOf(function);
        return new(facts, Precision.Of(facts), kind) { Chain = ChainOf(0, function.Name, 0, 0) };
    }

    public CallContext CallContext => new(Kind!, StructOps?.TypeName, StructOps?.Member);

    public void Reach(string function)
    {
        if (!Reaches.Contains(function)) Reaches.Add(function);
    }

    private Dictionary<string, List<string>> FindCallers()
    {
        var callers = Called.ToDictionary(f => f.Name, _ => new List<string>(), StringComparer.Ordinal);
        foreach (var caller in Called)
            foreach (var call in caller.Blocks.SelectMany(b => b.Instructions).OfType<Call>())
                if (call.Callee is DirectCallee callee && callers.TryGetValue(callee.Name, out var known)) known.Add(caller.Name);
        return callers;
    }

    /// <summary>Reports what was found on the way to a state; an error only where values are known that lead there, nothing where surely none do.</summary>
    public void Report(Finding finding, VerifierState state)
    {
        if (_reported.Contains((finding.Rule.Code, finding.Where))) return;
        if (finding.Severity != Severity.Error || MayBeReached(state)) Report(finding);
        else if (!PathRefutation.IsImpossible(state.Conditions)) GiveUp($"whether {finding.Rule.Slug} holds here depends on conditions for which no values were found that meet all of them", finding.Where);
    }

    /// <summary>Reports what holds of the program, whatever path it takes.</summary>
    public void Report(Finding finding)
    {
        if (!_reported.Add((finding.Rule.Code, finding.Where))) return;
        _findings.Add(finding with { Program = Program.Name });
        IsRejected |= finding.Severity == Severity.Error;
    }

    /// <summary>The path went on: what was withheld on it is certain.</summary>
    public void ReportWithheld(VerifierState state)
    {
        if (state.Withheld is not { } finding) return;
        state.Withheld = null;
        Report(finding, state);
    }

    private bool MayBeReached(VerifierState state) => MayBe(state.Conditions);

    /// <summary>Whether numbers are known that meet a condition and those before it.</summary>
    public bool MayBe(PathCondition? conditions)
    {
        var isFound = PathWitness.Exists(conditions, out var steps);
        Steps += steps;
        return isFound;
    }

    /// <summary>The verdict can no longer be sure.</summary>
    public void GiveUp(string reason, Location where)
    {
        if (!_issues.Any(i => i.Reason == reason && i.Where == where)) _issues.Add(new(reason, where));
    }
}

/// <summary>The member of a struct_ops variable that a program is bound to.</summary>
internal sealed record StructOpsBinding(string TypeName, string Member, FunctionType? Prototype);
