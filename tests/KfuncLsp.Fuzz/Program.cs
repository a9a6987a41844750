using System.Diagnostics;
using System.Globalization;
using KfuncLsp.Frontend.Process;
using KfuncLsp.Fuzz;
using KfuncLsp.Fuzz.Edits;
using KfuncLsp.Fuzz.Targets;

TakenBranches.Watch();
if (args is [WorkerLaunch.Verb, ..]) return FrontendWorker.RunOnStandardStreams();
if (args is [EditWorker.Verb, var edits]) return await EditWorker.RunAsync(int.Parse(edits, CultureInfo.InvariantCulture));

const string usage = """
    usage: fuzz [--seconds N | --tries N] [--seed N] [--keep DIR] [TARGET…]

    Feeds damaged inputs to everything that reads what others wrote: sources, typed (every beginning of a source), protocol, btf, elf, unit,
    configuration, registry, tree, log, edits (programs edited over and over). Without a TARGET: all, N seconds each (10), or N tries. What breaks one is kept in DIR (./fuzz-finds), to be made a test.
    Started by tests/KfuncLsp.Fuzz/guided, what takes new branches of the code is damaged further, and how many were taken is told.
    """;
var (seconds, seed, keep) = (10.0, Environment.TickCount, "fuzz-finds");
var most = int.MaxValue;
var patience = TimeSpan.FromSeconds(60);
var wanted = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--seconds" && i + 1 < args.Length && double.TryParse(args[i + 1], CultureInfo.InvariantCulture, out seconds)) i++;
    else if (args[i] == "--tries" && i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out most)) (i, seconds) = (i + 1, double.PositiveInfinity);
    else if (args[i] == "--seed" && i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out seed)) i++;
    else if (args[i] == "--keep" && i + 1 < args.Length) keep = args[++i];
    else if (!args[i].StartsWith('-')) wanted.Add(args[i]);
    else
    {
        Console.Error.WriteLine(usage);
        return 2;
    }
}

Func<FuzzTarget>[] all =
[
    () => new ProtocolTarget(), () => new BtfTarget(), () => new ElfTarget(), () => new UnitTarget(), () => new ConfigurationTarget(), () => new RegistryTarget(),
    () => new TreeTarget(), () => new LogTarget(), () => new TypedSourceTarget(), () => new SourceTarget(), () => new EditTarget(seed, WorkerLaunch.Self()),
];
Console.WriteLine($"seed {seed}");
var (passed, failed) = (0, 0);
foreach (var make in all)
{
    await using var target = make();
    if (wanted.Count > 0 && !wanted.Contains(target.Name)) continue;
    if (await FuzzAsync(target)) passed++;
    else failed++;
}

Console.WriteLine($"{passed} passed, {failed} failed");
return failed > 0 ? 1 : 0;

async Task<bool> FuzzAsync(FuzzTarget target)
{
    TakenBranches.Begin();
    foreach (var input in target.Seeds) await target.TryAsync(input);
    TakenBranches.AnyNew();
    var branchesOfGoodInputs = TakenBranches.Count;
    var mutator = new Mutator(seed, target.Seeds);
    var finds = new Dictionary<string, int>();
    var clock = Stopwatch.StartNew();
    var tries = 0;
    for (; tries < most && clock.Elapsed.TotalSeconds < seconds; tries++)
    {
        var input = mutator.Next();
        try
        {
            await Task.Run(() => target.TryAsync(input)).WaitAsync(patience);
            if (TakenBranches.AnyNew()) mutator.Keep(input);
        }
        catch (Exception find)
        {
            // One of a kind is enough.
            var kind = $"{find.GetType().Name} {find.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("KfuncLsp", StringComparison.Ordinal))?.Trim()}";
            if (!finds.TryAdd(kind, 1))
            {
                finds[kind]++;
                continue;
            }

            Directory.CreateDirectory(keep);
            var path = Path.Combine(keep, $"{target.Name}-{seed}-{tries}");
            File.WriteAllBytes(path, target.Broken is { } broken ? System.Text.Encoding.UTF8.GetBytes(broken) : input);
            Console.WriteLine($"{target.Name}: {path}: {find}");
            if (find is TimeoutException) break;
        }
    }

    var branches = TakenBranches.Count > 0 ? $", {branchesOfGoodInputs} branches by good inputs, {TakenBranches.Count} with these" : "";
    Console.WriteLine($"{target.Name,-14} {tries,9} tries in {clock.Elapsed.TotalSeconds:0} s, {finds.Count} finds{branches}{(target.Note.Length > 0 ? ", " : "")}{target.Note}");
    return finds.Count == 0;
}
