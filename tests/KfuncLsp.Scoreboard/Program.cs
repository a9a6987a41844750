using System.Collections.Immutable;
using System.Diagnostics;
using KfuncLsp.Frontend.Process;
using KfuncLsp.Scoreboard;

if (args is [WorkerLaunch.Verb, ..]) return FrontendWorker.RunOnStandardStreams();

const string usage = """
    scoreboard parity
    scoreboard update
    scoreboard [--kernel V,V] [--names] [--labels FILE --tree DIR] [--only TEXT] [-- CLANG_ARGS]

    Runs the analyser over programs that real kernels have judged, and compares. `update` commits the counts to
    tests/corpus/scoreboard.json and docs/parity.md; `parity` only rewrites the page from the counts.
      --kernel V,V       the kernels (6.12,6.18,7.3)
      --labels, --tree   other labels than the corpus's, and the folder that their files are in, or a folder above it
      --only TEXT        files whose name has this text
      --names            lists what was missed, what is unsure, and why, and the files that took more than two seconds
    Ends with 1 where a program that the kernel accepts is rejected.
    """;

var repository = CorpusFolder.RepositoryOf(AppContext.BaseDirectory);
if (args is ["parity"])
{
    File.WriteAllText(CorpusFolder.Parity(repository), ParityPage.Write(Baseline.Read(CorpusFolder.Baseline(repository))));
    return 0;
}

var update = args is ["update"];
if (update) args = [];
string? labels = null, tree = null, only = null;
var kernels = ImmutableArray.Create("6.12", "6.18", "7.3");
var names = false;
ImmutableArray<string> clang = [];
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--kernel" when i + 1 < args.Length: kernels = [.. args[++i].Split(',')]; break;
        case "--labels" when i + 1 < args.Length: labels = args[++i]; break;
        case "--tree" when i + 1 < args.Length: tree = args[++i]; break;
        case "--only" when i + 1 < args.Length: only = args[++i]; break;
        case "--names": names = true; break;
        case "--": clang = [.. args[(i + 1)..]]; i = args.Length; break;
        default: Console.Error.WriteLine(usage); return 2;
    }
}

if (labels is null != tree is null)
{
    Console.Error.WriteLine(usage);
    return 2;
}

labels ??= CorpusFolder.Labels(repository);
tree ??= CorpusFolder.Programs(repository);
var all = Label.ReadAll(labels).Where(l => only is null || l.File.Contains(only, StringComparison.Ordinal)).ToImmutableArray();
var watch = Stopwatch.StartNew();
var (current, since) = ("", TimeSpan.Zero);
var slow = new List<(string File, TimeSpan Took)>();
await using var units = new UnitSourcePool(WorkerLaunch.Self(), WorkerLimits.Default, 1);
var outcomes = await new Judge(units, clang).RunAsync(all, tree, kernels, Progress, CancellationToken.None);
Progress("");
var scores = Score.Of(outcomes);
foreach (var score in scores) ScoreText.Write(score, Console.Out, names);
if (names)
    foreach (var (file, took) in slow.OrderByDescending(s => s.Took)) Console.WriteLine($"  {took.TotalSeconds:F1} s  {file}");
if (update)
{
    var counts = Baseline.Of(scores);
    counts.Write(CorpusFolder.Baseline(repository));
    File.WriteAllText(CorpusFolder.Parity(repository), ParityPage.Write(counts));
}

Console.WriteLine($"{outcomes.Select(o => o.Label.File).Distinct().Count()} files in {watch.Elapsed.TotalSeconds:F1} s");
return scores.Any(s => s.FalseErrors.Any()) ? 1 : 0;

void Progress(string file)
{
    if (current.Length > 0 && watch.Elapsed - since is { TotalSeconds: > 2 } took) slow.Add((current, took));
    (current, since) = (file, watch.Elapsed);
    if (!Console.IsErrorRedirected) Console.Error.Write($"\r\u001b[K{file}");
}
