using Xunit;
using System.Text;
using KfuncLsp.Frontend.Lowering;

namespace KfuncLsp.Tests.Frontend.Lowering;

public sealed class PrintedTextTests
{
    [Theory]
    [InlineData("for (;;) ;", false, false, false)]
    [InlineData("for (int i = 0, j = f(\";\"); ; i++) ;", true, false, true)]
    [InlineData("for (; ({ int x = 1; x; }); ) ;", false, true, false)]
    [InlineData("for (i = ';'; i < 3; ) ;", true, true, false)]
    public void TheThreePartsOfAForAreTold(string text, bool init, bool condition, bool increment) =>
        Assert.Equal((init, condition, increment), Assert.Single(PrintedText.ForHeaders(text, PrintedText.Tokenize(text))));

    [Fact]
    public void AnAsmStatementIsTakenApart()
    {
        const string Text = """asm volatile goto ("r0 = %[a]\n" "exit" : [o] "=r" (x), "+m" (*(f(":"))) : [a] "r" (y) : "memory", "r1" : out, in)""";
        var asm = Assert.Single(PrintedText.AsmStatements(Text, PrintedText.Tokenize(Text)));
        Assert.Equal("r0 = %[a]\nexit", asm.Template);
        Assert.Equal(["=r", "+m"], asm.Outputs);
        Assert.Equal(["r"], asm.Inputs);
        Assert.Equal(["memory", "r1"], asm.Clobbers);
        Assert.Equal(["out", "in"], asm.Labels);
    }

    [Theory]
    [InlineData("\"a\\n\\\"b\"", "a\n\"b")]
    [InlineData("\"\\001x\\x41\"", "\u0001xA")]
    [InlineData("\"\"", "")]
    public void StringLiteralsAreRead(string literal, string value) =>
        Assert.Equal(value, Encoding.UTF8.GetString(PrintedText.Unquote(literal)));
}
