using System.Collections.Immutable;

namespace KfuncLsp.Workspace.Features;

/// <summary>What a hover says of something that is no kfunc.</summary>
/// <remarks>Shape: the title is C; lines hold inline code between backticks, bold between double stars, and begin with "- " in a list.</remarks>
public sealed record HoverPage(string Title)
{
    public ImmutableArray<string> Lines { get; init; } = [];

    /// <summary>Where to read on: a label and a rule or a link.</summary>
    public KfuncLsp.Analysis.RuleId? Rule { get; init; }

    public string? Footer { get; init; }
}
