using KfuncLsp.Frontend.Process;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Server.Lsp;

/// <summary>How a server is set up from outside.</summary>
public sealed record LspServerOptions
{
    /// <summary>Where files are parsed and judged; null is the real thing.</summary>
    public WorkspaceServices? Services { get; init; }

    /// <summary>The kernels that hover and completion know; null is the shipped registry.</summary>
    public Func<IEnumerable<KernelModel>>? Models { get; init; }

    /// <summary>How the parsing child is started.</summary>
    public WorkerLaunch? Worker { get; init; }

    /// <summary>The kernels that the command line names; they precede the project's.</summary>
    public IReadOnlyList<string> Kernels { get; init; } = [];

    /// <summary>The registries that the command line names, with full paths.</summary>
    public IReadOnlyList<string> Registries { get; init; } = [];

    /// <summary>A process with which the server ends; <c>initialize</c> may name another.</summary>
    public int? ClientProcessId { get; init; }

    /// <summary>Where the log goes besides the client; null for standard error.</summary>
    public TextWriter? Log { get; init; }

    /// <summary>A file that the log goes to besides; it precedes the setting <c>logFile</c>.</summary>
    public string? LogFile { get; init; }

    /// <summary>The folder of the rules' pages, as a URI that ends in a slash; null looks beside the executable.</summary>
    public string? RulePages { get; init; }
}
