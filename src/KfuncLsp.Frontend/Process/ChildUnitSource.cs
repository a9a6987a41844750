using System.Collections.Concurrent;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Process;

/// <summary>Parses in a child process of the same executable, which may crash or hang without harm.</summary>
/// <remarks>
/// The child is started with the first request, or with <see cref="Begin"/>, and anew when it crashed, hung or grew too large; every request carries the whole state.
/// A file that brings it down twice is left alone until its text, its arguments or an unsaved file beside it change.
/// </remarks>
public sealed class ChildUnitSource(WorkerLaunch launch, WorkerLimits limits) : IUnitSource
{
    private const int Attempts = 2;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentDictionary<string, (ulong Fingerprint, string Reason)> _leftAlone = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _closed = new();
    private volatile WorkerProcess? _worker;
    private volatile bool _isDisposed;
    private volatile bool _wasAsked;
    private volatile string _libclang = "";

    /// <summary>The child's process id; null where none runs.</summary>
    internal int? ProcessId => _worker is { IsAlive: true } worker ? worker.Id : null;

    /// <summary>How many children were started.</summary>
    internal int Starts { get; private set; }

    public IEnumerable<ParserStatus> Parsers
    {
        get
        {
            var worker = _worker is { IsAlive: true } alive ? alive : null;
            return [new(worker?.Libclang ?? _libclang, worker?.Id, Starts, worker?.MemoryBytes() ?? 0) { LeftAlone = [.. _leftAlone.Select(f => $"{f.Key}: {f.Value.Reason}")] }];
        }
    }

    /// <summary>Starts the child before the first request, which waits for it no longer then. Does not wait.</summary>
    /// <remarks>One that nobody asks anything for a minute is ended.</remarks>
    public void Begin(string directory) => _ = Task.Run(() => BeginAsync(s_patience));

    internal async Task BeginAsync(TimeSpan patience)
    {
        using (await TurnAsync())
        {
            try
            {
                await WorkerAsync();
            }
            catch (WorkerFailedException)
            {
                // The first request tries it again, and says what is wrong.
                Drop();
            }
        }

        await Task.Delay(patience);
        using (await TurnAsync())
            if (!_wasAsked) Drop();
    }

    public async ValueTask<UnitIr> ParseAsync(UnitRequest request, CancellationToken cancel)
    {
        _wasAsked = true;

        // A parse can't be interrupted: who cancels is answered at once, and the child finishes (or hits its deadline) before its next turn.
        return await ServeAsync(request, cancel).WaitAsync(cancel);
    }

    /// <remarks>Does not wait for a parse that runs: the child is told before its next turn.</remarks>
    public ValueTask CloseAsync(string file)
    {
        _leftAlone.TryRemove(file, out _);
        _closed.Enqueue(file);
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;

        // Not in turn: a parse that hangs must not hold up the end.
        _worker?.Stop();
        using (await TurnAsync()) Drop();
    }

    private async Task<UnitIr> ServeAsync(UnitRequest request, CancellationToken cancel)
    {
        using var turn = await TurnAsync(cancel);
        cancel.ThrowIfCancellationRequested();
        return await ServeInTurnAsync(request);
    }

    private async Task<Turn> TurnAsync(CancellationToken cancel = default)
    {
        await _turn.WaitAsync(cancel);
        return new(_turn);
    }

    /// <summary>The child serves one at a time.</summary>
    private readonly struct Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }

    private async Task<UnitIr> ServeInTurnAsync(UnitRequest request)
    {
        // A file on disk may change while it is parsed.
        var onDisk = request.Text is null ? RequestFingerprint.Of(request) : default(ulong?);
        if (_leftAlone.TryGetValue(request.File, out var past))
        {
            if (past.Fingerprint == (onDisk ?? RequestFingerprint.Of(request))) return FailedUnit.Of(request.File, past.Reason);
            _leftAlone.TryRemove(request.File, out _);
        }

        var reason = "";
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            WorkerProcess worker;
            try
            {
                worker = await WorkerAsync();
            }
            catch (WorkerFailedException failed)
            {
                Drop();
                return FailedUnit.Of(request.File, $"The parser's process could not be started: {failed.Message}");
            }

            try
            {
                while (_closed.TryDequeue(out var closed))
                    if (closed != request.File) await worker.CloseAsync(closed);
                var unit = await worker.ParseAsync(attempt == 0 ? request : request with { IsAfterCrash = true });
                if (worker.IsOverMemory()) Drop();
                return unit;
            }
            catch (WorkerFailedException failed)
            {
                Drop();
                reason = failed.Message;
                if (_isDisposed) return FailedUnit.Of(request.File, "The parser was shut down.");
            }
        }

        reason = $"Not parsed: the parser's process was lost on this file twice ({reason}). It is left alone until it changes.";
        _leftAlone[request.File] = (onDisk ?? RequestFingerprint.Of(request), reason);
        return FailedUnit.Of(request.File, reason);
    }

    private async Task<WorkerProcess> WorkerAsync()
    {
        if (_worker is { IsAlive: true } worker) return worker;
        Drop();
        if (_isDisposed) throw new WorkerFailedException("it was shut down");
        Starts++;
        _worker = WorkerProcess.Start(launch, limits);
        if (_isDisposed) _worker.Stop();
        await _worker.GreetAsync();
        _libclang = _worker.Libclang;
        return _worker;
    }

    private void Drop()
    {
        _worker?.Dispose();
        _worker = null;
    }
}
