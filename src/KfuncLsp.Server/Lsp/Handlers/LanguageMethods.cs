using KfuncLsp.Server.Lsp.Protocol;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Hands each question to the handler of its subject; each answers at once.</summary>
internal sealed class LanguageMethods(
    HoverHandler hover, CompletionHandler completion, CodeActionHandler actions, SignatureHelpHandler signature, CodeViewHandler view, NavigationHandler navigation)
    : ILanguageMethods
{
    public Task<Hover?> HoverAsync(HoverParams parameters, CancellationToken cancel) => Task.FromResult(hover.Hover(parameters));

    public Task<CompletionList?> CompletionAsync(CompletionParams parameters, CancellationToken cancel) => Task.FromResult(completion.Complete(parameters));

    public Task<CompletionItem> ResolveCompletionAsync(CompletionItem parameters, CancellationToken cancel) => Task.FromResult(completion.Resolve(parameters));

    public Task<CodeAction[]?> CodeActionAsync(CodeActionParams parameters, CancellationToken cancel) => Task.FromResult(actions.Actions(parameters));

    public Task<CodeAction> ResolveCodeActionAsync(CodeAction parameters, CancellationToken cancel) => Task.FromResult(actions.Resolve(parameters));

    public Task<SignatureHelp?> SignatureHelpAsync(SignatureHelpParams parameters, CancellationToken cancel) => Task.FromResult(signature.Help(parameters));

    public Task<InlayHint[]> InlayHintAsync(InlayHintParams parameters, CancellationToken cancel) => Task.FromResult(view.Hints(parameters));

    public Task<CodeLens[]> CodeLensAsync(DocumentParams parameters, CancellationToken cancel) => Task.FromResult(view.Lenses(parameters));

    public Task<SemanticTokens> SemanticTokensAsync(DocumentParams parameters, CancellationToken cancel) => Task.FromResult(view.Tokens(parameters.TextDocument, null));

    public Task<SemanticTokens> SemanticTokensRangeAsync(SemanticTokensRangeParams parameters, CancellationToken cancel) =>
        Task.FromResult(view.Tokens(parameters.TextDocument, parameters.Range));

    public Task<object> DocumentSymbolAsync(DocumentParams parameters, CancellationToken cancel) => Task.FromResult(view.Symbols(parameters));

    public Task<FoldingRange[]> FoldingRangeAsync(DocumentParams parameters, CancellationToken cancel) => Task.FromResult(view.Folds(parameters));

    public Task<DocumentHighlight[]> DocumentHighlightAsync(PositionParams parameters, CancellationToken cancel) => Task.FromResult(view.Highlights(parameters));

    public Task<DocumentLink[]> DocumentLinkAsync(DocumentParams parameters, CancellationToken cancel) => Task.FromResult(view.Links(parameters));

    public Task<Location[]?> DefinitionAsync(PositionParams parameters, CancellationToken cancel) => Task.FromResult(navigation.Definition(parameters));

    public Task<Location[]?> ReferencesAsync(ReferenceParams parameters, CancellationToken cancel) => navigation.ReferencesAsync(parameters, cancel);

    public Task<TextDocumentContentResult> TextDocumentContentAsync(TextDocumentContentParams parameters, CancellationToken cancel) =>
        Task.FromResult(navigation.Content(parameters));
}
