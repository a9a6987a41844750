using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Analysis.Rules;
using KfuncLsp.Registry.Words;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>A place that leads elsewhere: to a rule's page, or to a kfunc's definition in the kernel.</summary>
public sealed record KfuncLink(TextRange Range, RuleId? Rule, string? Uri, string Tooltip);

/// <summary>Links the rules that comments name to their pages, and the kfuncs that a file declares to the kernel's source.</summary>
public static class DocumentLinkFeature
{
    public static ImmutableArray<KfuncLink> Of(FileSnapshot snapshot, PositionEncoding encoding, KernelView kernels)
    {
        var lines = snapshot.Document.Lines;
        var links = new List<(int Start, KfuncLink Link)>();
        foreach (var (name, rule) in RuleNames.In(lines.Text.Span))
            links.Add((name.Start, new(lines.RangeAt(name.Start, name.Length, encoding), rule.Id, null, rule.Title)));

        var code = CLexer.CodeOnly(lines.Text.Span);
        foreach (var found in KfuncNames.In(snapshot, kernels))
            if (KsymDeclarations.IsDeclaration(code, found.Name) && KfuncWords.SourceLink(found.Kfunc.Source) is var (label, uri))
                links.Add((found.Name.Start, new(lines.RangeAt(found.Name.Start, found.Name.Length, encoding), null, uri, label)));
        return [.. links.OrderBy(l => l.Start).Select(l => l.Link)];
    }
}
