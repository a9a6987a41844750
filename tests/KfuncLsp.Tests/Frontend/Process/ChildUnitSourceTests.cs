using System.Diagnostics;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Frontend.Process;
using KfuncLsp.Ir;
using Xunit;
using OsProcess = System.Diagnostics.Process;

namespace KfuncLsp.Tests.Frontend.Process;

/// <summary>The parent's side against children that die, hang, lie and grow.</summary>
public sealed class ChildUnitSourceTests : IDisposable
{
    private static readonly WorkerLimits s_hasty = new() { Deadline = TimeSpan.FromMilliseconds(300) };

    private readonly string _directory = Directory.CreateTempSubdirectory("kfunc-lsp-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task The_real_child_answers_and_lives_on()
    {
        await using var source = new ChildUnitSource(FakeWorkers.Real, WorkerLimits.Default);
        var first = await source.ParseAsync(Request("int x;"), default);
        var second = await source.ParseAsync(Request("int y;"), default);
        Assert.Equal(["/a.bpf.c", "/a.bpf.c"], [first.MainFile, second.MainFile]);
        Assert.Equal(1, source.Starts);
    }

    [Fact]
    public async Task A_child_that_was_started_early_serves_the_first_request()
    {
        await using var source = new ChildUnitSource(FakeWorkers.Real, WorkerLimits.Default);
        var early = source.BeginAsync(TimeSpan.Zero);
        await source.ParseAsync(Request("int x;"), default);
        await early;
        Assert.NotNull(source.ProcessId);
        Assert.Equal(1, source.Starts);
    }

    [Fact]
    public async Task A_child_that_was_started_early_for_nobody_is_ended()
    {
        await using var source = new ChildUnitSource(FakeWorkers.Real, WorkerLimits.Default);
        await source.BeginAsync(TimeSpan.Zero);
        Assert.Null(source.ProcessId);
        Assert.Equal(1, source.Starts);
    }

    [Fact]
    public async Task A_child_that_cannot_be_started_early_is_tried_again_and_tells_why()
    {
        await using var source = new ChildUnitSource(new("/nowhere/kfunc-lsp", []), WorkerLimits.Default);
        await source.BeginAsync(TimeSpan.Zero);
        Assert.Contains("/nowhere/kfunc-lsp does not start", Assert.Single((await source.ParseAsync(Request("x"), default)).Issues).Message);
    }

    [Fact]
    public async Task A_child_is_told_that_it_is_shut_down()
    {
        var (begun, told) = (Path.Combine(_directory, "begun"), Path.Combine(_directory, "told"));
        var source = new ChildUnitSource(FakeWorkers.Greeting($"touch '{begun}'; cat >/dev/null; touch '{told}'"), WorkerLimits.Default with { Farewell = TimeSpan.FromMinutes(1) });
        var parse = source.ParseAsync(Request("x"), default);
        for (var waited = 0; !File.Exists(begun) && waited < 6000; waited++) await Task.Delay(10);
        await source.DisposeAsync();
        await parse;
        Assert.True(File.Exists(told));
    }

    [Fact]
    public async Task A_child_killed_between_requests_is_replaced()
    {
        await using var source = new ChildUnitSource(FakeWorkers.Real, WorkerLimits.Default);
        await source.ParseAsync(Request("int x;"), default);
        Kill(source.ProcessId!.Value);
        var unit = await source.ParseAsync(Request("int x;"), default);
        Assert.Equal("/a.bpf.c", unit.MainFile);
        Assert.DoesNotContain(unit.Issues, i => i.Message.Contains("lost"));
        Assert.Equal(2, source.Starts);
    }

    [Fact]
    public async Task A_child_killed_in_the_middle_of_a_parse_is_replaced_and_the_file_parsed()
    {
        var mark = Path.Combine(_directory, "first");
        var real = $"exec '{FakeWorkers.Real.FileName}' '{FakeWorkers.Real.Arguments[0]}' {WorkerLaunch.Verb}";
        var launch = FakeWorkers.Script($"if [ -e '{mark}' ]; then {real}; fi; {FakeWorkers.GreetThen($"touch '{mark}'; exec sleep 1000")}");
        await using var source = new ChildUnitSource(launch, WorkerLimits.Default);

        var answer = source.ParseAsync(Request("int x;"), default).AsTask();
        while (!File.Exists(mark)) await Task.Delay(10);
        Kill(source.ProcessId!.Value);

        Assert.DoesNotContain((await answer).Issues, i => i.Message.Contains("lost"));
        Assert.Equal(2, source.Starts);
    }

    [Fact]
    public async Task A_file_that_hangs_twice_is_left_alone_until_it_changes()
    {
        await using var source = new ChildUnitSource(FakeWorkers.Greeting("exec sleep 1000"), s_hasty);
        AssertNotParsed(await source.ParseAsync(Request("one"), default), "longer than 0.3 s");
        Assert.Equal(2, source.Starts);

        AssertNotParsed(await source.ParseAsync(Request("one"), default), "left alone until it changes");
        Assert.Equal(2, source.Starts);

        await source.ParseAsync(Request("two"), default);
        Assert.Equal(4, source.Starts);
    }

    [Fact]
    public async Task A_crash_is_told_with_the_child_s_last_words()
    {
        await using var source = new ChildUnitSource(FakeWorkers.Greeting("echo 'LLVM ERROR: out of luck' >&2; kill -9 $$"), WorkerLimits.Default);
        var unit = await source.ParseAsync(Request("x"), default);
        AssertNotParsed(unit, "signal 9");
        AssertNotParsed(unit, "LLVM ERROR: out of luck");
    }

    [Fact]
    public async Task Garbage_instead_of_an_answer_is_told()
    {
        await using var source = new ChildUnitSource(FakeWorkers.Greeting("echo 'Segmentation fault (core dumped), or so'; exec sleep 1000"), WorkerLimits.Default);
        AssertNotParsed(await source.ParseAsync(Request("x"), default), "something else than its protocol");
    }

    [Fact]
    public async Task A_unit_that_is_no_unit_is_told()
    {
        await using var source = new ChildUnitSource(FakeWorkers.Greeting("printf '\\004\\000\\000\\000\\004oops'; exec sleep 1000"), WorkerLimits.Default);
        AssertNotParsed(await source.ParseAsync(Request("x"), default), "not an IR message");
    }

    [Fact]
    public async Task A_child_that_grows_too_large_is_killed()
    {
        await using var source = new ChildUnitSource(FakeWorkers.Greeting("exec tail /dev/zero"), new WorkerLimits { MemoryBytes = 64 << 20 });
        AssertNotParsed(await source.ParseAsync(Request("x"), default), "more than 64 MiB");
    }

    [Theory]
    [InlineData("echo hello")]
    [InlineData("exit 3")]
    public async Task Another_program_is_told(string script)
    {
        await using var source = new ChildUnitSource(FakeWorkers.Script(script), WorkerLimits.Default);
        AssertNotParsed(await source.ParseAsync(Request("x"), default), "could not be started");
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_told()
    {
        await using var source = new ChildUnitSource(new WorkerLaunch("/no/such/kfunc-lsp", [WorkerLaunch.Verb]), WorkerLimits.Default);
        AssertNotParsed(await source.ParseAsync(Request("x"), default), "/no/such/kfunc-lsp does not start");
    }

    [Fact]
    public async Task Who_cancels_is_answered_at_once_and_the_next_request_is_served()
    {
        await using var source = new ChildUnitSource(FakeWorkers.Greeting("exec sleep 1000"), new WorkerLimits { Deadline = TimeSpan.FromSeconds(1) });
        using var cancel = new CancellationTokenSource();
        var answer = source.ParseAsync(Request("one"), cancel.Token).AsTask();
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        AssertNotParsed(await source.ParseAsync(Request("two"), default), "longer than 1 s");
    }

    [Fact]
    public async Task A_disposed_source_leaves_no_child()
    {
        var source = new ChildUnitSource(FakeWorkers.Greeting("exec sleep 1000"), WorkerLimits.Default);
        var answer = source.ParseAsync(Request("x"), default).AsTask();
        while (source.ProcessId is null) await Task.Delay(10);
        using var child = OsProcess.GetProcessById(source.ProcessId.Value);
        await source.DisposeAsync();
        await child.WaitForExitAsync();
        Assert.Contains((await answer).Issues, i => i.Message.Contains("shut down"));
    }

    /// <summary>The parent is gone in the middle of a parse that takes seconds; the child does not finish it first.</summary>
    [Fact]
    public async Task The_real_child_ends_when_its_parent_does()
    {
        var real = FakeWorkers.Real;
        var start = new ProcessStartInfo(real.FileName, real.Arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var child = OsProcess.Start(start)!;
        await Frame.WriteAsync(child.StandardInput.BaseStream, FrameKind.Hello, new Hello(1, null).Encode(), default);
        await Frame.ReadAsync(child.StandardOutput.BaseStream, default);
        await Frame.WriteAsync(child.StandardInput.BaseStream, FrameKind.Parse, RequestCodec.Encode(Request(SlowToParse)), default);
        child.StandardInput.Close();
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        Assert.Equal("", output);
    }

    [Fact]
    public async Task The_real_child_that_parses_too_long_is_killed_and_the_next_file_is_parsed()
    {
        await using var source = new ChildUnitSource(FakeWorkers.Real, new WorkerLimits { Deadline = TimeSpan.FromSeconds(2) });
        AssertNotParsed(await source.ParseAsync(Request(SlowToParse), default), "longer than 2 s");
        var next = await source.ParseAsync(Request("int f(void) { return 1; }"), default);
        Assert.Empty(next.Issues);
        Assert.NotNull(next.FindFunction("f"));
        Assert.Equal(3, source.Starts);
    }

    [Fact]
    public async Task A_vmlinux_of_100_megabytes_is_parsed()
    {
        var line = System.Text.Encoding.ASCII.GetBytes($"/* {new string('x', 1017)} */\n");
        await using (var header = File.Create(Path.Combine(_directory, "vmlinux.h")))
        {
            for (var i = 0; i < 100 << 10; i++) await header.WriteAsync(line, TestContext.Current.CancellationToken);
            await header.WriteAsync("struct last { int x; };\n"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        await using var source = new ChildUnitSource(FakeWorkers.Real, WorkerLimits.Default);
        var request = Request("#include \"vmlinux.h\"\nint f(struct last *p) { return p->x; }");
        var unit = await source.ParseAsync(request with { Arguments = [.. request.Arguments, "-I" + _directory] }, default);
        Assert.Empty(unit.Issues);
        Assert.NotNull(unit.FindFunction("f"));
        Assert.Equal(1, source.Starts);
    }

    /// <summary>Whatever libclang prints, the protocol's stream stays clean.</summary>
    [Fact]
    public async Task Flags_that_make_clang_print_do_not_disturb_the_real_child()
    {
        await using var source = new ChildUnitSource(FakeWorkers.Real, WorkerLimits.Default);
        string[] chatty = ["-v", "-H", "-print-search-dirs", "-Xclang", "-ast-dump", "-Xclang", "-print-stats", "-mllvm", "-print-after-all"];
        foreach (var flag in chatty.Where(f => f != "-Xclang" && f != "-mllvm"))
        {
            var request = Request("#include <stddef.h>\nint f(void) { return 1; }");
            await source.ParseAsync(request with { Arguments = [.. request.Arguments, .. chatty.TakeWhile(f => f != flag).TakeLast(1).Where(f => f is "-Xclang" or "-mllvm"), flag] }, default);
        }

        Assert.NotNull((await source.ParseAsync(Request("int f(void) { return 1; }"), default)).FindFunction("f"));
        Assert.Equal(1, source.Starts);
    }

    [Fact]
    public async Task An_else_if_chain_of_10000_costs_its_function_and_nothing_else()
    {
        await using var source = new ChildUnitSource(FakeWorkers.Real, new WorkerLimits { Deadline = TimeSpan.FromMinutes(2) });
        var chain = string.Concat(Enumerable.Range(1, 10_000).Select(i => $"else if (x == {i}) return {i};\n"));
        var unit = await source.ParseAsync(Request($"int f(int x) {{ if (!x) return 0;\n{chain}return -1; }}\nint g(void) {{ return 1; }}"), default);
        Assert.Equal(1, source.Starts);
        Assert.Null(unit.FindFunction("g")!.NotLowered);
        Assert.Contains(unit.Issues, i => i.Function == "f" && i.Kind == UnitIssueKind.NotAnalysed);
    }

    [Fact]
    public async Task A_reparse_sees_the_new_text_and_unsaved_headers()
    {
        await using var source = new ChildUnitSource(FakeWorkers.Real, WorkerLimits.Default);
        var first = Request("#include \"/nowhere/h.h\"\nint f(void) { return X; }") with { Overlays = Header("#define X 1\n") };
        Assert.Contains("return 1", IrText.Print((await source.ParseAsync(first, default)).FindFunction("f")!));
        Assert.Contains("return 2", IrText.Print((await source.ParseAsync(first with { Overlays = Header("#define X 2\n") }, default)).FindFunction("f")!));

        static System.Collections.Immutable.ImmutableDictionary<string, ReadOnlyMemory<byte>> Header(string text) =>
            System.Collections.Immutable.ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty.Add("/nowhere/h.h", System.Text.Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public async Task A_pool_answers_more_requests_than_it_has_children()
    {
        await using var pool = new UnitSourcePool(FakeWorkers.Real, WorkerLimits.Default, 2);
        var files = Enumerable.Range(0, 7).Select(i => $"/f{i}.bpf.c").ToArray();
        var units = await Task.WhenAll(files.Select(f => pool.ParseAsync(new UnitRequest(f, "int x;"u8.ToArray(), []), default).AsTask()));
        Assert.Equal(files, units.Select(u => u.MainFile));
    }

    /// <summary>Macros that expand to some 10^9 tokens, which the preprocessor counts through.</summary>
    private static readonly string SlowToParse =
        string.Concat(Enumerable.Range(0, 9).Select(i => $"#define M{i + 1} {string.Concat(Enumerable.Repeat($"M{i} ", 10))}\n")) + "#define M0 ;\nM9\n";

    private static UnitRequest Request(string text) => new("/a.bpf.c", System.Text.Encoding.UTF8.GetBytes(text), ["-target", "bpf"]);

    private static void AssertNotParsed(UnitIr unit, string reason)
    {
        var issue = Assert.Single(unit.Issues);
        Assert.Equal(UnitIssueKind.NotParsed, issue.Kind);
        Assert.Contains(reason, issue.Message);
    }

    private static void Kill(int id)
    {
        using var process = OsProcess.GetProcessById(id);
        process.Kill();
        process.WaitForExit();
    }
}
