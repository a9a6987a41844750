using KfuncLsp.Fuzz.Edits;

namespace KfuncLsp.Fuzz.Targets;

/// <summary>Edits of real programs, one after the other: what the edited function alone was lowered for must be what a first parse of the version gives.</summary>
internal sealed class EditTarget(int seed) : FuzzTarget
{
    /// <summary>A worker after a crash goes on with other edits than those that led there.</summary>
    private const int SeedsApart = 1_000_003;

    private EditWorker? _worker;
    private int _inPart;
    private int _crashes;

    public override string Name => "edits";
    public override IReadOnlyList<byte[]> Seeds { get; } = [[]];
    public override string Note => $"{_inPart} lowered in part{(_crashes > 0 ? $", libclang crashed {_crashes} times" : "")}";
    public override string? Broken => _worker?.Broken;

    public override async Task TryAsync(byte[] input)
    {
        _worker ??= new(unchecked(seed + (_crashes * SeedsApart)));
        switch (await _worker.NextAsync())
        {
            case true:
                _inPart++;
                break;
            case null:
                _crashes++;
                _worker.Dispose();
                _worker = null;
                break;
        }
    }

    public override ValueTask DisposeAsync()
    {
        _worker?.Dispose();
        return default;
    }
}
