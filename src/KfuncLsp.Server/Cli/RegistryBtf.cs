using System.CommandLine;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Btf;
using KfuncLsp.Registry.Built;

namespace KfuncLsp.Server.Cli;

/// <summary><c>kfunc-lsp registry btf</c>: which kfuncs a kernel or a module really has, by its BTF.</summary>
internal static class RegistryBtf
{
    private const string Running = "/sys/kernel/btf/vmlinux";

    public static Command Build(CliConsole console)
    {
        var file = new Argument<string>("FILE") { Description = "Raw BTF, or an ELF file with a .BTF section: a kernel, or a module", DefaultValueFactory = _ => Running };
        var below = new Option<string?>("--btf") { Description = "The BTF of the kernel on which a module's stands; default: the running kernel's", HelpName = "KERNEL" };
        var command = new Command("btf", "The kfuncs that the BTF of a kernel or a module names, with their prototypes") { file, below };
        command.SetAction(parsed =>
        {
            var (kfuncs, error) = Kfuncs(Path.GetFullPath(parsed.GetValue(file)!, console.Directory), parsed.GetValue(below) is { } kernel ? Path.GetFullPath(kernel, console.Directory) : null);
            if (kfuncs is null) return RegistryCommand.Refuse(console, error!);
            foreach (var kfunc in kfuncs.OrderBy(k => k.Name, StringComparer.Ordinal)) console.Out.WriteLine(kfunc);
            return ExitCode.Clean;
        });
        return command;
    }

    /// <summary>The kfuncs of a kernel, or of a module on top of one. Errors: null and the reason, also where nothing tells which functions are kfuncs.</summary>
    private static (IEnumerable<BtfFunction>? Kfuncs, string? Error) Kfuncs(string path, string? kernel)
    {
        var (bytes, unread) = NamedFile.Read(path);
        if (bytes is null) return (null, unread);
        if (kernel is not null || ModuleFile.Is(bytes) || BuiltKernelFiles.ModulesBeside(Running).Contains(path))
        {
            var (module, wrong) = ModuleFile.Read(path, bytes, () => KernelBtf.Read(kernel ?? Running));
            return (module?.Kfuncs, wrong);
        }

        var (btf, corrupt) = KernelBtf.Read(bytes);
        return btf is null ? (null, $"{path}: {corrupt}")
            : btf.TagsKfuncs ? (btf.Kfuncs.Values, null)
            : (null, $"{path}: tags no function as a kfunc, which kernels do from 6.10 on; a module's BTF needs its kernel's with --btf");
    }
}
