using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using KfuncLsp.Analysis;
using KfuncLsp.Frontend.Process;
using KfuncLsp.Tests.Cli;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Features;
using KfuncLsp.Workspace.Features.Fixes;
using KfuncLsp.Workspace.Text;
using Xunit;

namespace KfuncLsp.Tests.Corpus;

/// <summary>Each fix makes of its broken program the text beside it, which the analyser accepts and a real kernel was seen to accept.</summary>
/// <remarks>
/// <c>NAME.bpf.c</c> is broken and names its fix in the first line, with the kernels that judge it where not all do and the declaration style where it is
/// not plain; <c>fixed/NAME.bpf.c</c> is what the fix makes of it. <c>fixes.json</c> has the kernels' verdicts on the latter and the hash of the text that they judged. <c>UPDATE_EXPECT=1</c> rewrites the texts; <c>tests/oracle/label-fixes</c> the verdicts.
/// </remarks>
public sealed partial class CodeFixTests
{
    private static readonly string s_folder = Repository.PathOf("tests", "corpus", "fixes");

    public static TheoryData<string> Programs => [.. Directory.GetFiles(s_folder, "*.bpf.c").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Programs))]
    public async Task AFixMakesTheTextThatAKernelAccepted(string name)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(s_folder, name), TestContext.Current.CancellationToken);
        var wanted = Wanted.Of(text);
        var fixedPath = Path.Combine(s_folder, "fixed", name);
        var made = await Mend(name, text, wanted);
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECT") == "1") await File.WriteAllTextAsync(fixedPath, made, TestContext.Current.CancellationToken);
        var expected = await File.ReadAllTextAsync(fixedPath, TestContext.Current.CancellationToken);
        Assert.Equal(expected, made);

        var accepted = LabelsOf(name);
        Assert.Equal(wanted.Kernels, accepted.Select(l => l.GetProperty("kernel").GetString()!));
        Assert.All(accepted, l => Assert.Equal("ok", l.GetProperty("verdict").GetString()));
        Assert.All(accepted, l => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(fixedPath))), l.GetProperty("sha256").GetString()));
        var after = await Check(name, made, string.Join(',', accepted.Select(l => l.GetProperty("kernel").GetString())));
        Assert.Empty(after.File.Findings.Select(f => $"{f.Finding.Rule} {f.Finding.Message}"));
        Assert.All(after.File.Reports.SelectMany(r => r.Programs), p => Assert.Equal(Verdict.Accepted, p.Verdict));
    }

    [Theory, MemberData(nameof(Programs))]
    public async Task AFixKeepsLineEndsThatAreCrLf(string name)
    {
        var text = (await File.ReadAllTextAsync(Path.Combine(s_folder, name), TestContext.Current.CancellationToken));
        var wanted = Wanted.Of(text);
        var made = await Mend(name, text.Replace("\n", "\r\n", StringComparison.Ordinal), wanted);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(s_folder, "fixed", name), TestContext.Current.CancellationToken), made.Replace("\r\n", "\n", StringComparison.Ordinal));
        Assert.Equal(made.Count(c => c == '\n'), made.Count(c => c == '\r'));
    }

    [Fact]
    public async Task NothingIsOfferedInsideAMacrosBodyButASuppressionAtItsUse()
    {
        const string text = """
            #include "../programs/own.h"
            extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
            extern void bpf_task_release(struct task_struct *p) __ksym;
            #define TAKE_AND_FORGET(pid) \
            	struct task_struct *p = bpf_task_from_pid(pid); \
            	return !p

            SEC("syscall")
            int macro(void *ctx)
            {
            	TAKE_AND_FORGET(1);
            }

            """;
        var check = await Check("macro.bpf.c", text, "6.12");
        Assert.Contains(check.File.Findings, f => f.Finding.Rule.Code == "KF0101");
        Assert.All(CodeFixFeature.In(check, 0, text.Length), f => Assert.Equal("suppress", f.Id));
    }

    /// <summary>Every fix that the editor can offer has a program here.</summary>
    [Fact]
    public void EveryFixHasAProgram()
    {
        var made = Directory.GetFiles(Repository.PathOf("src", "KfuncLsp.Workspace", "Features", "Fixes"), "*.cs")
            .SelectMany(f => FixId().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Where(id => id is not ("suppress" or "remove-suppression"));
        var judged = Directory.GetFiles(s_folder, "*.bpf.c").Select(f => Wanted.Of(File.ReadAllText(f)).Fix);
        Assert.Equal(made.Distinct().Order(StringComparer.Ordinal), judged.Distinct().Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("""new\("([a-z-]+)", """)]
    private static partial Regex FixId();

    /// <summary>The first line of a broken program: <c>//- fix: ID; kernels: 6.18, 7.3; declaration: weak</c>.</summary>
    private sealed record Wanted(string Fix, string[] Kernels, DeclarationStyle Declarations)
    {
        public static Wanted Of(string text)
        {
            var line = text[..text.IndexOf('\n')].Trim().TrimStart('/', '-').Split(';').Select(p => p.Split(':')).ToDictionary(p => p[0].Trim(), p => p[1].Trim(), StringComparer.Ordinal);
            return new(line["fix"], line.GetValueOrDefault("kernels", "6.12, 6.18, 7.3").Split(", "), line.GetValueOrDefault("declaration") == "weak" ? DeclarationStyle.Weak : DeclarationStyle.Plain);
        }
    }

    private static async Task<string> Mend(string name, string text, Wanted wanted)
    {
        var check = await Check(name, text, wanted.Kernels[0], wanted.Declarations);
        var fixes = CodeFixFeature.In(check, 0, check.Document.Text.Length);
        var fix = fixes.FirstOrDefault(f => f.Id == wanted.Fix);
        Assert.True(fix is not null, $"{wanted.Fix} is not among {string.Join(", ", fixes.Select(f => f.Id))}; found: {string.Join("; ", check.File.Findings.Select(f => $"{f.Finding.Rule} {f.Finding.Message}"))}; {string.Join("; ", check.File.Issues.Select(i => i.Message))}");
        return System.Text.Encoding.UTF8.GetString(CodeFix.Apply(check.Document.Text.Span, fix.Edits));
    }

    private static async Task<DocumentCheck> Check(string name, string text, string kernels, DeclarationStyle declarations = DeclarationStyle.Plain)
    {
        // The text is parsed as if it stood in the folder of the fixes, whose headers it includes.
        var path = Path.Combine(s_folder, name);
        await using var units = new InProcessUnitSource();
        var settings = new CheckSettings { Kernels = [kernels] };
        var checkedFile = await new FileChecker(units, settings, OwnKernels.None).CheckAsync(path, System.Text.Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
        var file = checkedFile.Checks[0];
        return new(new TextDocument(path, 1, new LineIndex(System.Text.Encoding.UTF8.GetBytes(text))), new(file.Command, checkedFile.Targets, AnalysisOptions.Default) { Configuration = new() { Declarations = declarations } }, file with { Issues = file.Unit.Issues });
    }

    private static List<JsonElement> LabelsOf(string name) =>
        [.. JsonElement.Parse(File.ReadAllText(Path.Combine(s_folder, "fixes.json"))).EnumerateArray().Where(l => l.GetProperty("file").GetString() == name)];
}
