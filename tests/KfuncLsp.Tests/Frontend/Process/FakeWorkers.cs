using KfuncLsp.Frontend.Process;

namespace KfuncLsp.Tests.Frontend.Process;

/// <summary>Children that misbehave: shell scripts in the parser's place, and the real one.</summary>
internal static class FakeWorkers
{
    public static readonly WorkerLaunch Real = WorkerLaunch.Of(Path.Combine(AppContext.BaseDirectory, "kfunc-lsp.dll"));

    public static WorkerLaunch Script(string text) => new("/bin/sh", ["-c", text]);

    /// <summary>Greets as the parser does (after reading our greeting), then does something else.</summary>
    public static WorkerLaunch Greeting(string then) => Script(GreetThen(then));

    public static string GreetThen(string then) =>
        $"head -c 1 >/dev/null; printf '\\024\\000\\000\\000\\002kfunc-lsp frontend 1'; {then}";
}
