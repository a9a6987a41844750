using System.Globalization;
using KfuncLsp.Frontend.Process;
using KfuncLsp.Mutation.Comparing;
using KfuncLsp.Scoreboard;

if (args is [WorkerLaunch.Verb, ..]) return FrontendWorker.RunOnStandardStreams();

const string Usage = """
    mutation --kernel V --loader "CMD" [--seed N] [--mutants N] [--rejected N] [--most N] [--only TEXT] [--kind TEXT] [--include DIR]… [--keep DIR] [--names]
    mutation kinds [--kernel V] [--include DIR]…

    Edits the corpus's programs that kernel V accepts so that they may break a rule, asks the kernel about each mutant that
    compiles to other code, and compares its verdict with the analyser's. One seed gives the same mutants. All kinds of edit
    take turns; afterwards more mutants are made of each kind of which the kernel rejected fewer than --rejected for a reason
    that the rules know, up to --most of a kind.
    `kinds` lists the kinds, with the number of edits that the corpus has for each.
      --loader CMD    a program that loads objects, as tests/oracle/label takes it
      --include DIR   searched before the others by the compiler
      --keep DIR      where to write the mutants on which they differ
      --names         lists what was missed, what is unsure, and why
    Ends with 1 where a mutant that the kernel accepts is rejected, or the analyser fails on one.
    """;

var options = new MutationOptions();
var listsKinds = args is ["kinds", ..];
for (var i = listsKinds ? 1 : 0; i < args.Length; i++)
{
    var value = i + 1 < args.Length ? args[i + 1] : "";
    switch (args[i])
    {
        case "--names": options = options with { Names = true }; continue;
        case "--kernel": options = options with { Kernel = value }; break;
        case "--loader": options = options with { Loader = value }; break;
        case "--only": options = options with { Only = value }; break;
        case "--kind": options = options with { Kind = value }; break;
        case "--keep": options = options with { Keep = value }; break;
        case "--include": options = options with { Includes = options.Includes.Add(value) }; break;
        case "--seed" when int.TryParse(value, CultureInfo.InvariantCulture, out var seed): options = options with { Seed = seed }; break;
        case "--mutants" when int.TryParse(value, CultureInfo.InvariantCulture, out var count) && count > 0: options = options with { Mutants = count }; break;
        case "--most" when int.TryParse(value, CultureInfo.InvariantCulture, out var most): options = options with { Most = most }; break;
        case "--rejected" when int.TryParse(value, CultureInfo.InvariantCulture, out var rejected): options = options with { Rejected = rejected }; break;
        default: Console.Error.WriteLine(Usage); return 2;
    }

    i++;
}

if (!listsKinds && options.Loader.Length == 0)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

await using var units = new UnitSourcePool(WorkerLaunch.Self(), WorkerLimits.Default, 1);
var run = new MutationRun(options, units, Console.Out);
var repository = CorpusFolder.RepositoryOf(AppContext.BaseDirectory);
if (listsKinds)
{
    foreach (var (kind, count) in run.ReadPool(repository).Left) Console.WriteLine($"{kind.Name,-30} {count,6}");
    return 0;
}

var mutants = await run.RunAsync(repository, CancellationToken.None);
MutationReport.Write(mutants, options, Console.Out);
return mutants.Any(m => m.Failure.Length > 0 || m.Outcomes.Any(o => o.IsFalseError)) ? 1 : 0;
