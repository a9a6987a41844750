using System.Collections.Immutable;
using System.CommandLine;
using KfuncLsp.Extraction;
using KfuncLsp.Frontend.Headers;
using KfuncLsp.Registry;
using KfuncLsp.Server.Cli.Output;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Server.Cli;

/// <summary><c>kfunc-lsp minver</c>: per program, the oldest kernel that can take it and what raises it, by asking every model.</summary>
public static class MinverCommand
{
    public static Command Build(CliConsole console, ImmutableArray<string> clangArguments)
    {
        var registries = CommonOptions.Registries();
        var buildDirectory = CommonOptions.BuildDirectory();
        var format = new Option<string>("--format") { Description = "How to print", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var files = new Argument<string[]>("FILE") { Description = "C files", Arity = ArgumentArity.OneOrMore };
        files.Validators.Add(CommonOptions.RefuseOptions);
        var command = new Command("minver", "The oldest kernel that can take each program of a file, and what raises it") { registries, format, buildDirectory, files };
        command.SetAction(async (parsed, cancel) =>
        {
            var paths = CommonOptions.Paths(parsed.GetValue(registries), console.Directory);
            var own = new OwnKernels(RegistryFile.Read);
            var described = own.Read(paths, HostEnvironment.Current.RunningBtf);
            if (!described.Errors.IsEmpty) return RegistryCommand.Refuse(console, string.Join("; ", described.Errors));
            var models = KernelModels.With([.. described.Models.Select(m => m.Model)]);
            var settings = new CheckSettings
            {
                Kernels = [.. models.Select(m => m.Version.ToString())],
                Registries = paths,
                BuildDirectory = parsed.GetValue(buildDirectory) is { } build ? Path.GetFullPath(build, console.Directory) : null,
                ClangArguments = clangArguments,
            };
            await using var units = ParserProcesses.Start(ConfigurationFile.FindFor(console.Directory), 1);
            return await RunAsync(console, new(units, settings, own), models, [.. parsed.GetValue(files)!], parsed.GetValue(format)!, cancel);
        });
        return command;
    }

    /// <summary>Judges each file for every model and prints. Ends in 1 where some program is taken by no kernel.</summary>
    public static async Task<int> RunAsync(CliConsole console, FileChecker checker, ImmutableArray<KernelModel> models, ImmutableArray<string> files, string format, CancellationToken cancel)
    {
        var results = ImmutableArray.CreateBuilder<MinverFile>();
        var code = ExitCode.Clean;
        foreach (var file in files)
        {
            var check = await checker.CheckAsync(Path.GetFullPath(file, console.Directory), null, cancel);
            if (check.Refusal is { } refusal)
            {
                console.Error.WriteLine($"kfunc-lsp: {refusal.Message}");
                code = ExitCode.BadInput;
                continue;
            }

            var issues = check.Checks.SelectMany(c => c.Command.Issues.Concat(c.Unit.Issues)).ToImmutableArray();
            foreach (var issue in issues) console.Error.WriteLine($"kfunc-lsp: {file}: {issue.Message}");
            if (issues.Any(i => i.Kind is Ir.UnitIssueKind.Unreadable or Ir.UnitIssueKind.NotParsed)) code = ExitCode.BadInput;
            var floors = check.Checks.SelectMany(c => KernelFloors.Of(c, models)).DistinctBy(f => (f.Program, f.Section, f.Since)).ToImmutableArray();
            if (code == ExitCode.Clean && floors.Any(f => f.Accepting.IsEmpty && f.Open.IsEmpty)) code = ExitCode.ErrorsFound;
            results.Add(new(file, floors));
        }

        var texts = new SourceTexts();
        console.Out.Write(format == "json" ? MinverOutput.Json(results.ToImmutable(), texts) : MinverOutput.Text(results.ToImmutable(), texts, new Palette(console.OutHasColors)));
        return code;
    }
}

/// <summary>A file's programs with their floors.</summary>
internal sealed record MinverFile(string Name, ImmutableArray<KernelFloor> Programs);
