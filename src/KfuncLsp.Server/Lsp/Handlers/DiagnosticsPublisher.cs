using System.Collections.Immutable;
using System.Threading.Channels;
using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Features;
using Microsoft.Extensions.Logging;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Tells the client what checks found: by push to a client that does not pull, and in every case what concerns the set-up.</summary>
internal sealed class DiagnosticsPublisher : IAsyncDisposable
{
    /// <summary>Units: messages shown to the user per session; the rest is in the log.</summary>
    private const int MaxShown = 3;

    /// <summary>What is to be done, in order: a check to publish, or a closed file to clear.</summary>
    private readonly Channel<(DocumentCheck? Check, string? Closed)> _work = Channel.CreateUnbounded<(DocumentCheck?, string?)>(new() { SingleReader = true });

    /// <summary>What each checked file says of each file: a header has what all who include it say.</summary>
    private readonly Dictionary<string, ImmutableDictionary<string, Diagnostic[]>> _bySource = new(StringComparer.Ordinal);

    private readonly LiveWorkspace _workspace;
    private readonly LspClient _client;
    private readonly ClientSession _session;
    private readonly DocumentUris _uris;
    private readonly DiagnosticConversion _conversion;
    private readonly ILogger<DiagnosticsPublisher> _log;
    private readonly Task _loop;
    private ImmutableArray<string> _told = [];
    private bool _saidFault;
    private int _shown;

    public DiagnosticsPublisher(
        LiveWorkspace workspace, LspClient client, ClientSession session, DocumentUris uris, DiagnosticConversion conversion, ILogger<DiagnosticsPublisher> log)
    {
        (_workspace, _client, _session, _uris, _conversion, _log) = (workspace, client, session, uris, conversion, log);
        workspace.Checked += check => _work.Writer.TryWrite((check, null));
        workspace.CheckFailed += OnFailed;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>All that was said of the set-up in this session, shown or logged, in order.</summary>
    public ImmutableArray<string> Told => _told;

    /// <summary>A file was closed: nothing of it stays on the screen.</summary>
    public void Clear(string path) => _work.Writer.TryWrite((null, path));

    public async ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        await foreach (var (check, closed) in _work.Reader.ReadAllAsync())
        {
            try
            {
                if (closed is not null) await ReplaceAsync(closed, ImmutableDictionary<string, Diagnostic[]>.Empty.Add(closed, []), null);
                else if (check is not null) await PublishAsync(check);
            }
            catch (Exception error)
            {
                _log.LogError(error, "Publishing diagnostics failed");
            }
        }
    }

    private async Task PublishAsync(DocumentCheck check)
    {
        var path = check.Document.Path;
        _log.LogInformation(
            "{Path} version {Version}: {Findings} findings; {Misses} programs analysed, {Hits} known; {Times}; {Command}; kernels {Kernels} ({Origin})",
            path, check.Document.Version, check.File.Findings.Length, check.Cache.Misses, check.Cache.Hits, check.Times,
            check.Setup.Command.Origin, string.Join(", ", check.Setup.Targets.Kernels.Select(k => k.Name)), check.Setup.Targets.Origin);
        if (check.NotChecked is { } reason) _log.LogInformation("{Path} was not analysed: {Reason}", path, reason);
        foreach (var fault in check.Faults) await TellFaultAsync(fault);
        if (check.NotChecked is null) await TellNoticesAsync(check);

        // A newer version has its own check under way.
        if (_session.Pulls || _workspace.Find(path) is not { } now || now.Document.Version != check.Document.Version) return;
        await ReplaceAsync(path, _conversion.Convert(check), check.Document.Version);
    }

    private async Task ReplaceAsync(string source, ImmutableDictionary<string, Diagnostic[]> now, int? version)
    {
        if (_session.Pulls) return;
        var before = _bySource.GetValueOrDefault(source, ImmutableDictionary<string, Diagnostic[]>.Empty);
        if (version is null) _bySource.Remove(source);
        else _bySource[source] = now;

        foreach (var path in now.Keys.Union(before.Keys))
        {
            var all = _bySource.Values.SelectMany(d => d.GetValueOrDefault(path, [])).ToArray();
            await _client.PublishAsync(new(_uris.UriOf(path), all) { Version = path == source ? version : _workspace.Find(path)?.Document.Version });
        }
    }

    /// <summary>Says each thing about the set-up once per session, and shows no more than a few of them.</summary>
    private async Task TellNoticesAsync(DocumentCheck check)
    {
        var (show, log) = DiagnosticsFeature.Notices(check);
        foreach (var notice in show.Where(IsNew))
        {
            if (_shown++ < MaxShown) await _client.ShowAsync(MessageType.Warning, $"kfunc-lsp: {notice}");
            else await _client.LogAsync(MessageType.Warning, notice);
        }

        foreach (var notice in log.Where(IsNew)) await _client.LogAsync(MessageType.Info, notice);
    }

    private bool IsNew(string notice)
    {
        if (_told.Contains(notice)) return false;
        _told = _told.Add(notice);
        return true;
    }

    private void OnFailed(TextDocument document, Exception error) =>
        _ = TellFaultAsync($"checking {document.Path} failed: {error}");

    /// <summary>Logs every fault of ours, and shows the first.</summary>
    private async Task TellFaultAsync(string fault)
    {
        _log.LogError("{Fault}", fault);
        if (_saidFault) return;
        _saidFault = true;
        await _client.ShowAsync(MessageType.Error, $"kfunc-lsp: {fault.Split('\n')[0]} (more in the log)");
    }
}
