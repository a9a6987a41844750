using Microsoft.Extensions.Logging;

namespace KfuncLsp.Server.Lsp;

/// <summary>Writes the log, one line an event, to standard error or wherever the options say; standard output belongs to the protocol.</summary>
internal sealed class LspLogger(TextWriter writer) : ILoggerProvider
{
    private readonly Lock _gate = new();
    private string? _path;
    private TextWriter? _file;

    /// <summary>Writes to a file, too, from now on; a file that cannot be written is said in the log.</summary>
    public void AlsoTo(string path)
    {
        lock (_gate)
        {
            if (path == _path) return;
            _path = path;
            _file?.Dispose();
            _file = null;
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
                _file = new StreamWriter(path, append: true) { AutoFlush = true };
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                writer.WriteLine($"The log file {path} cannot be written: {error.Message}");
            }
        }
    }

    /// <summary>The file that the log goes to besides; null where there is none.</summary>
    public string? File
    {
        get { lock (_gate) return _file is null ? null : _path; }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void Dispose() => _file?.Dispose();

    private void Write(string line)
    {
        lock (_gate)
        {
            writer.WriteLine(line);
            writer.Flush();
            _file?.WriteLine(line);
        }
    }

    private sealed class Logger(LspLogger owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = $"{DateTime.Now:HH:mm:ss.fff} {logLevel,-11} {category}: {formatter(state, exception)}";
            owner.Write(exception is null ? text : $"{text}\n{exception}");
        }
    }
}
