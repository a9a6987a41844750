using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Mutation.Compiling;
using KfuncLsp.Mutation.Editing;
using KfuncLsp.Mutation.Syntax;
using KfuncLsp.Registry;

namespace KfuncLsp.Mutation.Comparing;

/// <summary>Makes mutants of programs: as many of each kind of edit as there are to be had.</summary>
internal sealed class MutantMaker(MutationOptions options, KernelModel model, Clang clang, string folder)
{
    /// <summary>The mutants that compile to other code than their original, with their objects in <paramref name="objects"/>.</summary>
    public async Task<ImmutableArray<Mutant>> MakeAsync(IReadOnlyList<string> files, string objects, CancellationToken cancel)
    {
        var random = new Random(options.Seed);
        var originals = await OriginalsAsync(files, objects, cancel);
        var chosen = Choose(files.Where(originals.ContainsKey), random);
        var made = new ConcurrentBag<Mutant>();
        var next = 0;
        var seen = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(chosen, cancel, async (mutant, cancel) =>
        {
            if (Volatile.Read(ref next) >= options.Mutants) return;
            var output = Path.Combine(objects, mutant.Name + ".o");
            if (!await clang.CompileAsync(mutant.Text, folder, output, cancel)) return;
            var digest = ObjectCode.Digest(await File.ReadAllBytesAsync(output, cancel));
            var isNew = mutant.Kind.ChangesOnlyDeclarations || digest != originals[mutant.File] && seen.TryAdd(mutant.File + digest, true);
            if (isNew && Interlocked.Increment(ref next) <= options.Mutants) made.Add(mutant);
            else File.Delete(output);
        });
        return [.. made.OrderBy(m => m.Number)];
    }

    private async Task<Dictionary<string, string>> OriginalsAsync(IReadOnlyList<string> files, string objects, CancellationToken cancel)
    {
        var digests = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(files, cancel, async (file, cancel) =>
        {
            var output = Path.Combine(objects, file + ".o");
            var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(folder, file), cancel));
            if (await clang.CompileAsync(text, folder, output, cancel)) digests[file] = ObjectCode.Digest(await File.ReadAllBytesAsync(output, cancel));
            File.Delete(output);
        });
        return digests.ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>All edits of all programs, in an order that takes the kinds in turn.</summary>
    private List<Mutant> Choose(IEnumerable<string> files, Random random)
    {
        var byKind = EditKind.All.Where(k => k.Name.Contains(options.Kind, StringComparison.Ordinal)).ToDictionary(k => k, _ => new List<(string File, Edit Edit, string Text)>());
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file);
            var command = CompileCommandResolver.Resolve(path, CompileSettings.Default with { ExtraArguments = options.IncludeArguments })[0];
            if (SyntaxTree.Parse(path, command.Arguments) is not { } tree) continue;
            var subject = new Subject(tree, model, random);
            foreach (var (kind, list) in byKind)
                foreach (var edit in kind.Find(subject))
                    if (edit.Apply(tree.Text) is { } text && text != tree.Text) list.Add((file, edit, text));
        }

        foreach (var list in byKind.Values) random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list));
        var turns = byKind.Values.Max(l => l.Count);
        return [.. Enumerable.Range(0, turns).SelectMany(turn => byKind.Where(k => turn < k.Value.Count).Select(k => (k.Key, k.Value[turn])))
            .Select((m, i) => new Mutant(i, m.Item2.File, m.Key, m.Item2.Edit, m.Item2.Text))];
    }
}
