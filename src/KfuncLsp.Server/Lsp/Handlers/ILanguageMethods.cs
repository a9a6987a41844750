using KfuncLsp.Server.Lsp.Protocol;
using PolyType;
using StreamJsonRpc;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>The methods that answer a question about the code of a document. None waits for the analysis.</summary>
[JsonRpcContract]
[GenerateShape(IncludeMethods = MethodShapeFlags.PublicInstance)]
internal partial interface ILanguageMethods
{
    [JsonRpcMethod("textDocument/hover", UseSingleObjectParameterDeserialization = true)]
    Task<Hover?> HoverAsync(HoverParams parameters, CancellationToken cancel);

    [JsonRpcMethod("textDocument/completion", UseSingleObjectParameterDeserialization = true)]
    Task<CompletionList?> CompletionAsync(CompletionParams parameters, CancellationToken cancel);

    [JsonRpcMethod("completionItem/resolve", UseSingleObjectParameterDeserialization = true)]
    Task<CompletionItem> ResolveCompletionAsync(CompletionItem parameters, CancellationToken cancel);

    [JsonRpcMethod("textDocument/codeAction", UseSingleObjectParameterDeserialization = true)]
    Task<CodeAction[]?> CodeActionAsync(CodeActionParams parameters, CancellationToken cancel);

    [JsonRpcMethod("codeAction/resolve", UseSingleObjectParameterDeserialization = true)]
    Task<CodeAction> ResolveCodeActionAsync(CodeAction parameters, CancellationToken cancel);

    [JsonRpcMethod("textDocument/signatureHelp", UseSingleObjectParameterDeserialization = true)]
    Task<SignatureHelp?> SignatureHelpAsync(SignatureHelpParams parameters, CancellationToken cancel);

    [JsonRpcMethod("textDocument/inlayHint", UseSingleObjectParameterDeserialization = true)]
    Task<InlayHint[]> InlayHintAsync(InlayHintParams parameters, CancellationToken cancel);

    [JsonRpcMethod("textDocument/codeLens", UseSingleObjectParameterDeserialization = true)]
    Task<CodeLens[]> CodeLensAsync(DocumentParams parameters, CancellationToken cancel);

    [JsonRpcMethod("textDocument/semanticTokens/full", UseSingleObjectParameterDeserialization = true)]
    Task<SemanticTokens> SemanticTokensAsync(DocumentParams parameters, CancellationToken cancel);

    [JsonRpcMethod("textDocument/semanticTokens/range", UseSingleObjectParameterDeserialization = true)]
    Task<SemanticTokens> SemanticTokensRangeAsync(SemanticTokensRangeParams parameters, CancellationToken cancel);

    [JsonRpcMethod("textDocument/documentSymbol", UseSingleObjectParameterDeserialization = true)]
    Task<object> DocumentSymbolAsync(DocumentParams parameters, CancellationToken cancel);

    [JsonRpcMethod("textDocument/foldingRange", UseSingleObjectParameterDeserialization = true)]
    Task<FoldingRange[]> FoldingRangeAsync(DocumentParams parameters, CancellationToken cancel);

    [JsonRpcMethod("textDocument/documentHighlight", UseSingleObjectParameterDeserialization = true)]
    Task<DocumentHighlight[]> DocumentHighlightAsync(PositionParams parameters, CancellationToken cancel);

    [JsonRpcMethod("textDocument/definition", UseSingleObjectParameterDeserialization = true)]
    Task<Location[]?> DefinitionAsync(PositionParams parameters, CancellationToken cancel);

    [JsonRpcMethod("textDocument/references", UseSingleObjectParameterDeserialization = true)]
    Task<Location[]?> ReferencesAsync(ReferenceParams parameters, CancellationToken cancel);

    [JsonRpcMethod("workspace/textDocumentContent", UseSingleObjectParameterDeserialization = true)]
    Task<TextDocumentContentResult> TextDocumentContentAsync(TextDocumentContentParams parameters, CancellationToken cancel);

    [JsonRpcMethod("textDocument/documentLink", UseSingleObjectParameterDeserialization = true)]
    Task<DocumentLink[]> DocumentLinkAsync(DocumentParams parameters, CancellationToken cancel);
}
