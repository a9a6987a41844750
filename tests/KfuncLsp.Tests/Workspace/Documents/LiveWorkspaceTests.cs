using System.Collections.Concurrent;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Tests.Workspace.Fakes;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;
using Xunit;

namespace KfuncLsp.Tests.Workspace.Documents;

public sealed class LiveWorkspaceTests
{
    private const string Path = "/w/a.bpf.c";

    private const string Source =
        """
        static int shared(void) { bpf_rcu_read_lock(); }
        SEC("tp_btf/task_newtask") int one(void) { shared(); }
        SEC("tp_btf/task_newtask") int two(void) { bpf_rcu_read_unlock(); }
        SEC("tp_btf/task_newtask") int three(void) { shared(); leak(); }

        """;

    private readonly SketchUnits _units = new();
    private readonly SketchAnalysis _analysis = new();

    [Fact]
    public async Task EditingAFunctionAnalysesOnlyTheProgramsThatReachIt()
    {
        await using var workspace = Open(Source);
        Assert.Equal(new(0, 3), (await Newest(workspace)).Cache);
        Assert.Equal(["one", "two", "three"], _analysis.TakeAsked());

        await Edit(workspace, 2, "bpf_rcu_read_unlock()", "bpf_preempt_enable()");
        Assert.Equal(["two"], _analysis.TakeAsked());
        Assert.Equal(new(2, 1), (await Newest(workspace)).Cache);

        await Edit(workspace, 3, "bpf_rcu_read_lock()", "bpf_preempt_disable()");
        Assert.Equal(["one", "three"], _analysis.TakeAsked());

        await Edit(workspace, 4, "static int shared", "\n\n/* text above */\nstatic int shared");
        Assert.Empty(_analysis.TakeAsked());
        await Edit(workspace, 5, "bpf_preempt_disable()", "bpf_rcu_read_lock()");
        Assert.Empty(_analysis.TakeAsked());
    }

    [Fact]
    public async Task FindingsOfUntouchedProgramsMoveWithTheText()
    {
        await using var workspace = Open(Source);
        var before = Assert.Single((await Newest(workspace)).File.Findings).Where;
        var check = await Edit(workspace, 2, "static int shared", "/* é */\nstatic int shared");
        var after = Assert.Single(check.File.Findings).Where;
        Assert.Equal("/* é */\n"u8.Length, after.Start - before.Start);
        Assert.Equal("leak"u8, check.Document.Text.Span.Slice(after.Start, after.Length));
    }

    [Fact]
    public async Task AKernelMoreIsAnalysedByItself()
    {
        await using var workspace = new LiveWorkspace(SketchAnalysis.Services(_units, _analysis, "6.12", "7.3"));
        workspace.Open(TextDocument.Create(Path, 1, Source));
        var check = await workspace.NewestCheck(Path)!;
        Assert.Equal(new(0, 6), check.Cache);
        Assert.Equal([new KernelVersion(6, 12), new KernelVersion(7, 3)], Assert.Single(check.File.Findings).Kernels);
    }

    [Fact]
    public async Task AnOvertakenVersionIsGivenUp()
    {
        var gate = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        _units.Before = async (request, cancel) =>
        {
            if (_units.Parses > 1) return;
            cancel.Register(() => cancelled.TrySetResult());
            begun.TrySetResult();
            await gate.Task.WaitAsync(cancel);
        };
        await using var workspace = new LiveWorkspace(SketchAnalysis.Services(_units, _analysis));
        var published = new ConcurrentQueue<int>();
        workspace.Checked += c => published.Enqueue(c.Document.Version);
        workspace.Open(TextDocument.Create(Path, 1, Source));
        var first = workspace.NewestCheck(Path)!;
        await begun.Task;

        workspace.Apply(Path, 2, [new TextChange(null, Source)], PositionEncoding.Utf16);
        await cancelled.Task;
        await workspace.NewestCheck(Path)!;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal([2], published);
    }

    [Fact]
    public async Task ManyEditsCheckTheLastOne()
    {
        await using var workspace = Open(Source);
        for (var version = 2; version <= 200; version++)
            workspace.Apply(Path, version, [new TextChange(new(new(0, 0), new(0, 0)), "\n")], PositionEncoding.Utf16);
        var check = await Newest(workspace);
        Assert.Equal(200, check.Document.Version);
        Assert.True(_units.Parses < 200, "overtaken versions are not parsed one by one");
        Assert.Equal(3, _analysis.TakeAsked().Distinct().Count());
    }

