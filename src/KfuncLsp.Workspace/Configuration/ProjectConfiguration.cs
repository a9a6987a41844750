using System.Collections.Immutable;
using KfuncLsp.Frontend.Headers;
using KfuncLsp.Frontend.Parsing;

namespace KfuncLsp.Workspace.Configuration;

/// <summary>What <c>.kfunc-lsp.json</c> says, with paths made absolute.</summary>
public sealed record ProjectConfiguration
{
    public static ProjectConfiguration Empty { get; } = new();

    /// <summary>The file it was read from; null where there is none.</summary>
    public string? File { get; init; }

    /// <summary>The kernels to judge for, as written.</summary>
    public ImmutableArray<string> Kernels { get; init; } = [];

    /// <summary>Clang flags to add.</summary>
    public ImmutableArray<string> AddFlags { get; init; } = [];

    /// <summary>Clang flags to remove; a trailing <c>*</c> matches the rest.</summary>
    public ImmutableArray<string> RemoveFlags { get; init; } = [];

    /// <summary>A vmlinux.h or the directory that holds it.</summary>
    public string? VmlinuxHeader { get; init; }

    /// <summary>The BTF of the kernel that the programs will run on.</summary>
    public string? Btf { get; init; }

    /// <summary>A kernel source tree, for the commands that read one.</summary>
    public string? KernelTree { get; init; }

    /// <summary>The libclang to load.</summary>
    public string? Libclang { get; init; }

    /// <summary>What the loader may do; null means all of them.</summary>
    public ImmutableArray<string>? Capabilities { get; init; }

    /// <summary>Glob patterns, relative to the file, of what is not checked.</summary>
    public ImmutableArray<string> Exclude { get; init; } = [];

    /// <summary>Rule code or slug → <c>error</c>, <c>warning</c>, <c>information</c>, <c>hint</c> or <c>off</c>.</summary>
    public ImmutableDictionary<string, string> Rules { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What is wrong in the file.</summary>
    public ImmutableArray<ConfigurationProblem> Problems { get; init; } = [];

    /// <summary>Whether a file is one of those that are not checked.</summary>
    public bool Excludes(string path)
    {
        if (Exclude.IsEmpty || File is null) return false;
        var relative = Path.GetRelativePath(Path.GetDirectoryName(File)!, Path.GetFullPath(path)).Replace('\\', '/');
        return Exclude.Any(pattern => PathPattern.Matches(pattern, relative));
    }

    /// <summary>The part that decides how files are compiled.</summary>
    public CompileSettings CompileSettings => new()
    {
        Add = AddFlags, Remove = RemoveFlags, VmlinuxHeader = VmlinuxHeader, Btf = Btf, LibclangPath = Libclang, Host = HostEnvironment.Current,
    };
}

/// <summary>Something in a configuration file that is not understood.</summary>
/// <remarks>Units: line and column count from 1; the column in bytes of UTF-8.</remarks>
public sealed record ConfigurationProblem(string File, int Line, int Column, string Message)
{
    public override string ToString() => $"{File}:{Line}:{Column}: {Message}";
}
