using System.Globalization;
using KfuncLsp.Differential.Comparing;
using KfuncLsp.Differential.Covering;
using KfuncLsp.Differential.Generating;

const string Usage = """
    usage: differential [--functions N] [--seed N] [--per-file N] [--inputs N] [--opt "-O1"] [--keep DIR]
               generated C, compiled for this machine, against the interpreted IR
           differential self [the same options]
               the generated C against itself at -O0 with clang's checks for undefined behaviour
           differential generate --seed N [--per-file N]
               prints a generated file
           differential trace --test tN --seed N --per-file N | --file FILE
               where the two runs of one test part
           differential ir --file FILE
               prints the IR of a file
           differential coverage --tree LINUX --vmlinux DIR --libbpf INCLUDE_DIR [--only PART] [--verbose yes]
               the share of the functions in tools/testing/selftests/bpf/progs that become IR
    """;

var options = new DifferentialOptions();
var trace = "";
var coverage = new CoverageOptions();
var verb = args is [var first, ..] && !first.StartsWith('-') ? first : "run";
var rest = verb == "run" ? args : args[1..];
for (var i = 0; i < rest.Length; i += 2)
{
    var value = i + 1 < rest.Length ? rest[i + 1] : "";
    if (rest[i] is "--opt") options = options with { Optimisation = value };
    else if (rest[i] is "--keep") options = options with { Keep = value };
    else if (rest[i] is "--file") options = options with { File = value };
    else if (rest[i] is "--test") trace = value;
    else if (rest[i] is "--tree") coverage = coverage with { Tree = value };
    else if (rest[i] is "--vmlinux") coverage = coverage with { Vmlinux = value };
    else if (rest[i] is "--libbpf") coverage = coverage with { Libbpf = value };
    else if (rest[i] is "--only") coverage = coverage with { Only = value };
    else if (rest[i] is "--verbose") coverage = coverage with { Verbose = true };
    else if (!int.TryParse(value, CultureInfo.InvariantCulture, out var number)) return Fail(Usage);
    else
        options = rest[i] switch
        {
            "--functions" => options with { Functions = number },
            "--seed" => options with { Seed = number },
            "--per-file" => options with { PerFile = number },
            "--inputs" => options with { InputsPerFunction = number },
            _ => options with { Functions = -1 },
        };
    if (options.Functions < 0) return Fail(Usage);
}

switch (verb)
{
    case "generate":
        Console.Write(UnitGenerator.Generate(options.Seed, options.PerFile));
        return 0;
    case "trace":
        return TraceRun.Run(options, trace, Console.Out);
    case "ir":
        var unit = KfuncLsp.Differential.LoweredUnit.Of("file.bpf.c", File.ReadAllBytes(options.File!), ["-target", "bpf", .. HostRun.Dialect]);
        Console.Write(KfuncLsp.Ir.IrText.Print(unit));
        return 0;
    case "coverage":
        return await CoverageRun.Run(coverage, Console.Out);
    case "self" or "run" when !DifferentialRun.CanRun:
        Console.WriteLine("not run: clang is not installed");
        return 0;
    case "self":
        return SelfCheck.Run(options, Console.Out);
    case "run":
        Console.WriteLine($"seed {options.Seed}, {options.Functions} functions, {options.InputsPerFunction} calls each, reference {options.Optimisation}");
        var result = await DifferentialRun.Run(options, Console.Out);
        foreach (var (reason, count) in result.NotCompared.OrderByDescending(r => r.Value)) Console.WriteLine($"{count,6}  {reason}");
        Console.WriteLine($"{result.Functions} functions, {result.Calls} calls, {result.Differences.Count} differences, {result.NotCompared.Values.Sum()} not compared");
        return result.Differences.Count + result.NotCompared.Count == 0 ? 0 : 1;
    default:
        return Fail(Usage);
}

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 2;
}
