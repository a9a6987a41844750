using System.Collections.Concurrent;

namespace KfuncLsp.Frontend.Process;

/// <summary>The one thread that touches libclang: visits recurse, so its stack is large.</summary>
internal sealed class UnitThread : IDisposable
{
    /// <summary>Units: bytes.</summary>
    public const int StackSize = 64 << 20;

    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    public UnitThread(string name)
    {
        _thread = new Thread(() =>
        {
            foreach (var action in _work.GetConsumingEnumerable()) action();
        }, StackSize) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Queues work, which must not throw.</summary>
    public void Post(Action action) => _work.Add(action);

    /// <summary>Lets the queued work end, and the thread with it.</summary>
    public void Dispose() => _work.CompleteAdding();
}
