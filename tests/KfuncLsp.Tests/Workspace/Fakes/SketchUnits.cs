using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;

namespace KfuncLsp.Tests.Workspace.Fakes;

/// <summary>
/// Reads a sketch of C: functions of the form <c>[SEC("…")] [static] int name(…) { … }</c> without inner braces, whose code is the calls in
/// it. Enough to test everything that does not depend on what C means, at once and without libclang.
/// </summary>
internal sealed partial class SketchUnits : IUnitSource
{
    private int _parses;

    /// <summary>Called before each parse; a test may wait here.</summary>
    public Func<UnitRequest, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public List<string> Closed { get; } = [];

    public int Parses => _parses;

    public async ValueTask<UnitIr> ParseAsync(UnitRequest request, CancellationToken cancel)
    {
        Interlocked.Increment(ref _parses);
        await Before(request, cancel);
        cancel.ThrowIfCancellationRequested();
        return Read(request);
    }

    public ValueTask CloseAsync(string file)
    {
        lock (Closed) Closed.Add(file);
        return default;
    }

    public ValueTask DisposeAsync() => default;

    private static UnitIr Read(UnitRequest request)
    {
        // Latin-1 makes one char of each byte, so that match positions are byte offsets.
        var text = Encoding.Latin1.GetString(request.Text!.Value.Span);
        var functions = FunctionPattern().Matches(text).Select(m => Function(request.File, m)).ToImmutableArray();
        var externs = ExternPattern().Matches(text).Select(m => new ExternFunction(m.Groups[1].Value, Prototype, new(request.File, m.Index, m.Length)) { IsKsym = true, InMainFile = true });
        var issues = text.Count(c => c == '{') == text.Count(c => c == '}') ? [] : ImmutableArray.Create(new UnitIssue(UnitIssueKind.CompileError, "braces", new(request.File, 0, 0)));
        var headers = IncludePattern().Matches(text).Select(m => Path.Combine(Path.GetDirectoryName(request.File)!, m.Groups[1].Value));
        return new()
        {
            MainFile = request.File, Functions = functions, Externs = [.. externs], Issues = issues, License = "GPL", Files = [request.File, .. headers],
        };
    }

    private static FunctionIr Function(string file, Match match)
    {
        var start = match.Index;
        var body = match.Groups["body"];
        var calls = CallPattern().Matches(body.Value).Select(c =>
        {
            var at = new Span(body.Index + c.Index - start, c.Groups[1].Length);
            return (Instr)new Call(null, new DirectCallee(c.Groups[1].Value), [], Prototype, at, [], at);
        });
        return new()
        {
            Name = match.Groups["name"].Value,
            Section = match.Groups["section"].Success ? match.Groups["section"].Value : null,
            ReturnType = s_int,
            Anchor = new(file, start, match.Length, new(file, match.Groups["name"].Index, match.Groups["name"].Length)),
            Blocks = [new(0, [.. calls], new Return(null, new(match.Length - 1, 1)))],
        };
    }

    private static readonly IntType s_int = new(32, true);
    private static FunctionType Prototype => new(s_int, []);

    [GeneratedRegex("""(?:SEC\("(?<section>[^"]*)"\)\s*)?(?:static )?int (?<name>\w+)\([^)]*\)\s*\{(?<body>[^{}]*)\}""")]
    private static partial Regex FunctionPattern();

    [GeneratedRegex("""extern [^;]*?(\w+)\([^;]*\) __ksym;""")]
    private static partial Regex ExternPattern();

    [GeneratedRegex("""(\w+)\(""")]
    private static partial Regex CallPattern();

    [GeneratedRegex("#include \"([^\"]+)\"")]
    private static partial Regex IncludePattern();
}
