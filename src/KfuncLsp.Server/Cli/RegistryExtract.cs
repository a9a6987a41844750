using System.CommandLine;
using KfuncLsp.Extraction;
using KfuncLsp.Extraction.Images;
using KfuncLsp.Extraction.Json;
using KfuncLsp.Extraction.Verifier;

namespace KfuncLsp.Server.Cli;

/// <summary>Making models: a kernel tree or image → facts → the form that is shipped.</summary>
internal static class RegistryExtract
{
    public static Command Extract(CliConsole console)
    {
        var tree = new Option<string?>("--tree") { Description = "A kernel source tree, 6.1 or newer", HelpName = "DIR" };
        var image = ImageOptions.Image();
        var modules = ImageOptions.Modules();
        var config = ImageOptions.Config();
        var output = new Option<string?>("--out") { Description = "Where to write; default: standard output", HelpName = "F" };
        var command = new Command("extract", "Read the facts out of a kernel source tree or a kernel image, as JSON") { tree, image, modules, config, output };
        command.Validators.Add(result =>
        {
            if (result.GetValue(tree) is null == result.GetValue(image) is null) result.AddError("Give one of --tree and --image.");
        });
        command.SetAction(parsed =>
        {
            var (facts, issues) = parsed.GetValue(tree) is { } directory
                ? TreeExtractor.Extract(Path.GetFullPath(directory, console.Directory))
                : ImageExtractor.Extract(ImageOptions.Source(console, parsed.GetValue(image)!, parsed.GetValue(modules), parsed.GetValue(config)), FactsFolder.Shipped());
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
        var images = new Option<string[]>("--image") { Description = "Kernel images in which the message catalogue is looked up anew", HelpName = "FILE" };
        var folder = new Argument<string>("FACTS") { Description = "The folder of facts, src/KfuncLsp.Registry/Facts" };
        var command = new Command("pack", "Make the shipped models from a folder of facts") { trees, images, folder };
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

            foreach (var file in parsed.GetValue(images) ?? [])
            {
                var (image, refusal) = KernelImage.Open(Path.GetFullPath(file, console.Directory));
                if (image is null) return RegistryCommand.Refuse(console, refusal!);
                sources = sources with { Messages = ImageMessages.Update(sources.Messages, image, sources.Kernels) };
            }

            if (parsed.GetValue(trees) is { Length: > 0 } || parsed.GetValue(images) is { Length: > 0 }) File.WriteAllText(Path.Combine(path, "messages.json"), FactsFolder.Print(sources.Messages));
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
