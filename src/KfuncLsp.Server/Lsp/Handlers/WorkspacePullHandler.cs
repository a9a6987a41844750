using System.Collections.Concurrent;
using KfuncLsp.Server.Cli;
using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Answers for all BPF programs of the workspace's folders, open or not.</summary>
/// <remarks>
/// Files are checked one after the other. A client asks again as soon as it has an answer, so a request that has nothing new to say
/// is held until something changes.
/// </remarks>
internal sealed class WorkspacePullHandler
{
    private readonly ConcurrentDictionary<string, (DateTime Written, long Size, Diagnostic[] Items)> _closed = new(StringComparer.Ordinal);
    private readonly LiveWorkspace _workspace;
    private readonly ClientSession _session;
    private readonly LspClient _client;
    private readonly DocumentUris _uris;
    private readonly DiagnosticConversion _conversion;
    private readonly ProjectConfigurations _configurations;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WorkspacePullHandler(
        LiveWorkspace workspace, ClientSession session, LspClient client, DocumentUris uris, DiagnosticConversion conversion, ProjectConfigurations configurations)
    {
        (_workspace, _session, _client, _uris, _conversion, _configurations) = (workspace, session, client, uris, conversion, configurations);
        workspace.Checked += _ => Changed();
    }

    /// <summary>Something around the files changed: closed ones are checked anew.</summary>
    public void Forget()
    {
        _closed.Clear();
        Changed();
    }

    public async Task<WorkspaceDiagnosticReport> ReportAsync(WorkspaceDiagnosticParams parameters, CancellationToken cancel)
    {
        var previous = parameters.PreviousResultIds.ToLookup(p => p.Uri, p => p.Value, StringComparer.Ordinal);
        while (true)
        {
            var changed = _changed.Task;
            var reports = new List<WorkspaceDocumentDiagnosticReport>();
            await foreach (var (path, version, items) in AllAsync(parameters, cancel))
            {
                var uri = _uris.UriOf(path);
                var report = PullHandler.Report(items, previous[uri].FirstOrDefault());
                reports.Add(new(report.Kind, uri, version) { ResultId = report.ResultId, Items = report.Items });
            }

            if (reports.Any(r => r.Kind == DocumentDiagnosticReport.Full) || previous.Count == 0) return new([.. reports]);
            await changed.WaitAsync(cancel);
        }
    }

    private async IAsyncEnumerable<(string Path, int? Version, Diagnostic[] Items)> AllAsync(
        WorkspaceDiagnosticParams parameters, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var files = await Task.Run(() => SourceFinder.Find(_session.Folders, "/", cancel).Files, cancel);
        var wanted = files.Where(f => !IsExcluded(f)).ToList();
        await _client.ProgressAsync(parameters.WorkDoneToken, new("begin") { Title = "Checking BPF programs", Percentage = 0 });
        for (var i = 0; i < wanted.Count; i++)
        {
            var path = wanted[i];
            await _client.ProgressAsync(parameters.WorkDoneToken, new("report") { Message = Path.GetFileName(path), Percentage = (uint)(100 * i / wanted.Count) });
            if (_workspace.NewestCheck(path) is { } open)
            {
                if (await OpenAsync(open, cancel) is { } check) yield return (path, check.Document.Version, _conversion.Convert(check)[path]);
            }
            else if (await ClosedAsync(path, cancel) is { } items)
            {
                yield return (path, null, items);
            }
        }

        await _client.ProgressAsync(parameters.WorkDoneToken, new("end"));
    }

    private static async Task<DocumentCheck?> OpenAsync(Task<DocumentCheck> pending, CancellationToken cancel)
    {
        try
        {
            return await pending.WaitAsync(cancel);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Overtaken: the next round has the newer version.
            return null;
        }
    }

    private async Task<Diagnostic[]?> ClosedAsync(string path, CancellationToken cancel)
    {
        var file = new FileInfo(path);
        if (!file.Exists) return null;
        if (_closed.TryGetValue(path, out var known) && known.Written == file.LastWriteTimeUtc && known.Size == file.Length) return known.Items;
        if (await _workspace.CheckOnDiskAsync(path, cancel) is not { } check) return null;
        var items = _conversion.Convert(check)[path];
        _closed[path] = (file.LastWriteTimeUtc, file.Length, items);
        return items;
    }

    private bool IsExcluded(string path) => _configurations.For(path).Excludes(path);

    private void Changed() => Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
