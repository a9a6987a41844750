using System.CommandLine;
using KfuncLsp.Extraction;
using KfuncLsp.Extraction.Images;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Server.Cli;

/// <summary>The options of the commands that read a kernel image.</summary>
internal static class ImageOptions
{
    public static Option<string?> Image() => new("--image") { Description = "A kernel image: an ELF vmlinux or a vmlinuz, packed or not", HelpName = "FILE" };

    public static Option<string?> Modules() => new("--modules") { Description = "The folder of the image's modules; default: where distributions put them", HelpName = "DIR" };

    public static Option<string?> Config() => new("--config") { Description = "The image's CONFIG options; default: where distributions put them", HelpName = "FILE" };

    public static ImageSource Source(CliConsole console, string image, string? modules, string? config) => new(Path.GetFullPath(image, console.Directory))
    {
        Modules = modules is null ? null : Path.GetFullPath(modules, console.Directory),
        Config = config is null ? null : Path.GetFullPath(config, console.Directory),
    };
}

/// <summary><c>kfunc-lsp registry compare</c>: a model against the image that was built from the same release.</summary>
internal static class RegistryCompare
{
    public static Command Build(CliConsole console)
    {
        var image = ImageOptions.Image();
        image.Required = true;
        var modules = ImageOptions.Modules();
        var config = ImageOptions.Config();
        var command = new Command("compare", "Hold the facts of a release against its built image: names, flags and prototypes") { image, modules, config };
        command.SetAction(parsed =>
        {
            var (reading, issues) = ImageReading.Read(ImageOptions.Source(console, parsed.GetValue(image)!, parsed.GetValue(modules), parsed.GetValue(config)));
            foreach (var issue in issues) console.Error.WriteLine($"kfunc-lsp: {issue}");
            if (reading is null) return ExitCode.BadInput;
            var facts = FactsFolder.Shipped().Kernels.FirstOrDefault(k => KernelVersion.Parse(k.Release)?.Series == reading.Version.Series);
            if (facts is null) return RegistryCommand.Refuse(console, $"no facts of {reading.Version.Series} to compare with");
            var (equal, differences) = ImageComparison.Between(facts, reading);
            foreach (var difference in differences) console.Out.WriteLine(Line(difference));
            var open = differences.Count(d => d.Explanation.Length == 0);
            console.Out.WriteLine($"{facts.Release} and the image {reading.Image.Release}: {equal} kfuncs are equal, {differences.Length - open} differ for a known reason, {open} for none");
            return open > 0 ? ExitCode.ErrorsFound : ExitCode.Clean;
        });
        return command;
    }

    private static string Line(ImageDifference difference) => difference.Kind switch
    {
        "missing" => $"{difference.Name}: not in the image{Because(difference)}",
        "extra" => $"{difference.Name}: only in the image{Because(difference)}",
        _ => $"{difference.Name}: {difference.Kind} {difference.Tree} → {difference.Image}{Because(difference)}",
    };

    private static string Because(ImageDifference difference) => difference.Explanation.Length == 0 ? "" : $" ({(difference.Kind == "missing" ? "off: " : "")}{difference.Explanation})";
}
