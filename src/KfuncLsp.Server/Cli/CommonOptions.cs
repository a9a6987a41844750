using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;

namespace KfuncLsp.Server.Cli;

/// <summary>Options that several verbs have.</summary>
public static class CommonOptions
{
    public static Option<string[]> Kernels() => new("--kernel")
    {
        Description = "Kernels to judge for, such as 6.12 or 6.12,7.3; default: the project's configuration, its BTF, the running kernel, the newest model",
        HelpName = "V[,V…]",
    };

    public static Option<string[]> Registries() => new("--registry")
    {
        Description = "A registry of your own, made by `registry extract` (without --kernel, its kernel is judged for), or a module or its BTF",
        HelpName = "FILE",
    };

    /// <summary>Paths as they are given, made absolute.</summary>
    public static ImmutableArray<string> Paths(string[]? given, string directory) => [.. (given ?? []).Select(p => Path.GetFullPath(p, directory))];

    public static Option<string?> BuildDirectory() => new("-p")
    {
        Description = "The directory that holds compile_commands.json",
        HelpName = "BUILD_DIR",
    };

    /// <summary>A misspelt option is not a file: <c>--frob</c> is refused, <c>./--frob</c> names a file.</summary>
    public static void RefuseOptions(ArgumentResult files)
    {
        foreach (var token in files.Tokens)
            if (token.Value.StartsWith('-')) files.AddError($"Unknown option: {token.Value}");
    }
}
