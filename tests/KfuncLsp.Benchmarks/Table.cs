using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KfuncLsp.Frontend.Parsing;
using static KfuncLsp.Benchmarks.Times;

namespace KfuncLsp.Benchmarks;

/// <summary>The server next to what people know: each row is measured in turns within one run, so that a busy machine slows both sides.</summary>
internal sealed class Table(Commands commands, int edits)
{
    private const int Starts = 7;
    private const int Opens = 3;
    private const int WarmUp = 10;
    private const int LargeLines = 7000;

    private readonly string _path = Path.Combine(commands.Project, "program.bpf.c");

    public void Print(int files, string plot)
    {
        Head();
        Start();
        Open();
        Verdict(Edit());
        Memory();
        Large();
        Check(files);
        if (plot.Length > 0) File.WriteAllText(plot, new Growth(commands).Draw());
        Foot();
    }

    /// <summary>Only how `check` over a directory shares its work among cores.</summary>
    public void PrintCheck(string directory, string[] clang)
    {
        Head();
        Check($"'{directory}'{(clang.Length > 0 ? $" -- {string.Join(' ', clang.Select(a => $"'{a}'"))}" : "")}", SourcesIn(directory));
        Foot();
    }

    private static void Head()
    {
        Console.WriteLine($"load {Load}, {Environment.ProcessorCount} cores, {DateTime.UtcNow:yyyy-MM-dd}");
        Console.WriteLine();
        Console.WriteLine("| what | ours | against | | ratio | aim |");
        Console.WriteLine("|---|---|---|---|---|---|");
    }

    private static void Foot()
    {
        Console.WriteLine();
        Console.WriteLine($"load {Load}");
    }

    private static string Load => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static int SourcesIn(string directory) => Directory.GetFiles(directory, "*.c", SearchOption.AllDirectories).Length;

    private static void Row(string what, double ours, string against, double theirs, double aim, string unit = "ms")
    {
        var ratio = ours / theirs;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {ours:0.0} {unit} | {against} | {theirs:0.0} {unit} | {ratio:0.000} | {(ratio <= aim ? "" : "**missed** ")}≤ {aim} |"));
    }

    private void Start()
    {
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var i = 0; i < Starts; i++)
        {
            ours.Add(Once(() => commands.StartOurs()));
            theirs.Add(Once(commands.StartClangd));
        }

        Row("process start → initialize answered", At(ours, 50), "clangd", At(theirs, 50), 0.1);

