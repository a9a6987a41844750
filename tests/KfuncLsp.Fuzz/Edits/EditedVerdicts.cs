using KfuncLsp.Analysis;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Fuzz.Edits;

/// <summary>What a workspace says of a text that is edited, each version compared with what a workspace says that never saw another.</summary>
internal sealed class EditedVerdicts : IAsyncDisposable
{
    /// <summary>Enough for each program that is edited; what an edit makes endless is inconclusive in both.</summary>
    private const int Steps = 20_000;

    private readonly string _file;
    private readonly Units _units = new();
    private readonly OneKernelProject _project;
    private readonly LiveWorkspace _workspace;
    private int _version;

    public EditedVerdicts(string file, string[] arguments, KernelVersion kernel)
    {
        _file = file;
        _project = new(file, arguments, kernel) { Options = AnalysisOptions.Default with { StepBudget = Steps } };
        _workspace = Workspace(_units);
    }

    /// <summary>Judges a version. Errors: a <see cref="FindException"/> where the verdicts are not those of a first check.</summary>
    public async Task NextAsync(string text, UnitIr edited, UnitIr fresh)
    {
        var document = TextDocument.Create(_file, ++_version, text);
        _units.Next = edited;
        if (_version == 1) _workspace.Open(document);
        else _workspace.Apply(_file, _version, [new(null, text)], KfuncLsp.Workspace.Text.PositionEncoding.Utf16);
        var actual = await _workspace.NewestCheck(_file)!;

        await using var other = Workspace(new Units { Next = fresh });
        other.Open(document);
        var expected = await other.NewestCheck(_file)!;
        foreach (var (one, now) in CheckText.Lines(expected).Zip(CheckText.Lines(actual)))
            if (one != now) throw new FindException($"a first check says\n    {one}\nand the edit\n    {now}");
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private LiveWorkspace Workspace(Units units) => new(new(units, _project));

    /// <summary>Hands over what was lowered elsewhere.</summary>
    private sealed class Units : IUnitSource
    {
        public UnitIr? Next { get; set; }

        public ValueTask<UnitIr> ParseAsync(UnitRequest request, CancellationToken cancel) => new(Next!);
        public ValueTask CloseAsync(string file) => default;
        public ValueTask DisposeAsync() => default;
    }
}
