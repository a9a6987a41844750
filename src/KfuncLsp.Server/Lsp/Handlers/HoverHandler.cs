using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Workspace.Features;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Says what the thing under the cursor is to the verifier.</summary>
internal sealed class HoverHandler(OpenFiles files, ClientSession session, RulePages pages)
{
    public Hover? Hover(HoverParams parameters)
    {
        if (files.Find(parameters.TextDocument.Uri) is not var (snapshot, kernels)) return null;
        if (HoverFeature.At(snapshot, parameters.Position.ToText(), session.Encoding, kernels) is not { } hover) return null;
        var contents = hover.Kfunc is { } kfunc ? KfuncMarkup.Of(kfunc, session.HoverIsMarkdown) : Markup.Of(hover.Page!, hover.Page!.Rule is { } rule ? pages.UriOf(rule) : null, session.HoverIsMarkdown);
        return new(contents) { Range = hover.Range.ToLsp() };
    }
}
