using System.Threading.Channels;

namespace KfuncLsp.Workspace.Documents;

/// <summary>Checks one file, the newest version first and only: a version that is overtaken while it is being checked is given up.</summary>
internal sealed class FileWorker : IAsyncDisposable
{
    private sealed record Job(TextDocument Document, CancellationTokenSource Cancel, TaskCompletionSource<DocumentCheck> Done);

    /// <summary>For what is waited for: the diagnostics on their way, and the questions that an editor asks when it has them.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly LiveWorkspace _workspace;
    private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>(new() { SingleReader = true });
    private readonly DocumentChecker _checker;
    private readonly StateRecording _states;
    private readonly Task _loop;
    private readonly Lock _gate = new();
    private Job? _newest;

    public FileWorker(LiveWorkspace workspace, WorkspaceServices services)
    {
        _workspace = workspace;
        _checker = new(services, services.Units);
        _states = new(services);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>The check of the newest version; cancelled when a newer one comes.</summary>
    public Task<DocumentCheck>? Newest
    {
        get { lock (_gate) return _newest?.Done.Task; }
    }

    public void Post(TextDocument document)
    {
        var job = new Job(document, new(), new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            _newest?.Cancel.Cancel();
            _newest = job;
        }

        _jobs.Writer.TryWrite(job);
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate) _newest?.Cancel.Cancel();
        _jobs.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        await foreach (var job in _jobs.Reader.ReadAllAsync())
        {
            try
            {
                job.Cancel.Token.ThrowIfCancellationRequested();
                var overlays = _workspace.OverlaysFor(job.Document.Path);
                var check = await _checker.CheckAsync(job.Document, overlays, _workspace.Prepared, _workspace.Parsed, job.Cancel.Token);
                job.Cancel.Token.ThrowIfCancellationRequested();
                _workspace.Finished(check);
                job.Done.TrySetResult(check);

                // Nobody waits for this, and a newer version ends it.
                if (!check.IsWhole || _checker.Keys is not { } keys) continue;
                await Task.Delay(s_pause, job.Cancel.Token);
                if (_states.Record(check, keys, job.Cancel.Token) is { } states) _workspace.Recorded(states);
            }
            catch (OperationCanceledException)
            {
                job.Done.TrySetCanceled();
            }
            catch (Exception error)
            {
                _workspace.Failed(job.Document, error);
                job.Done.TrySetCanceled();
            }
        }
    }
}
