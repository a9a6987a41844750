using System.Collections.Immutable;

namespace KfuncLsp.Frontend.Process;

/// <summary>How the child process that parses is started.</summary>
public sealed record WorkerLaunch(string FileName, ImmutableArray<string> Arguments)
{
    /// <summary>The hidden verb that makes the executable a parser: its <c>Main</c> calls <see cref="FrontendWorker.RunOnStandardStreams"/>.</summary>
    public const string Verb = "frontend-worker";

    /// <summary>This executable, once more.</summary>
    /// <remarks>Under <c>dotnet x.dll</c> the host is told the same assembly; a test host gives a path explicitly with <see cref="Of"/>.</remarks>
    public static WorkerLaunch Self()
    {
        var process = Environment.ProcessPath ?? throw new InvalidOperationException("This process does not know its own path.");
        var isDotnetHost = Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return isDotnetHost ? new(process, [Environment.GetCommandLineArgs()[0], Verb]) : new(process, [Verb]);
    }

    /// <summary>An executable, or an assembly that <c>dotnet</c> runs.</summary>
    public static WorkerLaunch Of(string path) =>
        path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            ? new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [path, Verb])
            : new(path, [Verb]);
}
