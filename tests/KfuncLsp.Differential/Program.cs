using KfuncLsp.Differential.Generating;
using KfuncLsp.Differential.Comparing;
if (args[0] == "gen") { Console.WriteLine(UnitGenerator.Generate(int.Parse(args[1]), int.Parse(args[2]))); return 0; }
int bad = 0;
for (int seed = int.Parse(args[1]); seed < int.Parse(args[1]) + int.Parse(args[3]); seed++)
{
    var n = int.Parse(args[2]);
    var text = UnitGenerator.Generate(seed, n);
    var inputs = Inputs.For(seed, 5);
    try {
        var a = HostRun.Results("clang-19", text, n, inputs, "-O1");
        var b = HostRun.Results("clang-19", text, n, inputs, "-O0 -fsanitize=undefined -fno-sanitize=alignment -fsanitize-trap=undefined");
        for (int i = 0; i < a.Length; i++) if (a[i] != b[i]) { Console.WriteLine($"seed {seed} t{i / 5} input {i % 5}: {a[i]} {b[i]}"); bad++; }
    } catch (Exception e) { Console.WriteLine($"seed {seed}: {e.Message}"); bad++; }
}
Console.WriteLine($"bad {bad}");
return 0;