    [Fact]
    public async Task AFaultInOneProgramLeavesTheOthers()
    {
        await using var workspace = Open(Source + "SEC(\"tc\") int crash(void) { x(); }\n");
        var check = await Newest(workspace);
        Assert.Equal("leak", Text(check, Assert.Single(check.File.Findings).Where));
        Assert.Contains("a fault of the analysis", Assert.Single(check.Faults));
        Assert.Equal(Verdict.Inconclusive, check.File.Reports[0].Programs.Single(p => p.Name == "crash").Verdict);
    }

    [Fact]
    public async Task AUserSpaceFileIsLeftAlone()
    {
        await using var workspace = new LiveWorkspace(SketchAnalysis.Services(_units, _analysis));
        workspace.Open(TextDocument.Create("/w/main.c", 1, "int main(void) { leak(); }"));
        var check = await workspace.NewestCheck("/w/main.c")!;
        Assert.NotNull(check.NotChecked);
        Assert.Equal(0, _units.Parses);
    }

    [Fact]
    public async Task AnUnsavedHeaderIsSeenByItsReaders()
    {
        var overlays = new ConcurrentQueue<int>();
        _units.Before = (request, _) =>
        {
            if (request.File == Path) overlays.Enqueue(request.Overlays.Count);
            return Task.CompletedTask;
        };
        await using var workspace = Open("#include \"h.h\"\n" + Source);
        await Newest(workspace);
        workspace.Open(TextDocument.Create("/w/h.h", 1, "int h;"));
        workspace.Apply("/w/h.h", 2, [new TextChange(null, "int hh;")], PositionEncoding.Utf16);
        await workspace.NewestCheck("/w/h.h")!;
        await Newest(workspace);
        Assert.Equal(1, overlays.Last());
        Assert.Equal(0, overlays.First());
    }

    [Fact]
    public async Task AClosedFileIsForgotten()
    {
        var workspace = Open(Source);
        await Newest(workspace);
        await workspace.CloseAsync(Path);
        Assert.Null(workspace.Find(Path));
        Assert.Equal([Path], _units.Closed);
    }

    /// <summary>What the incremental check says after random edits is what a fresh one says of the same text.</summary>
    [Fact]
    public async Task IncrementalIsFromScratch()
    {
        var random = new Random(20261123);
        string[] bodies = ["leak();", "shared();", "shared(); leak();", "bpf_rcu_read_lock();", "one();", "", "/* x */ shared();"];
        await using var workspace = Open(Source);
        for (var version = 2; version < 60; version++)
        {
            var text = string.Join("\n", Enumerable.Range(0, random.Next(1, 6)).Select(i =>
                $"{(random.Next(2) == 0 ? "SEC(\"tc\") " : "static ")}int {(i == 0 ? "shared" : i == 1 ? "one" : $"f{i}")}(void) {{ {bodies[random.Next(bodies.Length)]} }}"));
            workspace.Apply(Path, version, [new TextChange(null, "// SEC(\n" + text)], PositionEncoding.Utf16);
            var incremental = await Newest(workspace);

            await using var fresh = new LiveWorkspace(SketchAnalysis.Services(new(), new()));
            fresh.Open(TextDocument.Create(Path, version, "// SEC(\n" + text));
            var scratch = await fresh.NewestCheck(Path)!;
            Assert.Equal(Print(scratch), Print(incremental));
        }
    }

    private static string Print(DocumentCheck check) =>
        string.Join("\n", check.File.Findings.Select(f => $"{f.Where} {string.Join(",", f.Programs)} {string.Join(",", f.Steps)}"))
        + string.Join("\n", check.File.Reports[0].Programs.Select(p => $"{p.Name} {p.Verdict}"));

    private LiveWorkspace Open(string text)
    {
        var workspace = new LiveWorkspace(SketchAnalysis.Services(_units, _analysis));
        workspace.Open(TextDocument.Create(Path, 1, text));
        return workspace;
    }

    private static Task<DocumentCheck> Newest(LiveWorkspace workspace) => workspace.NewestCheck(Path)!;

    private static async Task<DocumentCheck> Edit(LiveWorkspace workspace, int version, string old, string now)
    {
        var lines = workspace.Find(Path)!.Document.Lines;
        var at = lines.Text.Span.IndexOf(System.Text.Encoding.UTF8.GetBytes(old));
        Assert.True(at >= 0, $"the text has no {old}");
        workspace.Apply(Path, version, [new TextChange(lines.RangeAt(at, old.Length), now)], PositionEncoding.Utf16);
        return await Newest(workspace);
    }

    private static string Text(DocumentCheck check, FileSpan span) => System.Text.Encoding.UTF8.GetString(check.Document.Text.Span.Slice(span.Start, span.Length));
}
