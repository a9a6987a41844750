using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Server.Cli;
using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Server.Lsp.Rpc;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Features;
using KfuncLsp.Workspace.Text;
using StreamJsonRpc;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Leads from a kfunc's name to its definition and to its uses.</summary>
internal sealed class NavigationHandler(OpenFiles files, LiveWorkspace workspace, ShippedModels models, ClientSession session, DocumentUris uris)
{
    /// <summary>Into the kernel tree, else to the registry's entry where the client can show one; else nothing: the C language server has the declaration.</summary>
    public Location[]? Definition(PositionParams parameters)
    {
        if (files.Find(parameters.TextDocument.Uri) is not var (snapshot, kernels)) return null;
        if (DefinitionFeature.At(snapshot, parameters.Position.ToText(), session.Encoding, kernels) is not { } definition) return null;
        if (definition.InTree is var (file, range)) return [new(uris.UriOf(file), range.ToLsp())];
        if (!session.ShowsVirtualDocuments) return null;
        var line = (uint)KfuncDocument.Of(definition.Kfunc, definition.Model, models.All).Line;
        return [new(KfuncDocument.UriOf(definition.Kfunc, definition.Model), new(new(line, 0), new(line, 0)))];
    }

    /// <summary>In the open files as they are, and in the other BPF files of the workspace's folders as they lie on disk.</summary>
    public async Task<Location[]?> ReferencesAsync(ReferenceParams parameters, CancellationToken cancel)
    {
        if (files.Find(parameters.TextDocument.Uri) is not var (snapshot, kernels)) return null;
        if (ReferencesFeature.At(snapshot, parameters.Position.ToText(), session.Encoding, kernels) is not { } kfunc) return null;
        return await Task.Run(() => Find(kfunc.Name, parameters.Context.IncludeDeclaration, cancel), cancel);
    }

    public TextDocumentContentResult Content(TextDocumentContentParams parameters) =>
        KfuncDocument.Find(parameters.Uri, models.All) is var (kfunc, model) ? new(KfuncDocument.Of(kfunc, model, models.All).Text)
        : throw new LocalRpcException($"There is no document {parameters.Uri}") { ErrorCode = LspErrorCode.InvalidParams };

    private Location[] Find(string kfunc, bool withDeclarations, CancellationToken cancel)
    {
        var found = new List<Location>();
        foreach (var path in SourceFinder.Find(session.Folders, "/", cancel).Files.Union(workspace.OpenPaths).Order(StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            if (TextOf(path) is { } lines)
                found.AddRange(ReferencesFeature.In(lines, kfunc, withDeclarations, session.Encoding).Select(r => new Location(uris.UriOf(path), r.ToLsp())));
        }

        return [.. found];
    }

    private LineIndex? TextOf(string path)
    {
        if (workspace.Find(path) is { } open) return open.Document.Lines;
        try
        {
            return new(PlainFile.ReadBytes(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
