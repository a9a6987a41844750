using System.Collections.Immutable;
using System.CommandLine;
using KfuncLsp.Extraction;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Registry.History;
using KfuncLsp.Server.Cli.Output;

namespace KfuncLsp.Server.Cli;

/// <summary><c>kfunc-lsp registry</c>: what the kernel models say, and how they are made.</summary>
public static class RegistryCommand
{
    public static Command Build(CliConsole console) => new("registry", "Kernel models: list, show, compare, extract")
    {
        Kernels(console), List(console), Show(console), Diff(console), RegistrySite.Build(console), RegistryExtract.Extract(console), RegistryExtract.Pack(console), RegistryBtf.Build(console), RegistryCompare.Build(console),
    };

    private static Command Kernels(CliConsole console)
    {
        var command = new Command("kernels", "The kernels that have a model");
        command.SetAction(_ =>
        {
            foreach (var version in KernelModels.Versions) console.Out.WriteLine(KernelModels.For(version) is { Package: { } package } model ? $"{version} ({model.Release}, {package}, SHA-256 {package.Sha256})" : $"{version} ({KernelModels.For(version)!.Release})");
        });
        return command;
    }

    private static Command List(CliConsole console)
    {
        var kernel = Kernel();
        var registry = Registry();
        var programType = new Option<string?>("--program-type") { Description = "Only kfuncs that programs of this type may call, such as XDP or SCHED_CLS" };
        var flag = new Option<string?>("--flag") { Description = "Only kfuncs with this flag, such as KF_ACQUIRE" };
        var tests = new Option<bool>("--tests") { Description = "Also kfuncs that only the kernel's own tests register" };
        var format = Format("text", "json");
        var command = new Command("list", "The kfuncs of a kernel") { kernel, registry, programType, flag, tests, format };
        command.SetAction(parsed =>
        {
            if (Model(console, parsed.GetValue(kernel), parsed.GetValue(registry)) is not { } model) return ExitCode.BadInput;
            ProgramType? type = null;
            if (parsed.GetValue(programType) is { } typeName)
            {
                type = KernelNames.ProgramType(typeName.ToUpperInvariant());
                if (type is null) return Refuse(console, $"no program type `{typeName}`; there are {string.Join(", ", Enum.GetValues<ProgramType>().Skip(1).Select(KernelNames.Spell))}");
            }

            var wanted = KfuncFlags.None;
            if (parsed.GetValue(flag) is { } flagName)
            {
                var full = flagName.StartsWith("KF_", StringComparison.Ordinal) ? flagName : "KF_" + flagName.ToUpperInvariant();
                if (!KernelNames.IsFlag(full)) return Refuse(console, $"no flag `{flagName}`");
                wanted = KernelNames.Flags([full]);
            }

            var kfuncs = model.Kfuncs.Values.Where(k => parsed.GetValue(tests) || !k.IsTest)
                .Where(k => wanted == 0 || k.Has(wanted))
                .Where(k => type is not { } t || model.ReachOf(k, t) != KfuncReach.None)
                .OrderBy(k => k.Name, StringComparer.Ordinal).ToImmutableArray();
            console.Out.Write(parsed.GetValue(format) == "json" ? RegistryJson.Print(model, kfuncs) : RegistryText.Table(kfuncs, new Palette(console.OutHasColors)));
            return ExitCode.Clean;
        });
        return command;
    }

    private static Command Show(CliConsole console)
    {
        var kernel = Kernel();
        var registry = Registry();
        var format = Format("text", "json");
        var name = new Argument<string>("NAME") { Description = "A kfunc" };
        var command = new Command("show", "All that is known of a kfunc") { kernel, registry, format, name };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(name)!;
            var model = parsed.GetValue(registry) is not null || parsed.GetValue(kernel) is not null ? Model(console, parsed.GetValue(kernel), parsed.GetValue(registry)) : KernelModels.Versions.Reverse().Select(v => KernelModels.For(v)!).FirstOrDefault(m => m.FindKfunc(wanted) is not null) ?? Model(console, null);
            if (model is null) return ExitCode.BadInput;
            if (model.FindKfunc(wanted) is not { } kfunc)
            {
                var elsewhere = KernelModels.Versions.Where(v => KernelModels.For(v)!.FindKfunc(wanted) is not null).ToList();
                return Refuse(console, elsewhere.Count > 0 ? $"{model.Version} has no kfunc `{wanted}`; {string.Join(", ", elsewhere)} has" : $"no kernel has a kfunc `{wanted}`");
            }

            var models = KernelModels.With(model);
            console.Out.Write(parsed.GetValue(format) == "json" ? RegistryJson.PrintPage(model, kfunc, models) : RegistryText.Page(model, kfunc, models, new Palette(console.OutHasColors)));
            return ExitCode.Clean;
        });
        return command;
    }

    private static Command Diff(CliConsole console)
    {
        var format = Format("text", "markdown", "json");
        var older = new Argument<string>("A") { Description = "A kernel, such as 6.12, or a registry of your own" };
        var newer = new Argument<string>("B") { Description = "Another, such as 7.3" };
        var command = new Command("diff", "What changed between two kernels: kfuncs, flags, hooks, prototypes") { format, older, newer };
        command.SetAction(parsed =>
        {
            if (Model(console, parsed.GetValue(older)) is not { } a || Model(console, parsed.GetValue(newer)) is not { } b) return ExitCode.BadInput;
            var changes = KfuncComparison.Between(a, b);
            console.Out.Write(parsed.GetValue(format) switch
            {
                "json" => RegistryJson.Print(a, b, changes),
                "markdown" => RegistryText.Markdown(a, b, changes),
                _ => RegistryText.Plain(a, b, changes, new Palette(console.OutHasColors)),
            });
            return ExitCode.Clean;
        });
        return command;
    }

    private static Option<string?> Kernel() => new("--kernel") { Description = "A kernel that has a model, such as 6.12; default: the newest", HelpName = "V" };

    private static Option<string?> Registry() => new("--registry") { Description = "A registry of your own, in place of a shipped model", HelpName = "FILE" };

    private static Option<string> Format(params string[] formats)
    {
        var option = new Option<string>("--format") { Description = "How to print", DefaultValueFactory = _ => formats[0] };
        option.AcceptOnlyFromAmong(formats);
        return option;
    }

    private static KernelModel? Model(CliConsole console, string? kernel, string? registry) =>
        registry is null ? Model(console, kernel) : Own(console, Path.GetFullPath(registry, console.Directory));

    /// <summary>The model of a release, or that of a registry file.</summary>
    private static KernelModel? Model(CliConsole console, string? text)
    {
        if (text is null) return KernelModels.For(KernelModels.Versions[^1]);
        if (KernelVersion.Parse(text) is { } version && KernelModels.For(version) is { } model) return model;
        var path = Path.GetFullPath(text, console.Directory);
        if (File.Exists(path) || Directory.Exists(path) || text.Contains('/') || text.EndsWith(".json", StringComparison.Ordinal)) return Own(console, path);
        Refuse(console, $"no model of kernel `{text}`; there are {string.Join(", ", KernelModels.Versions)}");
        return null;
    }

    private static KernelModel? Own(CliConsole console, string path)
    {
        var (own, error) = RegistryFile.Read(path);
        if (own is null) Refuse(console, error!);
        return own;
    }

    internal static int Refuse(CliConsole console, string message)
    {
        console.Error.WriteLine($"kfunc-lsp: {message}");
        return ExitCode.BadInput;
    }
}
