using System.Collections.Immutable;
using System.Threading.Channels;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;
using KfuncLsp.Workspace.Caching;
using KfuncLsp.Workspace.Checking;

namespace KfuncLsp.Workspace.Documents;

/// <summary>Checks one file, the newest version first and only: a version that is overtaken while it is being checked is given up.</summary>
internal sealed class FileWorker : IAsyncDisposable
{
    private sealed record Job(TextDocument Document, CancellationTokenSource Cancel, TaskCompletionSource<DocumentCheck> Done);

    private readonly LiveWorkspace _workspace;
    private readonly WorkspaceServices _services;
    private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>(new() { SingleReader = true });
    private readonly ReportCache _cache = new();
    private readonly UnitCheck _check;
    private readonly Task _loop;
    private readonly Lock _gate = new();
    private Job? _newest;

    public FileWorker(LiveWorkspace workspace, WorkspaceServices services)
    {
        _workspace = workspace;
        _services = services;
        _check = new(services, _cache);
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
                var check = await CheckAsync(job.Document, job.Cancel.Token);
                job.Cancel.Token.ThrowIfCancellationRequested();
                _workspace.Finished(check);
                job.Done.TrySetResult(check);
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

    private async Task<DocumentCheck> CheckAsync(TextDocument document, CancellationToken cancel)
    {
        var setup = _services.Projects.SetupOf(document.Path, document.Text);
        if (!BpfFile.LooksLikeBpf(document.Path, document.Text.Span)) return NotChecked(document, setup, "nothing in it looks like a BPF program");

        var request = new UnitRequest(document.Path, document.Text, setup.Command.Arguments) { Overlays = _workspace.OverlaysFor(document.Path) };
        var unit = await _services.Units.ParseAsync(request, cancel);
        _workspace.Parsed(document, setup, unit);
        var reports = _check.Run(unit, setup, cancel);
        var file = new CheckedFile(document.Path, setup.Command, unit, reports)
        {
            Findings = FindingMerger.ByPlace(RuleOverrides.Apply(FindingMerger.Merge(unit, reports), setup.Configuration)),
            Issues = [.. setup.Command.Issues, .. unit.Issues],
        };
        return new(document, setup, file) { Cache = _cache.Use, Faults = _check.Faults };
    }

    private static DocumentCheck NotChecked(TextDocument document, ProjectSetup setup, string reason)
    {
        var unit = new UnitIr { MainFile = document.Path, Files = [document.Path] };
        return new(document, setup, new(document.Path, setup.Command, unit, ImmutableArray<Analysis.UnitReport>.Empty)) { NotChecked = reason };
    }
}
