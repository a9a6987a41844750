using KfuncLsp.Server.Cli.Output;
using Xunit;

namespace KfuncLsp.Tests.Cli;

public sealed class TextFormatTests
{
    [Fact]
    public void A_finding_is_drawn_into_the_source()
    {
        const string expected = """
            not-analysed: a computed goto is not followed
             --> /usr/include/own.h:1:1
              |
            1 | static int own(void)
              | ^^^^^^^^^^
              |
               = in function own

            inconclusive: the step budget is spent
             --> /usr/include/own.h:3:9
              |
            3 |     return other();
              |            ^^^^^^^
              |
               = the verdict on `leak` (tp_btf/task_newtask) is open on kernel 7.3

            error[KF0101]: `p` is still owned here; call `bpf_task_release(p)` before returning
             --> leak.bpf.c:8:2
              |
            4 |     /* é😀 */ struct task_struct *p = bpf_task_from_pid(42);
              |                                       --------------------- 1. acquired here
            5 |     if (!p)
              |         -- 2. `p` is not NULL here
            ...
            8 |     return 1;
              |     ^^^^^^^^^ 3. leaves here
              |
               = kernel 6.12, 7.3 says: Unreleased reference id=2 alloc_insn=3
               = in program `leak` (tp_btf/task_newtask)

            warning[KF0702]: 100% of `other` is unknown
             --> /usr/include/own.h:3:9
              |
            3 |     return other();
              |            ^^^^^^^
              |
               = holds on 6.12, not found on 7.3
               = in program `leak` (tp_btf/task_newtask)

            1 error, 1 warning in 1 program of 1 file, kernels 6.12, 7.3
            1 program without a verdict; the reasons are above

            """;
        Assert.Equal(expected, Print(colours: false));
    }

    [Fact]
    public void Colours_change_nothing_but_the_colour()
    {
        var coloured = Print(colours: true);
        Assert.Contains("\e[1;31merror[KF0101]\e[0m", coloured);
        Assert.Equal(Print(colours: false), System.Text.RegularExpressions.Regex.Replace(coloured, "\e\\[[0-9;]*m", ""));
    }

    [Fact]
    public void A_very_long_line_is_cut_around_what_is_marked()
    {
        var result = SampleResult.Make();
        var text = $"{new string('a', 5000)} here {new string('b', 5000)}";
        result.Sources.Put("/project/long.c", System.Text.Encoding.UTF8.GetBytes(text));
        var output = new StringWriter();
        new SourceExcerpt(result.Sources, result.Paths, new Palette(false)).Write(output, [new(new("/project/long.c", 5001, 4), "this", true)]);
        var lines = output.ToString().Split('\n');
        Assert.All(lines, l => Assert.True(l.Length < 200, l));
        Assert.Equal(lines[2].IndexOf("here", StringComparison.Ordinal), lines[3].IndexOf('^'));
    }

    private static string Print(bool colours)
    {
        var text = new StringWriter();
        TextFormat.Write(SampleResult.Make(), text, new Palette(colours));
        return text.ToString();
    }
}
