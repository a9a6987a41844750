using System.Collections.Immutable;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Parsing;

/// <summary>The clang arguments for one file, and where each came from.</summary>
public sealed record CompileCommand(string File, string Directory, ImmutableArray<string> Arguments)
{
    /// <summary>One line that a person can read: "compile_commands.json in build/, entry of the file itself".</summary>
    public required string Origin { get; init; }

    /// <summary>What was decided on the way: where vmlinux.h and libbpf were found, or what is missing. For <c>doctor</c>.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>What the user must be told: dropped flags, unreadable databases, no vmlinux.h.</summary>
    public ImmutableArray<UnitIssue> Issues { get; init; } = [];
}
