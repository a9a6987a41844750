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

    /// <summary>Files that describe kernels of one's own: extracted registries, and modules.</summary>
    public ImmutableArray<string> Registries { get; init; } = [];

    /// <summary>Whether their kernels precede <see cref="Kernels"/>: the command line names them.</summary>
    public bool RegistriesComeFirst { get; init; }

    /// <summary>A kernel source tree, for the commands that read one.</summary>
    public string? KernelTree { get; init; }

    /// <summary>The libclang to load.</summary>
    public string? Libclang { get; init; }

    /// <summary>What the loader may do; null means all of them.</summary>
    public ImmutableArray<string>? Capabilities { get; init; }

    /// <summary>Where the kernels were named.</summary>
    public string? KernelsFrom { get; init; }

    /// <summary>Glob patterns of what is not checked, each with the directory that it is relative to.</summary>
    public ImmutableArray<(string Root, string Pattern)> Exclude { get; init; } = [];

    /// <summary>Rule code → <c>error</c>, <c>warning</c>, <c>information</c>, <c>hint</c> or <c>off</c>.</summary>
    public ImmutableDictionary<string, string> Rules { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Which inlay hints are shown.</summary>
    public HintSettings Hints { get; init; } = HintSettings.Default;

    /// <summary>How a kfunc is declared that completion or a fix inserts.</summary>
    public DeclarationStyle Declarations { get; init; }

    /// <summary>Where an editor wants the server's log, besides standard error. Of an editor's settings only.</summary>
    public string? LogFile { get; init; }

    /// <summary>What is wrong in the file.</summary>
    public ImmutableArray<ConfigurationProblem> Problems { get; init; } = [];

    /// <summary>The files that decide what is known of the kernels.</summary>
    public IEnumerable<string> KernelFiles => Btf is null ? Registries : Registries.Append(Btf);

    /// <summary>With the registries that the command line names: their kernels are judged for, not those of the project.</summary>
    public ProjectConfiguration WithRegistries(ImmutableArray<string> registries) => registries.IsEmpty ? this : this with { Registries = registries, RegistriesComeFirst = true };

    /// <summary>Whether a file is one of those that are not checked.</summary>
    public bool Excludes(string path)
    {
        if (Exclude.IsEmpty) return false;
        var full = Path.GetFullPath(path);
        return Exclude.Any(e => PathPattern.Matches(e.Pattern, Path.GetRelativePath(e.Root, full).Replace('\\', '/')));
    }

    /// <summary>The part that decides how files are compiled.</summary>
    public CompileSettings CompileSettings => new()
    {
        Add = AddFlags, Remove = RemoveFlags, VmlinuxHeader = VmlinuxHeader, Btf = Btf, LibclangPath = Libclang, Host = HostEnvironment.Current,
    };
}

/// <summary>Something in a configuration file that is not understood.</summary>
/// <remarks>Units: line and column count from 1; the column in bytes of UTF-8. In an editor's settings <see cref="Key"/> is the place.</remarks>
public sealed record ConfigurationProblem(string File, int Line, int Column, string Message)
{
    /// <summary>The path of the key in an editor's settings, such as <c>kfunc.hints.rcu</c>; null in a file.</summary>
    public string? Key { get; init; }

    public override string ToString() => Key is null ? $"{File}:{Line}:{Column}: {Message}" : $"{ConfigurationFile.EditorSettingsName}, {Key}: {Message}";
}
