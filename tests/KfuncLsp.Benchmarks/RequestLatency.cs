using System.Text.Json.Nodes;
using static KfuncLsp.Benchmarks.Times;

namespace KfuncLsp.Benchmarks;

/// <summary>How long answers to questions about the code take: of a server at rest, and of one that has just been given an edit to check.</summary>
internal sealed class RequestLatency(LanguageClient client, string path, string text)
{
    private const int Rounds = 200;
    private const int WarmUp = 100;

    /// <summary>Units: milliseconds at the 95th percentile.</summary>
    private static readonly (string Method, string At, double Limit)[] s_questions =
    [
        ("textDocument/hover", "bpf_task_from_pid(", 2),
        ("textDocument/hover", "SEC(\"", 2),
        ("textDocument/signatureHelp", "bpf_task_release(|", 2),
        ("textDocument/completion", "bpf_task_|release(", 5),
        ("textDocument/inlayHint", "", double.PositiveInfinity),
        ("textDocument/codeLens", "", double.PositiveInfinity),
        ("textDocument/semanticTokens/full", "", double.PositiveInfinity),
        ("textDocument/documentSymbol", "", double.PositiveInfinity),
    ];

    /// <summary>Measures and prints; false where a limit is passed by the server at rest.</summary>
    public bool Run(Editor editor)
    {
        Console.WriteLine("request                              at rest: p50   p95  processor     behind an edit: p50   p95");
        var isWithin = true;
        foreach (var (method, at, limit) in s_questions)
        {
            var parameters = Parameters(method, at);
            var rest = Measure(() => Ask(method, parameters));
            var behind = Measure(() =>
            {
                client.Notify("textDocument/didChange", editor.Next());
                return Ask(method, parameters);
            }, () => client.WaitForDiagnostics(editor.Version));
            var name = at.Length > 0 && method.EndsWith("hover", StringComparison.Ordinal) ? $"{method} {at}" : method;
            Console.WriteLine($"{name,-42} {rest.Median,6:0.00} {rest.Worst,6:0.00}     {rest.Processor,6:0.00}         {behind.Median,8:0.00} {behind.Worst,6:0.00}  ms");
            isWithin &= rest.Worst <= limit;
        }

        return isWithin;
    }

    private double Ask(string method, JsonNode parameters)
    {
        var copy = parameters.DeepClone();
        return Timed(() => client.Request(method, copy));
    }

    /// <remarks>Units: milliseconds; <c>Processor</c> is what the server worked for one request in the mean, which a busy machine leaves as it is.</remarks>
    private (double Median, double Worst, double Processor) Measure(Func<double> once, Action? after = null)
    {
        var worked = TimeSpan.Zero;
        var times = new List<double>();
        for (var i = 0; i < Rounds + WarmUp; i++)
        {
            if (i == WarmUp) worked = client.ProcessorTime;
            var time = once();
            after?.Invoke();
            if (i >= WarmUp) times.Add(time);
        }

        worked = client.ProcessorTime - worked;
        return (At(times, 50), At(times, 95), worked.TotalMilliseconds / Rounds);
    }

    private JsonObject Parameters(string method, string at)
    {
        var parameters = new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = new Uri(path).AbsoluteUri } };
        if (at.Length > 0)
        {
            var cursor = Math.Max(0, at.IndexOf('|'));
            // The last one of the file stands in a program, not in a declaration.
            var offset = text.LastIndexOf(at.Replace("|", ""), StringComparison.Ordinal) + cursor;
            var (line, column) = Editor.Place(text, offset);
            parameters["position"] = new JsonObject { ["line"] = line, ["character"] = column };
        }

        if (method.EndsWith("inlayHint", StringComparison.Ordinal))
            parameters["range"] = new JsonObject
            {
                ["start"] = new JsonObject { ["line"] = 0, ["character"] = 0 }, ["end"] = new JsonObject { ["line"] = text.Count(c => c == '\n'), ["character"] = 0 },
            };
        return parameters;
    }
}
