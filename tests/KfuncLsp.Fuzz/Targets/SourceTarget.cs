using System.Text;
using KfuncLsp.Analysis;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Frontend.Process;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Fuzz.Targets;

/// <summary>C sources, as edits of one file: parsed in the child, lowered and analysed; and what a reparse gives must be what a first parse gives.</summary>
internal sealed class SourceTarget : FuzzTarget
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static readonly string s_directory = Path.Combine(GoodInputs.Repository, "tests", "fixtures", "rules");
    private readonly ChildUnitSource _edited = new(WorkerLaunch.Self(), WorkerLimits.Default);
    private readonly ChildUnitSource _fresh = new(WorkerLaunch.Self(), WorkerLimits.Default);
    private readonly KernelModel _model = KernelModels.For(new KernelVersion(6, 12))!;
    private int _lost, _judged;

    public override string Name => "sources";
    public override IReadOnlyList<byte[]> Seeds { get; } = GoodInputs.Files(s_directory, "*.bpf.c");
    public override string Note => $"{_judged} programs judged, the parser's process lost {_lost} times";

    public override async Task TryAsync(byte[] input)
    {
        var request = new UnitRequest(
            Path.Combine(s_directory, "fuzzed.bpf.c"), input, ["-target", "bpf", "-O2", "-g", "-std=gnu11", "-nostdinc", "-Wno-everything", "-I" + s_directory]);
        var unit = await _edited.ParseAsync(request, default);
        await _fresh.CloseAsync(request.File);
        var first = await _fresh.ParseAsync(request, default);
        foreach (var issue in unit.Issues.Concat(first.Issues))
        {
            if (issue.Message.Contains("internal error", StringComparison.Ordinal)) throw new FindException(issue.Message);
            if (issue.Message.Contains("was lost on this file", StringComparison.Ordinal)) _lost++;
        }

        if (unit.Issues.Concat(first.Issues).Any(i => i.Kind == UnitIssueKind.NotParsed)) return;
        if (IrText.Print(unit) is var edited && IrText.Print(first) is var anew && edited != anew)
            throw new FindException("a reparse gives another unit than a first parse:\n" + Difference(edited, anew));

        var judged = Task.Run(() => Analyzer.Analyze(unit, _model, AnalysisOptions.Default with { StepBudget = 20_000 }, default));
        _judged += (await judged.WaitAsync(s_patience)).Programs.Length;
    }

    public override async ValueTask DisposeAsync()
    {
        await _edited.DisposeAsync();
        await _fresh.DisposeAsync();
    }

    private static string Difference(string one, string other)
    {
        foreach (var (a, b) in one.Split('\n').Zip(other.Split('\n')))
            if (a != b) return $"{a}\n{b}";
        return "one is longer";
    }
}

/// <summary>Every beginning of the seeds: what a file is while it is typed.</summary>
internal sealed class TypedSourceTarget : FuzzTarget
{
    private readonly SourceTarget _sources = new();
    private int _next;

    public override string Name => "typed";
    public override IReadOnlyList<byte[]> Seeds => _sources.Seeds;
    public override string Note => _sources.Note;

    public override Task TryAsync(byte[] input)
    {
        // Seeds in turn, and steps of a prime's length, which in the end come by every byte.
        var text = Seeds[_next % Seeds.Count];
        var length = (long)(_next++ / Seeds.Count) * 1009 % (text.Length + 1);
        return _sources.TryAsync(text[..(int)length]);
    }

    public override ValueTask DisposeAsync() => _sources.DisposeAsync();
}
