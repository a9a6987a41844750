using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Workspace.Features;
using InlayHint = KfuncLsp.Server.Lsp.Protocol.InlayHint;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>What an editor shows in and around the code by itself: hints, lenses, colours, folds, links, outline, pairs.</summary>
internal sealed class CodeViewHandler(OpenFiles files, ClientSession session, DocumentUris uris, RulePages pages)
{
    public static SemanticTokensLegend Legend { get; } = new(["function"], ["acquire", "release", "sleepable", "deprecated", "unavailable"]);

    public InlayHint[] Hints(InlayHintParams parameters)
    {
        if (files.Find(parameters.TextDocument.Uri) is not var (snapshot, kernels)) return [];
        return
        [
            .. InlayHintFeature.In(snapshot, parameters.Range.ToText(), session.Encoding, kernels.Target).Select(h => new InlayHint(h.Place.ToLsp(), h.Label)
            {
                Kind = h.IsBefore ? InlayHintKind.Parameter : null,
                Tooltip = Markup.Of(h.Tooltip, session.HoverIsMarkdown),
                PaddingLeft = h.IsBefore ? null : true,
                PaddingRight = h.IsBefore ? true : null,
            }),
        ];
    }

    public CodeLens[] Lenses(DocumentParams parameters)
    {
        if (files.Find(parameters.TextDocument.Uri) is not var (snapshot, kernels)) return [];
        return [.. CodeLensFeature.Of(snapshot, session.Encoding, kernels).Select(l => new CodeLens(l.Range.ToLsp()) { Command = new(l.Title, "") })];
    }

    public SemanticTokens Tokens(TextDocumentIdentifier document, Protocol.Range? range)
    {
        if (files.Find(document.Uri) is not var (snapshot, kernels)) return new([]);
        var data = new List<uint>();
        var (line, column) = (0, 0);
        foreach (var token in SemanticTokenFeature.In(snapshot, range?.ToText(), session.Encoding, kernels))
        {
            var (start, end) = (token.Range.Start, token.Range.End);
            data.AddRange([(uint)(start.Line - line), (uint)(start.Character - (start.Line == line ? column : 0)), (uint)(end.Character - start.Character), 0, (uint)token.Traits]);
            (line, column) = (start.Line, start.Character);
        }

        return new([.. data]);
    }

    public FoldingRange[] Folds(DocumentParams parameters)
    {
        if (files.Find(parameters.TextDocument.Uri) is not var (snapshot, kernels)) return [];
        return [.. FoldingFeature.Of(snapshot, kernels.Target).Select(f => new FoldingRange((uint)f.StartLine, (uint)f.EndLine) { Kind = "region", CollapsedText = f.Title })];
    }

    public DocumentHighlight[] Highlights(PositionParams parameters)
    {
        if (files.Find(parameters.TextDocument.Uri) is not var (snapshot, kernels)) return [];
        return
        [
            .. HighlightFeature.At(snapshot, parameters.Position.ToText(), session.Encoding, kernels.Target)
                .Select(h => new DocumentHighlight(h.Range.ToLsp()) { Kind = h.Begins ? DocumentHighlightKind.Write : DocumentHighlightKind.Read }),
        ];
    }

    public DocumentLink[] Links(DocumentParams parameters)
    {
        if (files.Find(parameters.TextDocument.Uri) is not var (snapshot, kernels)) return [];
        var links = DocumentLinkFeature.Of(snapshot, session.Encoding, kernels).Select(l => (Link: l, Target: l.Rule is { } rule ? pages.UriOf(rule) : l.Uri));
        return [.. links.Where(l => l.Target is not null).Select(l => new DocumentLink(l.Link.Range.ToLsp()) { Target = l.Target, Tooltip = l.Link.Tooltip })];
    }

    /// <summary>A tree of symbols, or a list for a client that knows no trees.</summary>
    public object Symbols(DocumentParams parameters)
    {
        if (files.Find(parameters.TextDocument.Uri) is not var (snapshot, _)) return Array.Empty<DocumentSymbol>();
        var symbols = DocumentSymbolFeature.Of(snapshot, session.Encoding);
        if (session.HasSymbolTrees) return symbols.Select(Tree).ToArray();
        var uri = uris.UriOf(snapshot.Document.Path);
        return symbols.Select(s => new SymbolInformation(s.Name, KindOf(s.Kind), new(uri, s.Range.ToLsp()))).ToArray();
    }

    private static DocumentSymbol Tree(BpfSymbol symbol) => new(symbol.Name, KindOf(symbol.Kind), symbol.Range.ToLsp(), symbol.NameRange.ToLsp())
    {
        Detail = symbol.Detail,
        Children = symbol.Children.Length > 0 ? [.. symbol.Children.Select(Tree)] : null,
    };

    private static SymbolKind KindOf(BpfSymbolKind kind) => kind switch
    {
        BpfSymbolKind.Program => SymbolKind.Function,
        BpfSymbolKind.Map => SymbolKind.Object,
        BpfSymbolKind.StructOps => SymbolKind.Struct,
        _ => SymbolKind.Method,
    };
}