        double Once(Func<LanguageClient> start)
        {
            var clock = Stopwatch.GetTimestamp();
            using var client = start();
            client.Initialize(commands.Project);
            return Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
        }
    }

    private void Open()
    {
        var text = File.ReadAllText(_path);
        var (first, next, bare, theirs) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < Opens; i++)
        {
            var cache = Path.Combine(commands.Project, $"cache-{i}");
            first.Add(Once(() => commands.StartOurs(cache), () => SpinWait.SpinUntil(() => Directory.Exists(cache) && Directory.GetFiles(cache, "*.list", SearchOption.AllDirectories).Length >= 2, TimeSpan.FromSeconds(30))));
            next.Add(Once(() => commands.StartOurs(cache), static () => { }));
            bare.Add(Timed(() => TranslationUnit.Parse(_path, Encoding.UTF8.GetBytes(text), commands.Arguments).Unit!.Dispose()));
            theirs.Add(Once(commands.StartClangd, static () => { }));
        }

        Row("open → first diagnostics, first time", At(first, 50), "bare libclang parse", At(bare, 50), 1.15);
        Row("open → first diagnostics, first time", At(first, 50), "clangd", At(theirs, 50), 0.8);
        Row("open → first diagnostics, next time", At(next, 50), "the first time", At(first, 50), 0.15);

        double Once(Func<LanguageClient> start, Action after)
        {
            using var client = start();
            client.Initialize(commands.Project);
            var time = Timed(() =>
            {
                client.Open(_path, text);
                client.WaitForDiagnostics(1);
            });
            after();
            return time;
        }
    }

    /// <summary>Shape: → the median of edit to diagnostics.</summary>
    private double Edit()
    {
        var text = File.ReadAllText(_path);
        var (unit, error) = TranslationUnit.Parse(_path, Encoding.UTF8.GetBytes(text), commands.Arguments);
        if (unit is null) throw new InvalidOperationException(error);
        using var bareUnit = unit;
        using var ours = commands.StartOurs();
        using var clangd = commands.StartClangd();
        foreach (var client in new[] { ours, clangd })
        {
            client.Initialize(commands.Project);
            client.Open(_path, text);
            client.WaitForDiagnostics(1);
        }

        var (mine, bare, theirs) = (new List<double>(), new List<double>(), new List<double>());
        var editor = new Editor(_path, text);
        for (var i = 0; i < edits + WarmUp; i++)
        {
            var change = editor.Next();
            var times = (ours.Edited(change), Timed(() => unit.Reparse(Encoding.UTF8.GetBytes(editor.Text))), clangd.Edited(change));
            if (i < WarmUp) continue;
            mine.Add(times.Item1);
            bare.Add(times.Item2);
            theirs.Add(times.Item3);
        }

        foreach (var percent in new[] { 50, 95 })
        {
            Row($"edit → diagnostics, p{percent}", At(mine, percent), "bare reparse", At(bare, percent), 1.5);
            Row($"edit → diagnostics, p{percent}", At(mine, percent), "clangd", At(theirs, percent), 0.2);
        }

        Ask("hover", "bpf_task_from_pid(", 0);
        Ask("completion", "bpf_task_release(", 9);
        return At(mine, 50);

        void Ask(string what, string at, int within)
        {
            var offset = editor.Text.LastIndexOf(at, StringComparison.Ordinal) + within;
            var (line, column) = Editor.Place(editor.Text, offset);
            var parameters = new JsonObject
            {
                ["textDocument"] = new JsonObject { ["uri"] = new Uri(_path).AbsoluteUri },
                ["position"] = new JsonObject { ["line"] = line, ["character"] = column },
            };
            var (mine, theirs) = (new List<double>(), new List<double>());
            for (var i = 0; i < 100 + WarmUp; i++)
            {
                var (a, b) = (Timed(() => ours.Request($"textDocument/{what}", parameters.DeepClone())), Timed(() => clangd.Request($"textDocument/{what}", parameters.DeepClone())));
                if (i < WarmUp) continue;
                mine.Add(a);
                theirs.Add(b);
            }

            foreach (var percent in new[] { 50, 95 }) Row($"{what}, p{percent}", At(mine, percent), "clangd", At(theirs, percent), 1);
        }
    }

    private void Verdict(double warm)
    {
        if (commands.Loader.Length == 0) return;
        var compile = $"clang-19 {string.Join(' ', commands.Flags.Select(f => $"'{f}'"))} -mcpu=v3 -c program.bpf.c -o program.bpf.o";
        var (cold, theirs) = (new List<double>(), new List<double>());
        for (var i = 0; i < Opens; i++)
        {
            theirs.Add(commands.Run($"{compile} && '{commands.Loader}' program.bpf.o").Clock);
            cold.Add(commands.Run(commands.Check("program.bpf.c"), Path.Combine(commands.Project, $"cold-{i}")).Clock);
        }

        Row("verdicts of a program, warm (edit → diagnostics)", warm, "clang -O2 and load", At(theirs, 50), 0.02);
        Row("verdicts of a program, cold (`check`, nothing cached)", At(cold, 50), "clang -O2 and load", At(theirs, 50), 1);
    }

    private void Memory()
    {
        var text = File.ReadAllText(_path);
        var (one, ten) = (Peak(commands.StartOurs, 1), Peak(commands.StartOurs, 10));
        var (theirOne, theirTen) = (Peak(_ => commands.StartClangd(), 1), Peak(_ => commands.StartClangd(), 10));
        Row("peak memory, one file", one, "clangd", theirOne, 0.7, "MB");
        Row("peak memory, ten files", ten, "clangd", theirTen, 0.7, "MB");
        Row("peak memory, each further file", (ten - one) / 9, "15 MB", 15, 1, "MB");

        double Peak(Func<string?, LanguageClient> start, int files)
        {
            using var client = start(null);
            client.Initialize(commands.Project);
            for (var i = 0; i < files; i++)
            {
                var path = Path.Combine(commands.Project, $"open-{i}.bpf.c");
                File.WriteAllText(path, text);
                client.Open(path, text);
                client.WaitForDiagnostics(1);
                var editor = new Editor(path, text);
                for (var edit = 0; edit < 3; edit++) client.Edited(editor.Next());
            }

            return Commands.PeakMemory(client.ProcessId);
        }
    }

    private void Large()
    {
        var path = Path.Combine(commands.Project, "large.bpf.c");
        var text = LargeProgram.Write(LargeLines);
        File.WriteAllText(path, text);
        using var client = commands.StartOurs();
        client.Initialize(commands.Project);
        var cold = Timed(() =>
        {
            client.Open(path, text);
            client.WaitForDiagnostics(1);
        });
        var editor = new Editor(path, text);
        var times = new List<double>();
        for (var i = 0; i < edits + WarmUp; i++)
            if (client.Edited(editor.Next()) is var time && i >= WarmUp) times.Add(time);
        Row($"{LargeLines} lines: edit in one function", At(times, 50), "its cold analysis", cold, 0.05);
        Row($"{LargeLines} lines: edit in one function", At(times, 50), "50 ms", 50, 1);
        Row($"{LargeLines} lines: cold", cold, "2 s", 2000, 1);
        File.Delete(path);
    }

    private void Check(int files)
    {
        var directory = Directory.CreateDirectory(Path.Combine(commands.Project, "many")).FullName;
        var text = File.ReadAllText(_path);
        for (var i = 0; i < files; i++) File.WriteAllText(Path.Combine(directory, $"p{i}.bpf.c"), text.Replace("4242", $"{1000 + i}", StringComparison.Ordinal));
        Check("many", files);
    }

    private void Check(string what, int files)
    {
        commands.Run(commands.Check(what)); // The headers' preambles are there after this.
        var one = commands.Run("taskset -c 0 " + commands.Check("-j 1 " + what)).Clock;
        var all = commands.Run(commands.Check(what)).Clock;
        Row($"`check` over {files} files", all, $"one core's time / {Environment.ProcessorCount} cores", one / Environment.ProcessorCount, 1 / 0.9);
    }
}
