using System.Text.Json;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Shows that files are being checked where that takes long: a first parse, a <c>vmlinux.h</c> that is made, a large program.</summary>
/// <remarks>There is one progress for all files, and none for what is done within <see cref="s_silence"/>.</remarks>
internal sealed class CheckProgress
{
    private static readonly TimeSpan s_silence = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(250);

    private readonly LiveWorkspace _workspace;
    private readonly LspClient _client;
    private readonly ClientSession _session;
    private readonly Lock _gate = new();
    private readonly List<string> _files = [];
    private bool _isRunning;
    private int _lastToken;

    public CheckProgress(LiveWorkspace workspace, LspClient client, ClientSession session)
    {
        (_workspace, _client, _session) = (workspace, client, session);
        workspace.CheckBegun += Watch;
    }

    /// <summary>A file is being checked. Does not wait.</summary>
    private void Watch(string path)
    {
        if (!_session.ShowsProgress) return;
        lock (_gate)
        {
            if (!_files.Contains(path)) _files.Add(path);
            if (_isRunning) return;
            _isRunning = true;
        }

        _ = Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        await WaitAsync(s_silence);
        if (Next() is not { } first) return;

        var token = JsonSerializer.SerializeToElement($"kfunc-check-{++_lastToken}", LspJson.Default.String);
        await _client.BeginProgressAsync(token);
        await _client.ProgressAsync(token, new("begin") { Title = "Checking kfunc calls", Cancellable = false, Message = first });
        for (var said = first; Next() is { } now; said = now)
        {
            if (now != said) await _client.ProgressAsync(token, new("report") { Message = now });
            await WaitAsync(s_pace);
        }

        await _client.ProgressAsync(token, new("end"));
    }

    /// <summary>Until nothing is being checked any more, and no longer than a time.</summary>
    private async Task WaitAsync(TimeSpan time)
    {
        List<Task> open;
        lock (_gate) open = [.. _files.Select(_workspace.NewestCheck).OfType<Task>()];
        await Task.WhenAny(Task.WhenAll(open), Task.Delay(time));
    }

    /// <summary>What is being done now, in words; null where all is done, and then the next <see cref="Watch"/> begins anew.</summary>
    private string? Next()
    {
        lock (_gate)
        {
            _files.RemoveAll(f => _workspace.Find(f) is not { IsBeingChecked: true });
            _isRunning = _files.Count > 0;
            if (!_isRunning) return null;
            var words = $"{Path.GetFileName(_files[0])}: {StepOf(_workspace.Find(_files[0]))}";
            return _files.Count == 1 ? words : $"{words} ({_files.Count - 1} more)";
        }
    }

    private static string StepOf(FileSnapshot? snapshot) => snapshot switch
    {
        null or { Setup: null } => "finding its headers; a missing vmlinux.h is made once",
        { Last: null } => "parsing for the first time",
        { Last: { } last } when last.Document.Version != snapshot.Document.Version => "parsing",
        _ => "judging",
    };
}
