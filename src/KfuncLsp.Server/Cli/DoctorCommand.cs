using System.Collections.Immutable;
using System.CommandLine;
using KfuncLsp.Extraction;
using KfuncLsp.Frontend.Headers;
using KfuncLsp.Frontend.Interop;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Configuration;

namespace KfuncLsp.Server.Cli;

/// <summary><c>kfunc-lsp doctor</c>: what was found on this machine, and for a file the very command used and why.</summary>
public static class DoctorCommand
{
    public static Command Build(CliConsole console, ImmutableArray<string> clangArguments)
    {
        var kernels = CommonOptions.Kernels();
        var registries = CommonOptions.Registries();
        var buildDirectory = CommonOptions.BuildDirectory();
        var file = new Argument<string?>("FILE") { Description = "A C file", Arity = ArgumentArity.ZeroOrOne };
        file.Validators.Add(CommonOptions.RefuseOptions);
        var command = new Command("doctor", "Say what was found here: libclang, headers, kernel; for a file, how it is compiled") { kernels, registries, buildDirectory, file };
        command.SetAction(parsed =>
        {
            var settings = new CheckSettings
            {
                Kernels = [.. parsed.GetValue(kernels) ?? []],
                Registries = CommonOptions.Paths(parsed.GetValue(registries), console.Directory),
                BuildDirectory = parsed.GetValue(buildDirectory) is { } build ? Path.GetFullPath(build, console.Directory) : null,
                ClangArguments = clangArguments,
            };
            return Run(console, settings, parsed.GetValue(file) is { } name ? Path.GetFullPath(name, console.Directory) : null);
        });
        return command;
    }

    private static int Run(CliConsole console, CheckSettings settings, string? file)
    {
        var configuration = settings.Over(ConfigurationFile.FindFor(file ?? console.Directory));
        var host = HostEnvironment.Current;
        Say("kfunc-lsp", ProductVersion.Text);
        Say("configuration", configuration.File ?? $"none (no {ConfigurationFile.Name} here or above)");
        foreach (var problem in configuration.Problems) Say("", problem.ToString());
        var libclang = Libclang.Load(configuration.Libclang);
        Say("libclang", libclang.Error ?? $"{libclang.Path} ({libclang.Version})");
        var targets = TargetKernels.Resolve(settings.Kernels, configuration, host, new OwnKernels(RegistryFile.Read));
        Say("target kernel", targets.Kernels.Length == 0 ? "none" : $"{string.Join(", ", targets.Kernels.Select(k => k.Name))} ({targets.Origin})");
        foreach (var text in targets.Notices.Concat(targets.Errors)) Say("", text);
        Say("kernel models", string.Join(", ", KernelModels.Versions));
        Say("running kernel", host.RunningRelease is { } release ? $"{release}{(host.RunningBtf is null ? ", without BTF" : $", BTF in {host.RunningBtf}")}" : "not Linux");
        Say("bpftool", host.FindTool("bpftool") ?? "not found (needed only to generate a vmlinux.h)");
        var ending = targets.Errors.Length > 0 || !libclang.IsUsable ? ExitCode.BadInput : ExitCode.Clean;
        if (file is null) return ending;

        Say("file", file);
        if (SourceFiles.Refuse(file) is { } refusal)
        {
            Say("", refusal.Message);
            return ExitCode.BadInput;
        }

        foreach (var command in CompileCommandResolver.Resolve(file, settings.CompileSettingsFor(configuration)))
        {
            Say("compile flags", command.Origin);
            Say("directory", command.Directory);
            foreach (var note in command.Notes) Say("", note);
            foreach (var issue in command.Issues) Say("issue", issue.Message);
            Say("command", $"clang {string.Join(' ', command.Arguments.Append(command.File).Select(Quote))}");
        }

        return ending;

        void Say(string what, string text) => console.Out.WriteLine($"{(what.Length > 0 ? what + ":" : ""),-16}{text}");
    }

    /// <summary>An argument as a POSIX shell reads it.</summary>
    private static string Quote(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_=+./,:@%".Contains(c))
            ? argument : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
