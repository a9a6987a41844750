using System.Diagnostics;

namespace KfuncLsp.Benchmarks;

/// <summary>Hours of typing in minutes: files are opened, edited and closed, and what the server holds with none open must stay what it was after the first minute.</summary>
internal sealed class Soak(Commands commands)
{
    private const int FilesAtOnce = 8;
    private const int EditsOfAFile = 20;

    /// <summary>The collector and libclang's allocator give memory back late.</summary>
    private const double Allowance = 1.25;

    /// <summary>Shape: → 1 where the server holds more at the end than it may.</summary>
    public int Run(TimeSpan duration)
    {
        var text = File.ReadAllText(Path.Combine(commands.Project, "program.bpf.c"));
        using var client = commands.StartOurs();
        client.Initialize(commands.Project);
        var clock = Stopwatch.StartNew();
        var (settled, last, edits, told) = (0.0, 0.0, 0, TimeSpan.Zero);
        for (var round = 0; clock.Elapsed < duration; round++)
        {
            var paths = Enumerable.Range(0, FilesAtOnce).Select(i => Path.Combine(commands.Project, $"soak-{(round + i) % (2 * FilesAtOnce)}.bpf.c")).ToList();
            foreach (var path in paths) edits += Work(client, path, text);
            foreach (var path in paths) client.Close(path);
            client.Request("kfunc/status", null); // Answers come in turn: the files are closed by now.
            last = Commands.Memory(client.ProcessId);
            if (settled == 0 && clock.Elapsed > TimeSpan.FromMinutes(1)) settled = last;
            if (clock.Elapsed - told < TimeSpan.FromMinutes(1)) continue;
            told = clock.Elapsed;
            Console.WriteLine($"{told.TotalMinutes,5:0} min  {edits,8} edits  {last,7:0.0} MB with no file open");
        }

        Console.WriteLine($"after the first minute {settled:0.0} MB, at the end {last:0.0} MB");
        return settled == 0 || last <= settled * Allowance ? 0 : 1;
    }

    private static int Work(LanguageClient client, string path, string text)
    {
        client.Open(path, text);
        client.WaitForDiagnostics(1);
        var editor = new Editor(path, text);
        for (var edit = 0; edit < EditsOfAFile; edit++) client.Edited(editor.Next());
        return EditsOfAFile;
    }
}
