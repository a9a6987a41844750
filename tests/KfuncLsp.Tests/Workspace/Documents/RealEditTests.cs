using System.Collections.Concurrent;
using KfuncLsp.Analysis;
using KfuncLsp.Frontend.Process;
using KfuncLsp.Fuzz.Edits;
using KfuncLsp.Tests.Cli;
using KfuncLsp.Tests.Workspace.Fakes;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;
using Xunit;

namespace KfuncLsp.Tests.Workspace.Documents;

/// <summary>Edits of real C: what an edit costs, and that nothing of the text before it is left in what is told of the text after it.</summary>
public sealed class RealEditTests
{
    private static readonly string s_directory = Repository.PathOf("tests", "fixtures", "rules");
    private static readonly string s_path = Path.Combine(s_directory, "edited.bpf.c");

    private static readonly OneKernelProject s_project =
        new(s_path, ["-target", "bpf", "-O2", "-g", "-std=gnu11", "-nostdinc", "-Wno-everything", "-I" + s_directory], new(6, 12));

    private const string Source = """
        #include "kernel.h"
        static __noinline int count(int x) { return x + 1; }
        static __noinline int twice(int x) { return count(count(x)); }
        int global_one(int x) { return x; }
        SEC("tp_btf/task_newtask") int one(u64 *ctx) { struct task_struct *p = bpf_task_from_pid(count(7)); if (p) bpf_task_release(p); return 0; }
        SEC("tp_btf/task_newtask") int two(u64 *ctx) { struct task_struct *p = bpf_task_from_pid(twice(8)); return p ? 1 : 0; }
        SEC("tp_btf/task_newtask") int three(u64 *ctx) { return global_one(3); }
        """;

    [Fact]
    public async Task AnEditAnalysesTheProgramsThatReachItAndNoOther()
    {
        var asked = new ConcurrentQueue<string>();
        await using var workspace = Workspace(asked);
        workspace.Open(TextDocument.Create(s_path, 1, Source));
        Assert.Equal("KF0101", Assert.Single((await workspace.NewestCheck(s_path)!).File.Findings).Finding.Rule.Code);
        Assert.Equal(["one", "two", "three"], Taken());

        var version = 1;
        Assert.Empty(await Edit("return x + 1;", "return x + 1; /* one more */"));
        Assert.Equal(["one", "two"], await Edit("return x + 1;", "return x + 2;"));
        Assert.Equal(["two"], await Edit("count(count(x))", "count(x)"));
        Assert.Equal(["three"], await Edit("int x) { return x; }", "int x) { return x + 1; }"));
        Assert.Equal(["one"], await Edit("count(7)", "7"));
        Assert.Equal(["two"], await Edit("return x + 2;", "return x + 3;"));
        Assert.Empty(await Edit("static __noinline int twice", "\n\n/* above */\nstatic __noinline int twice"));

        async Task<string[]> Edit(string old, string now)
        {
            var text = System.Text.Encoding.UTF8.GetString(workspace.Find(s_path)!.Document.Text.Span);
            Assert.Contains(old, text);
            workspace.Apply(s_path, ++version, [new TextChange(null, text.Replace(old, now))], PositionEncoding.Utf16);
            var check = await workspace.NewestCheck(s_path)!;
            Assert.Equal("KF0101", Assert.Single(check.File.Findings).Finding.Rule.Code);
            return Taken();
        }

        string[] Taken()
        {
            var names = asked.ToArray();
            asked.Clear();
            return names;
        }
    }

    /// <summary>Broken and whole texts in turn, each an edit of the one before.</summary>
    [Fact]
    public async Task WhatIsToldOfATextDependsOnTheTextAlone()
    {
        string[] words = ["x", "7", "+ 1", ";", "{", "}", "if (p)", "bpf_task_release(p);", "return 0;", "count(", ")", "/*", "*/", "\n", "static ", "int "];
        var random = new Random(20261127);
        await using var workspace = Workspace([]);
        workspace.Open(TextDocument.Create(s_path, 1, Source));
        var text = Source;
        for (var version = 2; version < 40; version++)
        {
            var at = random.Next(text.IndexOf('\n'), text.Length);
            var length = Math.Min(random.Next(12), text.Length - at);
            text = version % 10 == 0 ? Source : text[..at] + (random.Next(3) > 0 ? words[random.Next(words.Length)] : "") + text[(at + length)..];
            workspace.Apply(s_path, version, [new TextChange(null, text)], PositionEncoding.Utf16);
            var edited = await workspace.NewestCheck(s_path)!;

            await using var fresh = Workspace([]);
            fresh.Open(TextDocument.Create(s_path, version, text));
            Assert.Equal(CheckText.Lines(await fresh.NewestCheck(s_path)!), CheckText.Lines(edited));
        }
    }

    /// <summary>A kfunc may be lent more than a variable, where the section goes on behind it.</summary>
    [Fact]
    public async Task AVariableBesideAnotherMakesRoom()
    {
        const string source = """
            #include "kernel.h"
            struct bpf_crypto_params;
            extern struct bpf_crypto_ctx *bpf_crypto_ctx_create(const struct bpf_crypto_params *params, u32 params__sz, int *err) __ksym;
            extern void bpf_crypto_ctx_release(struct bpf_crypto_ctx *ctx) __ksym;
            static char buffer[64];
            SEC("syscall") int create(void *ctx) { int err = 0; struct bpf_crypto_ctx *c = bpf_crypto_ctx_create((void *)buffer, 80, &err); if (c) bpf_crypto_ctx_release(c); return 0; }
            """;
        await using var workspace = Workspace([]);
        workspace.Open(TextDocument.Create(s_path, 1, source));
        Assert.Equal("KF0603", Assert.Single((await workspace.NewestCheck(s_path)!).File.Findings).Finding.Rule.Code);
        workspace.Apply(s_path, 2, [new TextChange(null, source.Replace("static char buffer", "static char beside[64];\nstatic char buffer"))], PositionEncoding.Utf16);
        Assert.Empty((await workspace.NewestCheck(s_path)!).File.Findings);
    }

    /// <summary>The first of two definitions counts, for what is judged anew and for what is known.</summary>
    [Fact]
    public async Task ASecondDefinitionIsJudgedAsInAFirstCheck()
    {
        await using var workspace = Workspace([]);
        workspace.Open(TextDocument.Create(s_path, 1, Source));
        await workspace.NewestCheck(s_path)!;
        var twice = Source + "\nstatic __noinline int twice(int x) { return x; }\nint three(u64 *ctx) { return nowhere_; }\n";
        workspace.Apply(s_path, 2, [new TextChange(null, twice)], PositionEncoding.Utf16);
        var edited = await workspace.NewestCheck(s_path)!;

        await using var fresh = Workspace([]);
        fresh.Open(TextDocument.Create(s_path, 2, twice));
        Assert.Equal(CheckText.Lines(await fresh.NewestCheck(s_path)!), CheckText.Lines(edited));
    }

    private static LiveWorkspace Workspace(ConcurrentQueue<string> asked) => new(new(new InProcessUnitSource(), s_project)
    {
        UnitsOfClosedFiles = new SketchUnits(),
        AnalyzeProgram = (unit, program, model, options, cancel) =>
        {
            asked.Enqueue(program.Name);
            return Analyzer.AnalyzeProgram(unit, program, model, options, cancel);
        },
    });
}
