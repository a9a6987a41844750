using System.Collections.Immutable;
using System.Text.Json;
using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Server.Lsp.Rpc;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Features;
using KfuncLsp.Workspace.Features.Fixes;
using StreamJsonRpc;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Offers to mend what the newest check found, and all that is safe to mend at once.</summary>
/// <remarks>Offers nothing while the text is newer than its check: an edit must fit the text.</remarks>
internal sealed class CodeActionHandler(LiveWorkspace workspace, ClientSession session)
{
    public CodeAction[]? Actions(CodeActionParams parameters)
    {
        if (!session.HasCodeActions || CheckOf(parameters.TextDocument.Uri) is not { } check) return null;
        var lines = check.Document.Lines;
        var range = parameters.Range.ToText();
        var actions = new List<CodeAction>();
        if (Wants(parameters.Context, CodeActionKind.QuickFix))
            foreach (var fix in CodeFixFeature.In(check, lines.OffsetAt(range.Start, session.Encoding), lines.OffsetAt(range.End, session.Encoding)))
                actions.Add(Action(fix, check, parameters));
        if (Wants(parameters.Context, CodeActionKind.FixAll) && CodeFixFeature.Safe(check) is { IsEmpty: false } safe)
            actions.Add(new("Fix all that kfunc-lsp can fix safely") { Kind = CodeActionKind.FixAll, Edit = EditOf(safe.SelectMany(f => f.Edits), check, parameters.TextDocument.Uri) });
        return [.. actions];
    }

    /// <summary>Fills in the edit of an action.</summary>
    /// <remarks>Errors: <see cref="LspErrorCode.ContentModified"/> where the document has changed since.</remarks>
    public CodeAction Resolve(CodeAction action)
    {
        if (action.Data is not { } data || action.Edit is not null) return action;
        var fix = CheckOf(data.Uri) is { } check && check.Document.Version == data.Version
            ? CodeFixFeature.In(check, data.Start, data.Start).FirstOrDefault(f => f.Id == data.Id && f.Title == data.Title && f.Finding.Where.Start == data.Start) : null;
        if (fix is null) throw new LocalRpcException("The document has changed") { ErrorCode = LspErrorCode.ContentModified };
        return action with { Edit = EditOf(fix.Edits, CheckOf(data.Uri)!, data.Uri) };
    }

    private DocumentCheck? CheckOf(string uri) =>
        Uris.PathOf(uri) is { } path && workspace.Find(path) is { Last: { } last } snapshot && last.Document.Version == snapshot.Document.Version ? last : null;

    private CodeAction Action(CodeFix fix, DocumentCheck check, CodeActionParams parameters)
    {
        var uri = parameters.TextDocument.Uri;
        var action = new CodeAction(fix.Title)
        {
            Kind = CodeActionKind.QuickFix,
            IsPreferred = fix.IsPreferred && session.ShowsPreferred ? true : null,
            Diagnostics = parameters.Context.Diagnostics.Where(d => IsOf(d, fix, check)).ToArray() is { Length: > 0 } shown ? shown : null,
        };
        return session.ResolvesEdits
            ? action with { Data = new(uri, check.Document.Version, fix.Id, fix.Title, fix.Finding.Where.Start) }
            : action with { Edit = EditOf(fix.Edits, check, uri) };
    }

    /// <summary>Whether a diagnostic that the client shows is the one that a fix mends.</summary>
    private bool IsOf(JsonElement diagnostic, CodeFix fix, DocumentCheck check)
    {
        if (!diagnostic.TryGetProperty("code", out var code) || code.ValueKind != JsonValueKind.String || code.GetString() != fix.Finding.Finding.Rule.Code) return false;
        var start = check.Document.Lines.PositionAt(fix.Finding.Where.Start, session.Encoding);
        return diagnostic.TryGetProperty("range", out var range) && range.TryGetProperty("start", out var at)
            && at.TryGetProperty("line", out var line) && line.TryGetInt32(out var row) && row == start.Line
            && at.TryGetProperty("character", out var column) && column.TryGetInt32(out var character) && character == start.Character;
    }

    private WorkspaceEdit EditOf(IEnumerable<FixEdit> edits, DocumentCheck check, string uri)
    {
        var lines = check.Document.Lines;
        TextEdit[] converted = [.. CodeFix.InOrder(edits).Select(e => new TextEdit(lines.RangeAt(e.Start, e.End - e.Start, session.Encoding).ToLsp(), e.Text))];
        return session.HasDocumentChanges
            ? new() { DocumentChanges = [new(new(uri, check.Document.Version), converted)] }
            : new() { Changes = ImmutableDictionary<string, TextEdit[]>.Empty.Add(uri, converted) };
    }

    private static bool Wants(CodeActionContext context, string kind) =>
        context.Only is not { Length: > 0 } only || only.Any(o => kind == o || kind.StartsWith(o + ".", StringComparison.Ordinal));
}
