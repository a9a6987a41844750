namespace KfuncLsp.Server.Cli;

/// <summary>What the process tells its caller.</summary>
public static class ExitCode
{
    /// <summary>No error was found.</summary>
    public const int Clean = 0;

    /// <summary>At least one program is rejected.</summary>
    public const int ErrorsFound = 1;

    /// <summary>A wrong command line, or a file that can't be read or parsed.</summary>
    public const int BadInput = 2;

    /// <summary>Our own fault.</summary>
    public const int Internal = 3;

    /// <summary>Stopped by the user, as shells count SIGINT.</summary>
    public const int Interrupted = 130;
}
