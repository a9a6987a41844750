using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Process;

/// <summary>Several children, so that the files of a directory are parsed in parallel.</summary>
/// <remarks>A request waits for a child that is free; each child answers one request at a time.</remarks>
public sealed class UnitSourcePool : IUnitSource
{
    private readonly ImmutableArray<ChildUnitSource> _sources;
    private readonly Channel<ChildUnitSource> _free;
    private readonly ConcurrentDictionary<string, ChildUnitSource> _last = new(StringComparer.Ordinal);

    /// <param name="count">How many children; 0 is one per core.</param>
    public UnitSourcePool(WorkerLaunch launch, WorkerLimits limits, int count = 0)
    {
        Count = count > 0 ? count : Environment.ProcessorCount;
        _sources = [.. Enumerable.Range(0, Count).Select(_ => new ChildUnitSource(launch, limits))];
        _free = Channel.CreateUnbounded<ChildUnitSource>();
        foreach (var source in _sources) _free.Writer.TryWrite(source);
    }

    public int Count { get; }

    public async ValueTask<UnitIr> ParseAsync(UnitRequest request, CancellationToken cancel)
    {
        // The child that has the file alive reparses it in milliseconds; that is worth waiting for its turn.
        if (_last.TryGetValue(request.File, out var known)) return await known.ParseAsync(request, cancel);

        var source = await _free.Reader.ReadAsync(cancel);
        _last[request.File] = source;
        try
        {
            return await source.ParseAsync(request, cancel);
        }
        finally
        {
            _free.Writer.TryWrite(source);
        }
    }

    public ValueTask CloseAsync(string file) => _last.TryRemove(file, out var source) ? source.CloseAsync(file) : default;

    public async ValueTask DisposeAsync()
    {
        foreach (var source in _sources) await source.DisposeAsync();
    }
}
