namespace KfuncLsp.Server.Cli;

/// <summary>One line on a terminal that says how far a long run is; nothing where nobody watches.</summary>
public sealed class ProgressLine(CliConsole console, int total) : IDisposable
{
    private readonly Lock _lock = new();
    private int _done;

    public void Begin(string file)
    {
        if (!IsShown) return;
        lock (_lock) console.Error.Write($"\r\e[K[{_done + 1}/{total}] {(file.Length > 100 ? "…" + file[^100..] : file)}");
    }

    public void End()
    {
        lock (_lock) _done++;
    }

    public void Dispose()
    {
        if (IsShown) console.Error.Write("\r\e[K");
    }

    private bool IsShown => console.ErrorIsTerminal && total > 1;
}
