using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Features;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Says what the kfunc under the cursor is.</summary>
internal sealed class HoverHandler(LiveWorkspace workspace, ShippedModels models, ClientSession session)
{
    public Hover? Hover(HoverParams parameters)
    {
        if (Uris.PathOf(parameters.TextDocument.Uri) is not { } path || workspace.Find(path) is not { } snapshot || models.Newest is not { } newest) return null;
        return HoverFeature.At(snapshot, parameters.Position.ToText(), session.Encoding, models.All, newest) is { } hover
            ? new(KfuncMarkup.Of(hover.Page, session.HoverIsMarkdown)) { Range = hover.Range.ToLsp() }
            : null;
    }
}
