using System.Diagnostics;
using System.Text.Json;

namespace KfuncLsp.Tests.EndToEnd;

/// <summary>How a run of the executable ended.</summary>
internal sealed record Run(int ExitCode, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>The entry of a file in the JSON output.</summary>
    public JsonElement FileOf(string path) =>
        Json.GetProperty("files").EnumerateArray().Single(f => f.GetProperty("path").GetString() == path);

    /// <summary>Kinds and reasons of a file's issues, <c>kind: reason</c>.</summary>
    public IEnumerable<string> IssuesOf(string path) =>
        FileOf(path).GetProperty("issues").EnumerateArray().Select(i => $"{i.GetProperty("kind")}: {i.GetProperty("reason")}");
}

/// <summary>The built executable, run as users run it.</summary>
internal static class KfuncLspProcess
{
    /// <summary>Such as <c>dotnet …/kfunc-lsp.dll</c>; another one (a native build) with <c>KFUNC_LSP_TEST_EXECUTABLE</c>.</summary>
    public static (string FileName, string[] Arguments) Executable =>
        Environment.GetEnvironmentVariable("KFUNC_LSP_TEST_EXECUTABLE") is { Length: > 0 } native
            ? (native, [])
            : (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "kfunc-lsp.dll")]);

    public static Task<Run> RunAsync(string directory, string[] arguments, params (string Name, string Value)[] environment) => RunAsync(directory, arguments, "", environment);

    /// <summary>Runs it with a text on its standard input.</summary>
    public static async Task<Run> RunAsync(string directory, string[] arguments, string input, params (string Name, string Value)[] environment)
    {
        var (file, first) = Executable;
        var start = new ProcessStartInfo(file, [.. first, .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        // Only a hang may end here: a machine that does other work as well takes many times longer than a quiet one.
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var error = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"kfunc-lsp {string.Join(' ', arguments)} did not end");
        }
    }
}
