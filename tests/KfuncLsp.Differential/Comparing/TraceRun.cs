using System.Globalization;
using System.Text;
using KfuncLsp.Differential.Generating;
using KfuncLsp.Differential.Interpreting;

namespace KfuncLsp.Differential.Comparing;

/// <summary>Finds where a test's two runs part: both note every value that they mix into the result.</summary>
internal static class TraceRun
{
    public static int Run(DifferentialOptions options, string test, TextWriter log)
    {
        var text = options.File is { } file ? File.ReadAllText(file) : UnitGenerator.Generate(options.Seed, options.PerFile);
        var bytes = Encoding.UTF8.GetBytes(text);
        var unit = LoweredUnit.Of("generated.bpf.c", bytes, ["-target", "bpf", .. HostRun.Dialect]);
        foreach (var input in Inputs.For(options.Seed, options.InputsPerFunction))
        {
            var expected = HostRun.Trace(HostRun.FindClang()!, text, test, input, options.Optimisation);
            var actual = new List<(string Values, string Where)>();
            var interpreter = new Interpreter(unit)
            {
                OnCall = (caller, call, arguments) =>
                {
                    if (call.Callee.ToString() != "mix") return;
                    var line = 1 + bytes.AsSpan(0, caller.Anchor.Start + call.Span.Start).Count((byte)'\n');
                    actual.Add(($"{(ulong)arguments[0]} {(ulong)arguments[1]}", $"{caller.Name}, line {line}"));
                },
            };
            try
            {
                var result = interpreter.Run(test, [.. input.Select(n => (long)n)]);
                actual.Add((((ulong)result).ToString(CultureInfo.InvariantCulture), "result"));
            }
            catch (Exception e) when (e is IrFault or NotInterpreted)
            {
                actual.Add((e.Message, "failure"));
            }
            var same = expected.Zip(actual).TakeWhile(p => p.First == p.Second.Values).Count();
            if (same == expected.Length && same == actual.Count) continue;
            log.WriteLine($"{test}({string.Join(", ", input)}) parts after {same} of {expected.Length}:");
            foreach (var (values, where) in actual.Skip(Math.Max(0, same - 2)).Take(4)) log.WriteLine($"  IR {values}  {where}");
            foreach (var values in expected.Skip(same).Take(2)) log.WriteLine($"  C  {values}");
            return 1;
        }
        log.WriteLine("no difference");
        return 0;
    }
}
