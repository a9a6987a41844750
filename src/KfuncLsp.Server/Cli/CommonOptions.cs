using System.CommandLine;

namespace KfuncLsp.Server.Cli;

/// <summary>Options that several verbs have.</summary>
public static class CommonOptions
{
    public static Option<string[]> Kernels() => new("--kernel")
    {
        Description = "Kernels to judge for, such as 6.12 or 6.12,7.3; default: the project's configuration, its BTF, the running kernel, the newest model",
        HelpName = "V[,V…]",
    };

    public static Option<string?> BuildDirectory() => new("-p")
    {
        Description = "The directory that holds compile_commands.json",
        HelpName = "BUILD_DIR",
    };
}
