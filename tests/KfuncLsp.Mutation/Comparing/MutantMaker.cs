using System.Collections.Concurrent;
using System.Text;
using KfuncLsp.Mutation.Compiling;

namespace KfuncLsp.Mutation.Comparing;

/// <summary>Compiles mutants, and drops those that are none: what clang refuses, and what comes to the code of the original or of another mutant.</summary>
internal sealed class MutantMaker(Clang clang, string folder, string objects)
{
    /// <summary>So many are compiled at once.</summary>
    private const int Batch = 24;

    private readonly Dictionary<string, string?> _originals = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public string ObjectOf(Mutant mutant) => Path.Combine(objects, mutant.Name + ".o");

    /// <summary>The first mutants of a sequence whose code is new, <paramref name="count"/> or the few more that are compiled with the last; each has its object.</summary>
    public async Task<IReadOnlyList<Mutant>> MakeAsync(IEnumerable<Mutant> candidates, int count, CancellationToken cancel)
    {
        var made = new List<Mutant>();
        foreach (var batch in candidates.Chunk(Batch))
        {
            var digests = new ConcurrentDictionary<int, string>();
            await CompileOriginalsAsync(batch.Select(m => m.File), cancel);
            await Parallel.ForEachAsync(batch, cancel, async (mutant, cancel) =>
            {
                if (await DigestAsync(mutant.Text, ObjectOf(mutant), cancel) is { } digest) digests[mutant.Number] = digest;
            });
            foreach (var mutant in batch)
            {
                if (digests.TryGetValue(mutant.Number, out var digest) && IsNew(mutant, digest)) made.Add(mutant);
                else File.Delete(ObjectOf(mutant));
            }

            if (made.Count >= count) break;
        }

        return made;
    }

    private bool IsNew(Mutant mutant, string digest) =>
        _originals[mutant.File] is { } original && (mutant.Kind.ChangesOnlyDeclarations || (digest != original && _seen.Add(mutant.File + digest)));

    private async Task CompileOriginalsAsync(IEnumerable<string> files, CancellationToken cancel)
    {
        var digests = new ConcurrentDictionary<string, string?>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(files.Distinct().Where(f => !_originals.ContainsKey(f)), cancel, async (file, cancel) =>
        {
            var output = Path.Combine(objects, file + ".o");
            var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(folder, file), cancel));
            digests[file] = await DigestAsync(text, output, cancel);
            File.Delete(output);
        });
        foreach (var (file, digest) in digests) _originals[file] = digest;
    }

    /// <summary>What the compiler makes of a text, as <see cref="ObjectCode.Digest"/> has it; null where it refuses the text.</summary>
    private async Task<string?> DigestAsync(string text, string output, CancellationToken cancel) =>
        await clang.CompileAsync(text, folder, output, cancel) ? ObjectCode.Digest(await File.ReadAllBytesAsync(output, cancel)) : null;
}
