using System.Text;
using KfuncLsp.Frontend.Parsing;
using Xunit;

namespace KfuncLsp.Tests.Frontend.Parsing;

public sealed class DirectivesTests
{
    [Theory]
    [InlineData("#include <a/b.h>", "<a/b.h>")]
    [InlineData("  #  include \"a.h\" // why", "\"a.h\"")]
    [InlineData("/* c */ #include <a.h>", "<a.h>")]
    [InlineData("/*\n#include <no.h>\n*/\n#include <a.h>", "<a.h>")]
    [InlineData("// \\\n#include <no.h>\n#include <a.h>", "<a.h>")]
    [InlineData("char *s = \"\\\"#include <no.h>\";\n#include <a.h>", "<a.h>")]
    [InlineData("#incl\\\nude <no.h>\n#include \\\n <a.h>", "<a.h>")]
    [InlineData("#include MACRO\n#include <open\n#include", "")]
    [InlineData("x #include <no.h>\n#include_next <a.h>", "<a.h>")]
    [InlineData("#define FOR(x) for (;;)\n# define B", "FOR B")]
    [InlineData("/* open", "")]
    [InlineData("\"open", "")]
    [InlineData("#", "")]
    public void Directives_are_read(string text, string expected)
    {
        var found = Directives.Of(Encoding.UTF8.GetBytes(text), null)
            .Select(d => d.Kind == DirectiveKind.Define ? d.Name : d.IsQuoted ? $"\"{d.Name}\"" : $"<{d.Name}>");
        Assert.Equal(expected, string.Join(' ', found));
    }

    [Theory]
    [InlineData("#define HOOK(x) SEC(x) int f", "HOOK")]
    [InlineData("int a;\n # define  HOOK(x) \\\n\tint b; \\\r\n\tSEC(x)", "HOOK")]
    [InlineData("#define HOOK SEC(x)", null)]
    [InlineData("#define HOOK(x) x\nSEC(x)", null)]
    [InlineData("SEC(x) int f(void);", null)]
    [InlineData("#undef HOOK(SEC(", null)]
    public void The_macro_around_a_position_is_told(string text, string? macro) =>
        Assert.Equal(macro, Directives.MacroAround(Encoding.UTF8.GetBytes(text), text.IndexOf("SEC(", StringComparison.Ordinal)));

    [Fact]
    public void Names_of_newer_libbpf_stand_outside_comments_and_literals()
    {
        var identifiers = new HashSet<string>();
        Directives.Of("/* bpf_repeat */ int bpf_for(x, \"bpf_repeat\", 'n') __uptr bpf_fox // bpf_repeat\n"u8, identifiers);
        Assert.Equal(["__uptr", "bpf_for"], identifiers.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("clang -c a.c", "clang|-c|a.c")]
    [InlineData("a 'b c' \"d e\" f\\ g", "a|b c|d e|f g")]
    [InlineData("-DX=\\\"y\\\" '-DS=\"s\"' \"a\\\\b\\n\" ''", "-DX=\"y\"|-DS=\"s\"|a\\b\\n|")]
    [InlineData("  \t a\n b  ", "a|b")]
    [InlineData("'open quote", "open quote")]
    [InlineData("", null)]
    public void Commands_are_split_as_a_shell_does(string command, string? expected) =>
        Assert.Equal(expected?.Split('|') ?? [], ShellWords.Split(command));
}
