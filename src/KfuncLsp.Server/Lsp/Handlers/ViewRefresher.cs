using System.Collections.Concurrent;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Features;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Asks the client to ask again where a finished check changes what its lenses and hints say.</summary>
/// <remarks>A client asks as soon as a text changes, and no request waits for the check of that text: this is how the newer answer comes to it.</remarks>
internal sealed class ViewRefresher
{
    private readonly ConcurrentDictionary<string, (string Lenses, string Hints)> _shown = new(StringComparer.Ordinal);
    private readonly LiveWorkspace _workspace;
    private readonly ShippedModels _models;
    private readonly ClientSession _session;
    private readonly LspClient _client;

    public ViewRefresher(LiveWorkspace workspace, ShippedModels models, ClientSession session, LspClient client)
    {
        (_workspace, _models, _session, _client) = (workspace, models, session, client);
        workspace.Checked += OnChecked;
    }

    private void OnChecked(DocumentCheck check)
    {
        var capabilities = _session.Capabilities.Workspace;
        if (capabilities is null or { CodeLens: null, InlayHint: null, SemanticTokens: null }) return;
        var path = check.Document.Path;
        if (_workspace.Find(path) is not { } snapshot || KernelView.Of(snapshot, _models.Pages) is not { } kernels) return;
        var before = _shown.GetValueOrDefault(path, ("", ""));
        var now = _shown[path] = (LensesOf(snapshot, kernels), HintsOf(snapshot, kernels));
        if (now.Lenses != before.Item1) _ = _client.RefreshAsync("codeLens", capabilities.CodeLens);
        if (now.Hints != before.Item2) _ = _client.RefreshAsync("inlayHint", capabilities.InlayHint);

        // What is unavailable depends on the programs around it, as the lenses do.
        if (now.Lenses != before.Item1) _ = _client.RefreshAsync("semanticTokens", capabilities.SemanticTokens);
    }

    private static string LensesOf(FileSnapshot snapshot, KernelView kernels) =>
        string.Join('\n', CodeLensFeature.Of(snapshot, PositionEncoding.Utf8, kernels).Select(l => l.Title));

    private static string HintsOf(FileSnapshot snapshot, KernelView kernels)
    {
        var everything = new TextRange(default, new(snapshot.Document.Lines.LineCount, 0));
        return string.Join('\n', InlayHintFeature.In(snapshot, everything, PositionEncoding.Utf8, kernels.Target).Select(h => h.Label));
    }
}
