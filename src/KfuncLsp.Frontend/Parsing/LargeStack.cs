using System.Runtime.ExceptionServices;

namespace KfuncLsp.Frontend.Parsing;

/// <summary>Runs work that recurses over C's syntax on a thread whose stack is large enough for it.</summary>
public static class LargeStack
{
    private const int Bytes = 64 << 20;
    [ThreadStatic] private static bool _isLarge;

    /// <summary>Runs in place on a thread that has a large stack already, else on a new one, and waits.</summary>
    public static T Run<T>(Func<T> work)
    {
        if (_isLarge) return work();
        var result = default(T);
        ExceptionDispatchInfo? fault = null;
        var thread = Start(() =>
        {
            try { result = work(); }
            catch (Exception e) { fault = ExceptionDispatchInfo.Capture(e); } // Rethrown below, on the caller's thread.
        });
        thread.Join();
        fault?.Throw();
        return result!;
    }

    /// <summary>Starts a background thread with a large stack, for a worker that lives long.</summary>
    public static Thread Start(Action work)
    {
        var thread = new Thread(() =>
        {
            _isLarge = true;
            work();
        }, Bytes)
        { IsBackground = true, Name = "parser" };
        thread.Start();
        return thread;
    }
}
