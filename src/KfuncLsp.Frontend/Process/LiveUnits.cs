using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Process;

/// <summary>A translation unit that is kept: it can be brought up to date, and must be freed.</summary>
/// <remarks><see cref="Refresh"/> gets a request with the same file and arguments; null where the unit was lost.</remarks>
internal sealed record LiveUnit(Func<UnitRequest, UnitIr?> Refresh, Action Free);

/// <summary>Parses a file for the first time. The unit is null where there is nothing to keep.</summary>
internal delegate (UnitIr Unit, LiveUnit? Live) OpenUnit(UnitRequest request);

/// <summary>The few translation units that are kept alive, the least recently used freed first. Not thread-safe: its owner has one thread.</summary>
internal sealed class LiveUnits(OpenUnit open, int limit) : IDisposable
{
    private readonly LinkedList<(string File, string Arguments, LiveUnit Unit)> _units = [];

    public int Count => _units.Count;

    /// <summary>Reparses where the file is alive with the same arguments, else parses.</summary>
    public UnitIr Parse(UnitRequest request)
    {
        var arguments = string.Join('\0', request.Arguments);
        for (var node = _units.First; node is not null; node = node.Next)
        {
            if (node.Value.File != request.File || node.Value.Arguments != arguments) continue;

            // Taken out while it works: a unit whose reparse fails is in no known state.
            _units.Remove(node);
            UnitIr? refreshed = null;
            try
            {
                refreshed = node.Value.Unit.Refresh(request);
            }
            finally
            {
                if (refreshed is null) node.Value.Unit.Free();
                else _units.AddFirst(node);
            }

            if (refreshed is not null) return refreshed;
            break;
        }

        // Room is made first, so that the limit is one of memory, too.
        while (_units.Count >= Math.Max(1, limit)) FreeLast();
        var (unit, live) = open(request);
        if (live is not null) _units.AddFirst((request.File, arguments, live));
        return unit;
    }

    public void Close(string file)
    {
        for (var node = _units.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.File == file)
            {
                _units.Remove(node);
                node.Value.Unit.Free();
            }

            node = next;
        }
    }

    public void Dispose()
    {
        while (_units.Count > 0) FreeLast();
    }

    private void FreeLast()
    {
        var last = _units.Last!.Value;
        _units.RemoveLast();
        last.Unit.Free();
    }
}
