using System.CommandLine;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Btf;

namespace KfuncLsp.Server.Cli;

/// <summary><c>kfunc-lsp registry btf</c>: which kfuncs a kernel really has, by its BTF.</summary>
internal static class RegistryBtf
{
    public static Command Build(CliConsole console)
    {
        var file = new Argument<string>("FILE") { Description = "Raw BTF, or an ELF file with a .BTF section", DefaultValueFactory = _ => "/sys/kernel/btf/vmlinux" };
        var command = new Command("btf", "The kfuncs that a kernel's BTF names, with their prototypes") { file };
        command.SetAction(parsed =>
        {
            var path = Path.GetFullPath(parsed.GetValue(file)!, console.Directory);
            var (btf, error) = KernelBtf.Read(path);
            if (btf is null) return RegistryCommand.Refuse(console, error!);
            foreach (var kfunc in btf.Kfuncs.Values.OrderBy(k => k.Name, StringComparer.Ordinal)) console.Out.WriteLine(kfunc);
            return ExitCode.Clean;
        });
        return command;
    }
}
