using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Process;

/// <summary>Parses in this process, on a thread of its own: for tests and measurements, where a crash of libclang may be one's own.</summary>
public sealed class InProcessUnitSource : IUnitSource
{
    private readonly UnitThread _thread = new();
    private readonly LiveUnits _units;

    private readonly IDisposable? _parser;

    public InProcessUnitSource(int liveUnits = 4, string? libclangPath = null, PreambleCache? preambles = null)
        : this(new LibclangUnits(libclangPath, preambles), liveUnits)
    {
    }

    internal InProcessUnitSource(OpenUnit open, int liveUnits = 4) => _units = new LiveUnits(open, liveUnits);

    private InProcessUnitSource(LibclangUnits parser, int liveUnits)
        : this(parser.Open, liveUnits) => _parser = parser;

    public async ValueTask<UnitIr> ParseAsync(UnitRequest request, CancellationToken cancel)
    {
        var answer = new TaskCompletionSource<UnitIr>(TaskCreationOptions.RunContinuationsAsynchronously);
        _thread.Post(() =>
        {
            if (cancel.IsCancellationRequested)
            {
                answer.TrySetCanceled(cancel);
                return;
            }

            try
            {
                answer.TrySetResult(_units.Parse(request));
            }
            catch (Exception ours)
            {
                answer.TrySetException(ours);
            }
        });
        return await answer.Task.WaitAsync(cancel);
    }

    public ValueTask CloseAsync(string file)
    {
        _thread.Post(() => _units.Close(file));
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        var freed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _thread.Post(() =>
        {
            _units.Dispose();
            freed.SetResult();
        });
        await freed.Task;
        _parser?.Dispose();
        _thread.Dispose();
    }
}
