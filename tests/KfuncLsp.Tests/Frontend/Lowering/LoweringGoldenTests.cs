using Xunit;
using KfuncLsp.Frontend.Lowering;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;
using KfuncLsp.Tests.Cli;

namespace KfuncLsp.Tests.Frontend.Lowering;

/// <summary>The IR of <c>tests/fixtures/lowering/*.bpf.c</c> as text; <c>UPDATE_EXPECT=1</c> rewrites it, and the diff is read.</summary>
public sealed class LoweringGoldenTests
{
    private static readonly string Folder = Repository.PathOf("tests", "fixtures", "lowering");

    public static TheoryData<string> Fixtures() =>
        [.. Directory.GetFiles(Folder, "*.bpf.c").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void IsAsWritten(string fixture)
    {
        var path = Path.Combine(Folder, fixture);
        var (unit, error) = TranslationUnit.Parse(path, null, ["-target", "bpf", "-g", "-O2", $"-I{Folder}"]);
        Assert.True(unit is not null, error);
        using (unit)
        {
            var actual = IrText.Print(UnitLowering.Lower(unit)).ReplaceLineEndings("\n");
            var golden = Path.ChangeExtension(path, ".ir");
            if (Environment.GetEnvironmentVariable("UPDATE_EXPECT") == "1") File.WriteAllText(golden, actual);
            Assert.Equal(File.Exists(golden) ? File.ReadAllText(golden) : "", actual);
        }
    }
}
