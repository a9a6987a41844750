using KfuncLsp.Server.Lsp.Protocol;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Says what the thing under the cursor is.</summary>
internal sealed class HoverHandler
{
    public Hover? Hover(HoverParams parameters) => null;
}
