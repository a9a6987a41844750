using System.CommandLine;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Server.Cli.Output;
using KfuncLsp.Workspace.Explaining;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Server.Cli;

/// <summary><c>kfunc-lsp explain-log FILE</c>: a verifier's log, explained with the rules' pages at the source lines that it names.</summary>
public static class ExplainLogCommand
{
    public static Command Build(CliConsole console)
    {
        var file = new Argument<string>("FILE") { Description = "A verifier's log, or a loader's output that holds one; - for standard input", DefaultValueFactory = _ => "-" };
        var source = new Option<string?>("--source") { Description = "The directory that the source files are in; default: the working directory, then the log's", HelpName = "DIR" };
        var command = new Command("explain-log", "Explain a verifier's log") { file, source };
        command.SetAction(async (parsed, cancel) => await RunAsync(console, parsed.GetValue(file)!, parsed.GetValue(source), cancel));
        return command;
    }

    private static async Task<int> RunAsync(CliConsole console, string file, string? source, CancellationToken cancel)
    {
        string text;
        try
        {
            text = file == "-" ? await Console.In.ReadToEndAsync(cancel) : await File.ReadAllTextAsync(Path.GetFullPath(file, console.Directory), cancel);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            console.Error.WriteLine($"kfunc-lsp: {file} cannot be read: {error.Message}");
            return ExitCode.BadInput;
        }

        var kernels = KernelModels.Versions.Select(KernelModels.For).OfType<KernelModel>().Select(m => (m.Version, new MessageMatcher(m.Messages))).ToList();
        var rejections = VerifierLog.Read(text.Split('\n')).Select(r => LogExplanation.Of(r, kernels)).Where(e => e.IsCertain).ToList();
        if (rejections.Count == 0)
        {
            console.Error.WriteLine("kfunc-lsp: there is no rejection in this log");
            return ExitCode.Clean;
        }

        string[] directories = [.. source is null ? [] : new[] { Path.GetFullPath(source, console.Directory) }, console.Directory, .. file == "-" ? [] : new[] { Path.GetDirectoryName(Path.GetFullPath(file, console.Directory))! }];
        var colours = new Palette(console.OutHasColors);
        foreach (var rejection in rejections) Write(rejection, directories, console, colours);
        return ExitCode.ErrorsFound;
    }

    private static void Write(LogExplanation explained, string[] directories, CliConsole console, Palette colours)
    {
        var output = console.Out;
        var rule = explained.Rules.FirstOrDefault();
        output.WriteLine($"{colours.Error(rule is null ? "error" : $"error[{rule.Id.Code}]")}{colours.Strong(": " + explained.Message.Text)}");
        WritePlace(explained.Place, directories, console, colours);
        if (explained.Rejection.Program.Length > 0) Note($"in program `{explained.Rejection.Program}`");
        if (explained.Rejection.Report is { } report) Note($"the kernel's report: {report}");
        if (explained.Kernels.Length > 0) Note($"kernels with these words: {string.Join(", ", explained.Kernels)}");
        if (rule is null)
        {
            Note(explained.Conditions is [var condition, ..] ? $"kfunc-lsp knows this message ({condition}) and has no rule for it" : "kfunc-lsp does not know this message: it is not about a kfunc");
            output.WriteLine();
            return;
        }

        foreach (var other in explained.Rules.Skip(1)) Note($"or {other.Id.Code} {other.Id.Slug}: {other.Title}");
        Note($"{rule.Id.Slug}: {rule.Title}; `kfunc-lsp explain {rule.Id.Code}` has an example");
        output.WriteLine();
        foreach (var heading in new[] { "What", "Why the kernel rejects it" })
            if (RulePage.Section(rule.Id, heading) is { Length: > 0 } text) PageText.Write(text + "\n", output, colours);
        output.WriteLine();

        void Note(string text) => output.WriteLine($"   {colours.Frame("=")} {text}");
    }

    /// <summary>The source line: from the file where it is found, else as the log quotes it.</summary>
    private static void WritePlace(LogPlace? place, string[] directories, CliConsole console, Palette colours)
    {
        if (place is null) return;
        var found = place.Line > 0 ? directories.Select(d => Path.GetFullPath(place.File, d)).FirstOrDefault(File.Exists) : null;
        if (found is null)
        {
            if (place.Line > 0) console.Out.WriteLine($" {colours.Frame("-->")} {place.File}:{place.Line}");
            if (place.Source.Length > 0) console.Out.WriteLine($"  {colours.Frame("|")} {place.Source}");
            return;
        }

        var sources = new SourceTexts();
        var line = sources[found].LineAt(place.Line - 1).Span;
        var indent = line.IndexOfAnyExcept(" \t"u8);
        var start = sources[found].OffsetAt(new(place.Line - 1, 0)) + Math.Max(0, indent);
        new SourceExcerpt(sources, new(console.Directory), colours).Write(console.Out, [new(new FileSpan(found, start, line[Math.Max(0, indent)..].TrimEnd(" \t"u8).Length), "", IsPrimary: true)]);
    }
}
