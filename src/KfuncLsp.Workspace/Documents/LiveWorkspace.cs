using System.Collections.Concurrent;
using System.Collections.Immutable;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Documents;

/// <summary>The open files of an editor and what is known of each: the only state that changes.</summary>
/// <remarks>
/// Edits come in one after the other; each makes a new immutable document and sets the file's worker on it. Readers take a
/// <see cref="FileSnapshot"/> and never wait for a worker.
/// </remarks>
public sealed class LiveWorkspace(WorkspaceServices services) : IAsyncDisposable
{
    private sealed class OpenFile(TextDocument document, FileWorker worker)
    {
        public FileWorker Worker { get; } = worker;
        public volatile TextDocument Document = document;
        public volatile ProjectSetup? Setup;
        public volatile DocumentCheck? Last;
        public volatile DocumentCheck? LastWhole;
        public volatile DocumentCheck? Judged;
        public volatile RecordedStates? States;
        public volatile string? Failure;
    }

    private readonly ConcurrentDictionary<string, OpenFile> _files = new(StringComparer.Ordinal);

    /// <summary>A file is to be checked: it was opened or edited, or what it depends on has changed. Called by whoever asked for it.</summary>
    public event Action<string>? CheckBegun;

    /// <summary>A version of a file was checked, and no newer one is known. Called on the file's worker.</summary>
    public event Action<DocumentCheck>? Checked;

    /// <summary>What the programs of a checked version hold is known, too. Called on the file's worker.</summary>
    public event Action<DocumentCheck>? Observed;

    /// <summary>A check broke off for a fault of ours. Called on the file's worker.</summary>
    public event Action<TextDocument, Exception>? CheckFailed;

    public IEnumerable<string> OpenPaths => _files.Keys;

    /// <summary>The processes that parse, for open files and for others.</summary>
    public IEnumerable<ParserStatus> Parsers =>
        services.UnitsOfClosedFiles == services.Units ? services.Units.Parsers : services.Units.Parsers.Concat(services.UnitsOfClosedFiles.Parsers);

    /// <summary>Gets ready for files of a directory. Does not wait for it.</summary>
    public void Prepare(string directory) => services.Units.Begin(directory);

    public void Open(TextDocument document)
    {
        var worker = new FileWorker(this, services);
        if (_files.TryRemove(document.Path, out var old)) _ = old.Worker.DisposeAsync();
        var file = _files[document.Path] = new(document, worker);
        Begin(file);
        RecheckIncluders(document.Path);
    }

    /// <summary>Errors: false where the file is not open.</summary>
    public bool Apply(string path, int version, IReadOnlyList<TextChange> changes, PositionEncoding encoding)
    {
        if (!_files.TryGetValue(path, out var file)) return false;
        file.Document = file.Document.With(version, changes, encoding);
        Begin(file);
        RecheckIncluders(path);
        return true;
    }

    public void Saved(string path)
    {
        if (!_files.TryGetValue(path, out var file)) return;
        file.Document = file.Document with { IsDirty = false };
        RecheckIncluders(path);
    }

    public async Task CloseAsync(string path)
    {
        if (!_files.TryRemove(path, out var file)) return;
        await file.Worker.DisposeAsync();
        if (!_files.ContainsKey(path)) await services.Units.CloseAsync(path);
        if (file.Document.IsDirty) RecheckIncluders(path);
    }

    /// <summary>What is known of a file now; null where it is not open.</summary>
    public FileSnapshot? Find(string path) =>
        _files.TryGetValue(path, out var file) ? new(file.Document, file.Last, file.LastWhole)
        {
            Setup = file.Setup, Judged = file.Judged, States = file.States, IsBeingChecked = file.Worker.Newest is { IsCompleted: false }, Failure = file.Failure,
        }
        : null;

    /// <summary>The check of the newest version.</summary>
    /// <remarks>Errors: cancelled when a newer version comes first; null where the file is not open.</remarks>
    public Task<DocumentCheck>? NewestCheck(string path) => _files.TryGetValue(path, out var file) ? file.Worker.Newest : null;

    /// <summary>Checks every open file again, reading anew what lies on disk around them.</summary>
    public void RecheckAll()
    {
        services.Projects.Forget();
        foreach (var file in _files.Values) Begin(file);
    }

    /// <summary>Checks the open files again that read any of these files.</summary>
    public void RecheckReaders(IReadOnlySet<string> paths)
    {
        foreach (var (path, file) in _files)
            if (!paths.Contains(path) && file.Last is { } last && last.Unit.Files.Any(paths.Contains)) Begin(file);
    }

    /// <summary>Checks a file as it lies on disk, without opening it.</summary>
    /// <remarks>Errors: null where it cannot be read.</remarks>
    public async Task<DocumentCheck?> CheckOnDiskAsync(string path, CancellationToken cancel)
    {
        try
        {
            var document = new TextDocument(path, 0, new LineIndex(PlainFile.ReadBytes(path)));
            var overlays = OverlaysFor(path);
            var check = await Task.Run(() => new DocumentChecker(services, services.UnitsOfClosedFiles).CheckAsync(document, overlays, null, null, cancel), cancel);
            await services.UnitsOfClosedFiles.CloseAsync(path);
            return check;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var path in _files.Keys) await CloseAsync(path);
        await services.Units.DisposeAsync();
        await services.UnitsOfClosedFiles.DisposeAsync();
    }

    /// <summary>Unsaved files that others may include.</summary>
    internal ImmutableDictionary<string, ReadOnlyMemory<byte>> OverlaysFor(string path) =>
        _files.Where(f => f.Key != path && f.Value.Document.IsDirty).ToImmutableDictionary(f => f.Key, f => f.Value.Document.Text);

    internal void Prepared(string path, ProjectSetup setup)
    {
        if (_files.TryGetValue(path, out var file)) file.Setup = setup;
    }

    /// <summary>A version was parsed: hover and completion may use it while it is judged.</summary>
    internal void Parsed(DocumentCheck parsed)
    {
        if (_files.TryGetValue(parsed.Document.Path, out var file)) Keep(file, parsed);
    }

    internal void Finished(DocumentCheck check)
    {
        if (!_files.TryGetValue(check.Document.Path, out var file)) return;
        Keep(file, check);
        file.Judged = check;
        file.Failure = null;
        Checked?.Invoke(check);
    }

    /// <summary>The states of a check that is finished.</summary>
    internal void Recorded(RecordedStates states)
    {
        if (_files.TryGetValue(states.Check.Document.Path, out var file)) file.States = states;
        Observed?.Invoke(states.Check);
    }

    internal void Failed(TextDocument document, Exception error)
    {
        if (_files.TryGetValue(document.Path, out var file)) file.Failure = error.Message;
        CheckFailed?.Invoke(document, error);
    }

    private static void Keep(OpenFile file, DocumentCheck check)
    {
        file.Last = check;
        if (check.IsWhole || file.LastWhole is not { IsWhole: true }) file.LastWhole = check;
    }

    private void Begin(OpenFile file)
    {
        file.Worker.Post(file.Document);
        CheckBegun?.Invoke(file.Document.Path);
    }

    private void RecheckIncluders(string path)
    {
        if (_files.Count > 1) RecheckReaders(new HashSet<string>(StringComparer.Ordinal) { path });
    }
}
