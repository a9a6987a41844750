using KfuncLsp.Server.Lsp.Protocol;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Offers kfuncs.</summary>
internal sealed class CompletionHandler
{
    public CompletionList? Complete(CompletionParams parameters) => null;

    public CompletionItem Resolve(CompletionItem item) => item;
}
