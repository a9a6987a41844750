namespace KfuncLsp.Server.Cli;

/// <summary>The terminal, pipe or test that a command talks to.</summary>
public sealed record CliConsole(TextWriter Out, TextWriter Error)
{
    /// <summary>Whether standard output shows colours: a terminal, and nobody said <c>NO_COLOR</c>.</summary>
    public bool OutHasColors { get; init; }

    /// <summary>Whether a person watches standard error, so that a progress line helps.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>What relative paths count from, and what printed paths are relative to.</summary>
    public string Directory { get; init; } = Environment.CurrentDirectory;

    /// <summary>The process's own console.</summary>
    public static CliConsole OfProcess()
    {
        var dumb = Environment.GetEnvironmentVariable("TERM") is "dumb";
        return new(Console.Out, Console.Error)
        {
            OutHasColors = !Console.IsOutputRedirected && !dumb && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            ErrorIsTerminal = !Console.IsErrorRedirected && !dumb,
        };
    }
}
