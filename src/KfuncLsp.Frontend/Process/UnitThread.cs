using System.Collections.Concurrent;
using KfuncLsp.Frontend.Parsing;

namespace KfuncLsp.Frontend.Process;

/// <summary>The one thread that touches libclang: visits recurse, so its stack is large.</summary>
internal sealed class UnitThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    public UnitThread() => LargeStack.Start(() =>
    {
        foreach (var action in _work.GetConsumingEnumerable()) action();
    });

    /// <summary>Queues work, which must not throw.</summary>
    public void Post(Action action) => _work.Add(action);

    /// <summary>Lets the queued work end, and the thread with it.</summary>
    public void Dispose() => _work.CompleteAdding();
}
