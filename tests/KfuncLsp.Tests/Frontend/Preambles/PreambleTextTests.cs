using System.Text;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Frontend.Preambles;
using Xunit;

namespace KfuncLsp.Tests.Frontend.Preambles;

public sealed class PreambleTextTests
{
    /// <summary>The whole preamble ends at ‡, the shared one at †.</summary>
    [Theory]
    [InlineData("#include <a.h>\n†#include <b.h>\n‡int x;")]
    [InlineData("// c\n/* c */ #include <a.h>\n†\n#define X \"‘\" // y\n‡\nint x;")]
    [InlineData("#define A \\\n  1\n#include <a.h>\n†‡int x;\n#include <b.h>")]
    [InlineData("#if A\n#include <a.h>\n#else\n#include <b.h>\n#endif\n†#pragma once\n‡int x;")]
    [InlineData("#include <a.h>\n†‡#if A\nint x;\n#endif\n")]
    [InlineData("#include <a.h>\n†#define S \"/*\"\n‡int x; /* */")]
    [InlineData("#include <a.h>\n†#error it's /* no\n‡more */ over\n")]
    [InlineData("#include <a.h>\n†‡#pragma clang attribute push(x, apply_to = record)\n#include <b.h>\nint x;")]
    [InlineData("#pragma GCC diagnostic push\n#include <a.h>\n#pragma GCC diagnostic pop\n†#define A\n‡int x;")]
    [InlineData("#include <a.h>\n†#define A\n‡# A 1\n#include <b.h>\n")]
    [InlineData("#include <a.h>†‡")]
    public void It_ends_where_code_begins(string marked)
    {
        var text = Encoding.UTF8.GetBytes(marked.Replace("†", "").Replace("‡", ""));
        var length = Directives.LeadingLength(text, out var first);
        Assert.Equal(marked.Replace("‡", ""), Encoding.UTF8.GetString(text).Insert(Encoding.UTF8.GetString(text, 0, first).Length, "†"));
        Assert.Equal(marked.Replace("†", ""), Encoding.UTF8.GetString(text).Insert(Encoding.UTF8.GetString(text, 0, length).Length, "‡"));
    }

    [Theory]
    [InlineData("int x;\n#include <a.h>")]
    [InlineData("#define A\nint x;")]
    [InlineData("#endif\n#include <a.h>")]
    [InlineData("#if A\n#include <a.h>")]
    [InlineData("/* open #include <a.h>")]
    [InlineData("")]
    public void Without_a_whole_include_there_is_none(string text) => Assert.Null(Of(text));

    [Fact]
    public void What_is_blanked_keeps_every_place() =>
        Assert.Equal("    \n  \nb"u8, PreambleText.Blanked("a é\r\ncc\nb"u8[1..], 8));

    [Fact]
    public void Files_that_differ_in_comments_and_later_includes_share_their_beginning()
    {
        var one = Of("/* one */\n#include <vmlinux.h> // types\n#include <bpf/bpf_helpers.h>\n", "/p/a/one.c");
        var two = Of("// two\n#include <vmlinux.h> // types\n", "/p/b/two.c");
        Assert.Equal(one!.Value.Shared.Key, two!.Value.Shared.Key);
        Assert.NotEqual(one.Value.Whole.Key, two.Value.Whole.Key);
    }

    [Fact]
    public void Whatever_changes_what_is_parsed_changes_the_key()
    {
        var key = Of("#include \"vmlinux.h\"\n")!.Value.Shared.Key;
        Assert.NotEqual(key, Of("#include <vmlinux.h>\n")!.Value.Shared.Key);
        Assert.NotEqual(key, Of("#define A\n#include \"vmlinux.h\"\n")!.Value.Shared.Key);
        Assert.NotEqual(key, Of("#include \"vmlinux.h\"\n", "/other/a.c")!.Value.Shared.Key);
        Assert.NotEqual(key, Of("#include \"vmlinux.h\"\n", arguments: ["-DX"])!.Value.Shared.Key);
        Assert.NotEqual(key, Of("#include \"vmlinux.h\"\n", libclang: "20")!.Value.Shared.Key);
    }

    private static (PreambleText Shared, PreambleText Whole)? Of(string text, string file = "/p/a.c", string[]? arguments = null, string libclang = "19") =>
        PreambleText.Of(file, Encoding.UTF8.GetBytes(text), arguments ?? [], libclang);
}
