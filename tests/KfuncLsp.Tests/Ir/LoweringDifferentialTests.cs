using KfuncLsp.Differential.Comparing;
using Xunit;

namespace KfuncLsp.Tests.Ir;

/// <summary>The short form of the differential run; docs/lowering.md has the long one.</summary>
public sealed class LoweringDifferentialTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Lowered_C_computes_what_compiled_C_computes()
    {
        if (!DifferentialRun.CanRun)
        {
            output.WriteLine("not run: clang is not installed");
            return;
        }
        var log = new StringWriter();
        var result = await DifferentialRun.Run(new() { Functions = 300, Seed = 20_000, PerFile = 100, InputsPerFunction = 4 }, log);
        Assert.True(result.Differences.Count == 0, log.ToString());
        Assert.True(result.NotCompared.Count == 0, string.Join('\n', result.NotCompared.Keys));
        Assert.Equal(300, result.Functions);
    }
}
