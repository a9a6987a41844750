using KfuncLsp.Frontend.Process;
using KfuncLsp.Fuzz.Edits;

namespace KfuncLsp.Fuzz.Targets;

/// <summary>Edits of real programs, one after the other: what is lowered and said of each must be what a first parse and check give.</summary>
internal sealed class EditTarget(int seed, WorkerLaunch fuzzer) : FuzzTarget
{
    /// <summary>A worker after a crash goes on with other edits than those that led there.</summary>
    private const int SeedsApart = 1_000_003;

    private EditWorker? _worker;
    private int _crashes;

    /// <summary>How many versions were lowered in part.</summary>
    public int InPart { get; private set; }

    public override string Name => "edits";
    public override IReadOnlyList<byte[]> Seeds { get; } = [[]];
    public override string Note => $"{InPart} lowered in part{(_crashes > 0 ? $", libclang crashed {_crashes} times" : "")}";
    public override string? Broken => _worker?.Broken;

    public override async Task TryAsync(byte[] input)
    {
        _worker ??= new(unchecked(seed + (_crashes * SeedsApart)), fuzzer);
        switch (await _worker.NextAsync())
        {
            case true:
                InPart++;
                break;
            case null:
                _crashes++;
                if (!_worker.HasEnded) break;
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
