using System.Collections.Immutable;
using KfuncLsp.Frontend.Headers;

namespace KfuncLsp.Frontend.Parsing;

/// <summary>What the user, the project and the machine say about how files are compiled.</summary>
public sealed record CompileSettings
{
    public static CompileSettings Default { get; } = new();

    /// <summary>The build directory of <c>-p</c>: a compile database is looked for there only.</summary>
    public string? BuildDirectory { get; init; }

    /// <summary>Clang arguments that are added to every command, last (after <c>--</c> on the command line).</summary>
    public ImmutableArray<string> ExtraArguments { get; init; } = [];

    /// <summary>The project's own additions (<c>.kfunc-lsp.json</c>).</summary>
    public ImmutableArray<string> Add { get; init; } = [];

    /// <summary>Flags that the project removes; a trailing <c>*</c> matches the rest.</summary>
    public ImmutableArray<string> Remove { get; init; } = [];

    /// <summary>The configured vmlinux.h, or the directory that holds it.</summary>
    public string? VmlinuxHeader { get; init; }

    /// <summary>The configured kernel BTF: what a missing vmlinux.h is generated from.</summary>
    public string? Btf { get; init; }

    /// <summary>The libclang in use; its resource headers are the ones that fit. Null: the newest installed.</summary>
    public string? LibclangPath { get; init; }

    /// <summary>Whether a missing vmlinux.h may be generated.</summary>
    public bool GenerateVmlinux { get; init; } = true;

    public HostEnvironment Host { get; init; } = HostEnvironment.Current;
}
