using System.Collections.Immutable;
using System.CommandLine;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Configuration;

namespace KfuncLsp.Server.Cli;

/// <summary><c>kfunc-lsp ir</c>: what the analyser sees of a file.</summary>
public static class IrCommand
{
    public static Command Build(CliConsole console, ImmutableArray<string> clangArguments)
    {
        var buildDirectory = CommonOptions.BuildDirectory();
        var spans = new Option<bool>("--spans") { Description = "Print the source bytes of each instruction" };
        var file = new Argument<string>("FILE") { Description = "A C file" };
        var function = new Argument<string?>("FUNCTION") { Description = "Only this function", Arity = ArgumentArity.ZeroOrOne };
        file.Validators.Add(CommonOptions.RefuseOptions);
        var command = new Command("ir", "Print the intermediate representation of a file or function") { buildDirectory, spans, file, function };
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = new CheckSettings
            {
                BuildDirectory = parsed.GetValue(buildDirectory) is { } build ? Path.GetFullPath(build, console.Directory) : null,
                ClangArguments = clangArguments,
            };
            var path = Path.GetFullPath(parsed.GetValue(file)!, console.Directory);
            await using var units = ParserProcesses.Start(ConfigurationFile.FindFor(path), 1);
            return await RunAsync(console, units, settings, path, parsed.GetValue(function), parsed.GetValue(spans), cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CliConsole console, IUnitSource units, CheckSettings settings, string path, string? name, bool spans, CancellationToken cancel)
    {
        if (SourceFiles.Refuse(path) is { } refusal)
        {
            console.Error.WriteLine($"kfunc-lsp: {refusal.Message}");
            return ExitCode.BadInput;
        }

        var command = CompileCommandResolver.Resolve(path, settings.CompileSettingsFor(ConfigurationFile.FindFor(path)))[0];
        var unit = await units.ParseAsync(new UnitRequest(path, null, command.Arguments), cancel);
        foreach (var issue in command.Issues.Concat(unit.Issues)) console.Error.WriteLine($"kfunc-lsp: {issue.Message}");
        if (name is null)
        {
            console.Out.WriteLine(IrText.Print(unit, spans));
            return unit.Issues.Any(i => i.Kind is UnitIssueKind.Unreadable or UnitIssueKind.NotParsed) ? ExitCode.BadInput : ExitCode.Clean;
        }

        var functions = unit.Functions.Where(f => f.Name == name || f.DisplayName == name).ToList();
        foreach (var function in functions) console.Out.WriteLine(IrText.Print(function, spans));
        if (functions.Count > 0) return ExitCode.Clean;
        console.Error.WriteLine($"kfunc-lsp: no function `{name}` in {path}; it has: {string.Join(", ", unit.Functions.Select(f => f.DisplayName).Distinct())}");
        return ExitCode.BadInput;
    }
}
