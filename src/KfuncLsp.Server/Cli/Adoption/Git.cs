using System.ComponentModel;
using System.Diagnostics;

namespace KfuncLsp.Server.Cli.Adoption;

/// <summary>Asks git.</summary>
internal static class Git
{
    /// <summary>What a git command prints.</summary>
    /// <remarks>Errors: null output, and git's own words, or why it does not run.</remarks>
    public static (string? Output, string Error) Run(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? (output, "") : (null, error.Result.Trim());
        }
        catch (Win32Exception missing)
        {
            return (null, $"git cannot be started: {missing.Message}");
        }
    }
}
