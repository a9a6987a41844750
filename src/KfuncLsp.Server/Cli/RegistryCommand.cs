using System.CommandLine;

namespace KfuncLsp.Server.Cli;

/// <summary><c>kfunc-lsp registry</c>: the kernel models, and how they are made.</summary>
public static class RegistryCommand
{
    public static Command Build(CliConsole console)
    {
        var command = new Command("registry", "Kernel models: list, extract, compare");
        var list = new Command("list", "The kernels that have a model");
        list.SetAction(_ =>
        {
            foreach (var version in Registry.KernelModels.Versions) console.Out.WriteLine(version);
        });
        command.Subcommands.Add(list);
        return command;
    }
}
