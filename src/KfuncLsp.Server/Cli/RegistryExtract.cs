using System.CommandLine;
using KfuncLsp.Extraction;
using KfuncLsp.Extraction.Json;
using KfuncLsp.Extraction.Verifier;

namespace KfuncLsp.Server.Cli;

/// <summary>Making models: a kernel tree → facts → the form that is shipped.</summary>
internal static class RegistryExtract
{
    public static Command Extract(CliConsole console)
    {
        var tree = new Option<string>("--tree") { Description = "A kernel source tree, 6.1 or newer", Required = true, HelpName = "DIR" };
        var output = new Option<string?>("--out") { Description = "Where to write; default: standard output", HelpName = "F" };
        var command = new Command("extract", "Read the facts out of a kernel source tree, as JSON") { tree, output };
        command.SetAction(parsed =>
        {
            var (facts, issues) = TreeExtractor.Extract(Path.GetFullPath(parsed.GetValue(tree)!, console.Directory));
            foreach (var issue in issues) console.Error.WriteLine($"kfunc-lsp: {issue}");
            if (facts is null) return ExitCode.BadInput;
            var json = FactsJson.Write(facts);
            if (parsed.GetValue(output) is not { } path) console.Out.Write(json);
            else if (Written(console, Path.GetFullPath(path, console.Directory), file => File.WriteAllText(file, json)) is { } code) return code;
            console.Error.WriteLine($"{facts.Release}: {facts.Kfuncs.Count(k => !k.Test)} kfuncs and {facts.Kfuncs.Count(k => k.Test)} of the kernel's tests");
            return ExitCode.Clean;
        });
        return command;
    }

    /// <summary>Makes the shipped models out of a folder of facts; with trees, first asks each where it prints the known messages.</summary>
    public static Command Pack(CliConsole console)
    {
        var trees = new Option<string[]>("--tree") { Description = "Kernel trees in which the message catalogue is looked up anew", HelpName = "DIR" };
        var folder = new Argument<string>("FACTS") { Description = "The folder of facts, src/KfuncLsp.Registry/Facts" };
        var command = new Command("pack", "Make the shipped models from a folder of facts") { trees, folder };
        command.SetAction(parsed =>
        {
            var path = Path.GetFullPath(parsed.GetValue(folder)!, console.Directory);
            if (!Directory.Exists(path)) return RegistryCommand.Refuse(console, $"{path}: no such directory");
            var (sources, error) = FactsFolder.Load(path);
            if (sources is null) return RegistryCommand.Refuse(console, error!);
            foreach (var directory in parsed.GetValue(trees) ?? [])
            {
                var (tree, refusal) = SourceTree.Open(Path.GetFullPath(directory, console.Directory));
                if (tree is null) return RegistryCommand.Refuse(console, refusal!);
                sources = sources with { Messages = MessagePlaces.Update(sources.Messages, tree) };
            }

            if (parsed.GetValue(trees) is { Length: > 0 }) File.WriteAllText(Path.Combine(path, "messages.json"), FactsFolder.Print(sources.Messages));
            foreach (var (name, bytes) in FactsFolder.Pack(sources))
            {
                File.WriteAllBytes(Path.Combine(path, name), bytes);
                console.Out.WriteLine($"{name}: {bytes.Length} bytes");
            }

            return ExitCode.Clean;
        });
        return command;
    }

    private static int? Written(CliConsole console, string path, Action<string> write)
    {
        try
        {
            write(path);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return RegistryCommand.Refuse(console, $"{path}: {e.Message}");
        }
    }
}
