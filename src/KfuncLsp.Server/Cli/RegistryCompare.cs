using System.CommandLine;
using KfuncLsp.Extraction;
using KfuncLsp.Extraction.Images;
using KfuncLsp.Frontend.Headers;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Btf;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Workspace.Configuration;

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

/// <summary><c>kfunc-lsp registry compare</c>: a model against what was built from the same release: an image, or a kernel's BTF.</summary>
internal static class RegistryCompare
{
    public static Command Build(CliConsole console)
    {
        var image = ImageOptions.Image();
        var btf = new Option<string?>("--btf") { Description = "A kernel's BTF, such as /sys/kernel/btf/vmlinux: the prototypes of the kfuncs that both know", HelpName = "FILE" };
        var kernel = new Option<string?>("--kernel") { Description = "The release of the BTF; default: as its file or the running kernel tells", HelpName = "V" };
        var modules = ImageOptions.Modules();
        var config = ImageOptions.Config();
        var command = new Command("compare", "Hold the facts of a release against its built image: names, flags and prototypes") { image, modules, config, btf, kernel };
        command.Validators.Add(result =>
        {
            if (result.GetValue(image) is null == result.GetValue(btf) is null) result.AddError("Give one of --image and --btf.");
        });
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(btf) is { } file) return Btf(console, Path.GetFullPath(file, console.Directory), parsed.GetValue(kernel));
            var (reading, issues) = ImageReading.Read(ImageOptions.Source(console, parsed.GetValue(image)!, parsed.GetValue(modules), parsed.GetValue(config)));
            foreach (var issue in issues) console.Error.WriteLine($"kfunc-lsp: {issue}");
            if (reading is null) return ExitCode.BadInput;
            if (FactsOf(reading.Version) is not { } facts) return RegistryCommand.Refuse(console, $"no facts of {reading.Version.Series} to compare with");
            var (equal, differences) = ImageComparison.Between(facts, reading);
            foreach (var difference in differences) console.Out.WriteLine(Line(difference));
            var open = differences.Count(d => d.Explanation.Length == 0);
            console.Out.WriteLine($"{facts.Release} and the image {reading.Image.Release}: {equal} kfuncs are equal, {differences.Length - open} differ for a known reason, {open} for none");
            return open > 0 ? ExitCode.ErrorsFound : ExitCode.Clean;
        });
        return command;
    }

    /// <summary>The running kernel's BTF, say, against the model of its release. Ends in 1 where a prototype differs.</summary>
    private static int Btf(CliConsole console, string path, string? kernel)
    {
        var (btf, error) = KernelBtf.Read(path);
        if (btf is null) return RegistryCommand.Refuse(console, error!);
        if (!btf.TagsKfuncs) return RegistryCommand.Refuse(console, $"{path}: tags no function as bpf_kfunc, so it does not say which are kfuncs");
        var release = kernel ?? BtfRelease.Of(path, HostEnvironment.Current);
        if (release is null || KernelVersion.Parse(release) is not { } version) return RegistryCommand.Refuse(console, $"{path}: does not tell its kernel's release; name it with --kernel");
        if (FactsOf(version) is not { } facts) return RegistryCommand.Refuse(console, $"no facts of {version.Series} to compare with");
        var (equal, differences) = ImageComparison.Between(facts, btf);
        foreach (var difference in differences) console.Out.WriteLine(Line(difference));
        var (differing, alone) = (differences.Count(d => d.Kind == "prototype"), differences.Count(d => d.Kind == "extra"));
        console.Out.WriteLine($"{facts.Release} and the BTF of {release}: of {equal + differing} kfuncs that both know {equal} are equal, {differing} differ; {alone} are only in the BTF");
        return differing > 0 ? ExitCode.ErrorsFound : ExitCode.Clean;
    }

    private static RegistryFacts? FactsOf(KernelVersion version) => FactsFolder.Shipped().Kernels.FirstOrDefault(k => KernelVersion.Parse(k.Release)?.Series == version.Series);

    private static string Line(ImageDifference difference) => difference.Kind switch
    {
        "missing" => $"{difference.Name}: not in the image{Because(difference)}",
        "extra" => $"{difference.Name}: only in what was built{Because(difference)}",
        _ => $"{difference.Name}: {difference.Kind} {difference.Tree} → {difference.Image}{Because(difference)}",
    };

    private static string Because(ImageDifference difference) => difference.Explanation.Length == 0 ? "" : $" ({(difference.Kind == "missing" ? "off: " : "")}{difference.Explanation})";
}
