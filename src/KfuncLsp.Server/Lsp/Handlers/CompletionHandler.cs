using KfuncLsp.Registry;
using KfuncLsp.Registry.Words;
using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Features;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Offers kfuncs, with their pages when one is looked at.</summary>
internal sealed class CompletionHandler(LiveWorkspace workspace, ShippedModels models, ClientSession session)
{
    public CompletionList? Complete(CompletionParams parameters)
    {
        var uri = parameters.TextDocument.Uri;
        if (Uris.PathOf(uri) is not { } path || workspace.Find(path) is not { } snapshot || ModelOf(snapshot) is not { } model) return null;
        if (CompletionFeature.At(snapshot, parameters.Position.ToText(), session.Encoding, model) is not { } choices) return null;
        var range = choices.Replaces.ToLsp();
        return new(IsIncomplete: false, [.. choices.Items.Select(c => Item(c, range, uri))]);
    }

    public CompletionItem Resolve(CompletionItem item)
    {
        if (item.Data is not { } data || Uris.PathOf(data.Uri) is not { } path || workspace.Find(path) is not { } snapshot) return item;
        if (ModelOf(snapshot) is not { } model || model.FindKfunc(data.Kfunc) is not { } kfunc) return item;
        return item with { Documentation = KfuncMarkup.Of(KfuncPage.Of(kfunc, model, models.All), session.CompletionIsMarkdown) };
    }

    private KernelModel? ModelOf(FileSnapshot snapshot) => snapshot.Setup?.Model ?? models.Newest;

    private CompletionItem Item(KfuncChoice choice, Protocol.Range range, string uri) => new(choice.Name)
    {
        Kind = CompletionItemKind.Function,
        Detail = choice.Refusal is { } why ? $"{choice.Prototype} (not here: {why})" : choice.Prototype,
        LabelDetails = session.HasLabelDetails ? new() { Description = choice.Refusal is { } reason ? $"not here: {reason}" : "kfunc" } : null,
        Tags = choice.IsDeprecated && session.TagsDeprecatedItems ? [CompletionItemTag.Deprecated] : null,
        SortText = $"{choice.Rank}{choice.Name}",
        FilterText = choice.Name,
        TextEdit = new(range, choice.Name),
        AdditionalTextEdits = choice.Declaration is { } add ? [new(new(add.Place.ToLsp(), add.Place.ToLsp()), add.Text)] : null,
        Data = new(uri, choice.Name),
    };
}
