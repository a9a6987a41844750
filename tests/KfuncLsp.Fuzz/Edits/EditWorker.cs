using System.Diagnostics;
using System.Globalization;
using System.Text;
using KfuncLsp.Frontend.Process;

namespace KfuncLsp.Fuzz.Edits;

/// <summary>Edits in a process of their own, for broken text can take libclang's process with it.</summary>
/// <remarks>Each line asked for is an edit; the answer is <c>part</c> or <c>whole</c>, as it was lowered, <c>crash</c> where libclang gave nothing, or a find with its text, both in base 64.</remarks>
internal sealed class EditWorker : IDisposable
{
    /// <summary>The hidden verb that makes this executable a worker.</summary>
    public const string Verb = "edit-worker";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private const string LibclangsLastWords = "libclang: crash detected";

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    public EditWorker(int seed, WorkerLaunch self)
    {
        var start = new ProcessStartInfo(self.FileName) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in self.Arguments.Where(a => a != WorkerLaunch.Verb)) start.ArgumentList.Add(argument);
        start.ArgumentList.Add(Verb);
        start.ArgumentList.Add(seed.ToString(CultureInfo.InvariantCulture));
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => _said.AppendLine(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>What the last find was about.</summary>
    public string? Broken { get; private set; }

    /// <summary>Whether libclang took the process with it.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Shape: → whether the edit was lowered in part; null where libclang crashed. Errors: a <see cref="FindException"/>, also where the process ended for another reason.</summary>
    public async Task<bool?> NextAsync()
    {
        var answer = await AnswerAsync();
        switch (answer?.Split(' '))
        {
            case ["part"]: return true;
            case ["whole"]: return false;
            case ["crash"]: return null;
            case ["find", var message, var text]:
                Broken = Encoding.UTF8.GetString(Convert.FromBase64String(text));
                throw new FindException(Encoding.UTF8.GetString(Convert.FromBase64String(message)));
        }

        await _process.WaitForExitAsync();
        return _said.ToString().Contains(LibclangsLastWords, StringComparison.Ordinal) ? null : throw new FindException($"the process ended with {_process.ExitCode}\n{_said}");
    }

    /// <summary>Lets it put away what it keeps on the disk.</summary>
    public void Dispose()
    {
        if (!_process.HasExited) _process.StandardInput.Close();
        if (!_process.WaitForExit(s_patience)) _process.Kill();
        _process.Dispose();
    }

    /// <summary>The worker itself.</summary>
    public static async Task<int> RunAsync(int seed)
    {
        await using var sequences = new EditSequences(seed);
        while (await Console.In.ReadLineAsync() is not null)
        {
            var before = sequences.InPart;
            try
            {
                await sequences.StepAsync();
                Console.WriteLine(sequences.InPart > before ? "part" : "whole");
            }
            catch (LibclangCrashedException)
            {
                Console.WriteLine("crash");
            }
            catch (Exception find)
            {
                Console.WriteLine($"find {Base64(find.ToString())} {Base64(sequences.Text)}");
            }
        }

        return 0;

        static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
    }

    private async Task<string?> AnswerAsync()
    {
        try
        {
            await _process.StandardInput.WriteLineAsync("next");
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            return null;
        }

        return await _process.StandardOutput.ReadLineAsync();
    }
}
