using System.Collections.Concurrent;
using KfuncLsp.Frontend.Interop;
using KfuncLsp.Frontend.Parsing;

namespace KfuncLsp.Frontend.Preambles;

/// <summary>Where a parser takes preambles from, and has those made that are missing, on a thread of its own.</summary>
/// <remarks>
/// A file whose preamble is not there yet is parsed without one, which is the quickest way to a first answer; the next parse has it.
/// </remarks>
internal sealed class PreambleShelf(PreambleStore store, bool makesWhole, string? libclang) : IDisposable
{
    private readonly ConcurrentDictionary<PreambleKey, bool> _unusable = [];
    private readonly ConcurrentDictionary<PreambleKey, bool> _inWork = [];
    private readonly BlockingCollection<Action> _work = [];
    private Thread? _maker;

    /// <summary>How to parse a request now.</summary>
    public ParsePlan PlanFor(UnitRequest request)
    {
        if ((request.Text ?? ReadFile(request.File)) is not { } text || Preambles(request, text.Span) is not { } preambles) return ParsePlan.InMemory(request);

        var (shared, whole) = preambles;
        if (request.IsAfterCrash)
        {
            // It may have been the precompiled form that ended the process.
            store.Discard(whole.Key);
            store.Discard(shared.Key);
            return ParsePlan.InMemory(request);
        }

        if (store.Find(whole.Key) is { } found) return Use(found, whole.Length);
        if (store.Find(shared.Key) is { } half) return Use(half, shared.Length);
        return new(text, null, 0, _unusable.ContainsKey(shared.Key) && ParsePlan.MayKeep(request.Text)) { Preambles = preambles };

        ParsePlan Use(StoredPreamble stored, int covered) =>
            request.Overlays.Count > 0 && stored.Files.Any(f => request.Overlays.ContainsKey(f.Path)) ? ParsePlan.InMemory(request)
            : new(text, stored, covered, KeepsInMemory: false) { Preambles = preambles };
    }

    /// <summary>Has the preambles of a request made, if they are missing. Does not wait.</summary>
    public void Want(UnitRequest request, ParsePlan plan)
    {
        if (plan.KeepsInMemory || plan.Preambles is not { } preambles) return;
        var wanted = makesWhole ? preambles.Whole : preambles.Shared;
        if (plan.Stored?.Key == wanted.Key || plan.Stored?.Key == preambles.Whole.Key || _unusable.ContainsKey(wanted.Key) || !_inWork.TryAdd(wanted.Key, true)) return;
        _maker ??= LargeStack.Start(MakeAll);
        _work.Add(() => Make(preambles, request.Arguments));
    }

    /// <summary>Forgets a preamble that clang refused.</summary>
    public void Discard(StoredPreamble stored)
    {
        store.Discard(stored.Key);
        _unusable[stored.Key] = true;
    }

    /// <inheritdoc cref="PreambleStore.Abandon"/>
    public void Abandon() => store.Abandon();

    /// <summary>Waits for what is in work.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        _maker?.Join();
    }

    private void MakeAll()
    {
        foreach (var make in _work.GetConsumingEnumerable())
        {
            make();
            if (_work.Count == 0) PreambleCompiler.ReleaseMemory();
        }
    }

    private void Make((PreambleText Shared, PreambleText Whole) preambles, IReadOnlyList<string> arguments)
    {
        var (shared, whole) = preambles;
        if (!store.Add(shared.Key, null, path => PreambleCompiler.Compile(shared, null, arguments, path, libclang))) _unusable[shared.Key] = true;
        if (makesWhole && store.Find(shared.Key) is { } under
            && !store.Add(whole.Key, under, path => PreambleCompiler.Compile(whole, under, arguments, path, libclang))) _unusable[whole.Key] = true;
        _inWork.TryRemove(makesWhole ? whole.Key : shared.Key, out _);
    }

    private (PreambleText Shared, PreambleText Whole)? Preambles(UnitRequest request, ReadOnlySpan<byte> text) =>
        PreambleText.Of(request.File, text, request.Arguments, Libclang.Load(libclang).Version);

    private static ReadOnlyMemory<byte>? ReadFile(string file)
    {
        try
        {
            return PlainFile.ReadBytes(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
