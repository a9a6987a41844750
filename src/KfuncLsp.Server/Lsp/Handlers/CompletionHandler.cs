using KfuncLsp.Registry.Words;
using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Workspace.Features;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Offers kfuncs, sections and rules; a kfunc's page comes when one is looked at.</summary>
internal sealed class CompletionHandler(OpenFiles files, ClientSession session)
{
    /// <summary>What one types before a choice is wanted: the quote of a section, the slash before its target.</summary>
    public static string[] TriggerCharacters { get; } = ["\"", "/"];

    public CompletionList? Complete(CompletionParams parameters)
    {
        var uri = parameters.TextDocument.Uri;
        if (files.Find(uri) is not var (snapshot, kernels)) return null;
        if (CompletionFeature.At(snapshot, parameters.Position.ToText(), session.Encoding, kernels.Target) is not { } choices) return null;
        var range = choices.Replaces.ToLsp();
        return new(IsIncomplete: false, [.. choices.Items.Select(c => Item(c, range, uri))]);
    }

    public CompletionItem Resolve(CompletionItem item)
    {
        if (item.Data is not { } data || files.Find(data.Uri) is not var (_, kernels) || kernels.Find(data.Kfunc) is not var (kfunc, model)) return item;
        return item with { Documentation = KfuncMarkup.Of(kernels.Pages.Of(kfunc, model), session.CompletionIsMarkdown) };
    }

    private CompletionItem Item(Choice choice, Protocol.Range range, string uri)
    {
        var snippet = session.TakesSnippets ? choice.Snippet : null;
        return new(choice.Name)
        {
            Kind = choice.Kind switch { ChoiceKind.Kfunc => CompletionItemKind.Function, ChoiceKind.Section => CompletionItemKind.Value, _ => CompletionItemKind.Constant },
            Detail = choice.Refusal is { } why ? $"{choice.Detail} (not here: {why})" : choice.Detail,
            LabelDetails = !session.HasLabelDetails ? null
                : new() { Description = choice.Refusal is { } reason ? $"not here: {reason}" : choice.Kind == ChoiceKind.Kfunc ? "kfunc" : choice.Detail },
            Tags = choice.IsDeprecated && session.TagsDeprecatedItems ? [CompletionItemTag.Deprecated] : null,
            Deprecated = choice.IsDeprecated && session.MarksDeprecatedItems ? true : null,
            SortText = $"{(int)choice.Rank}{choice.Name}",
            FilterText = choice.Name,
            InsertTextFormat = snippet is null ? null : InsertTextFormat.Snippet,
            TextEdit = new(range, snippet ?? choice.Name),
            AdditionalTextEdits = choice.Declaration is { } add ? [new(new(add.Place.ToLsp(), add.Place.ToLsp()), add.Text)] : null,
            Data = choice.Kind == ChoiceKind.Kfunc ? new(uri, choice.Name) : null,
        };
    }
}
