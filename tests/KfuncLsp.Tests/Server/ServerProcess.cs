using System.Diagnostics;
using KfuncLsp.Server.Lsp;

namespace KfuncLsp.Tests.Server;

/// <summary>The executable itself, with its own parser, over standard input and output.</summary>
internal static class ServerProcess
{
    /// <summary>A session over a process's streams.</summary>
    public static LspSession Session(Process process)
    {
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var exit = Task.Run(async () =>
        {
            await process.WaitForExitAsync();
            return process.ExitCode;
        });
        return LspSession.Over(process.StandardInput.BaseStream, process.StandardOutput.BaseStream, exit);
    }

    public static Process Start(params string[] arguments) => Start(arguments, []);

    public static Process Start(string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(LspServer).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
