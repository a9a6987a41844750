using System.Buffers.Binary;
using System.Collections.Immutable;
using KfuncLsp.Registry.Btf;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Images;

/// <summary>Sets of LSM hooks, read out of an image: which may sleep, which are disabled, whose arguments nobody trusts.</summary>
/// <remarks>
/// A plain id set is a count and as many ids, sorted. Its name is gone: it is the tree's set that shares most hooks with it.
/// A hook whose function the image lacks is off there, and stays as the tree has it.
/// Source: include/linux/btf_ids.h, struct btf_id_set; kernel/bpf/bpf_lsm.c.
/// </remarks>
internal static class LsmSets
{
    private const string Prefix = "bpf_lsm_";
    private const uint MostHooks = 1 << 9;
    private const double Alike = 0.5;

    public static ImmutableArray<NameSetFact> Of(ImageReading reading, ImmutableArray<NameSetFact> tree, string release)
    {
        var read = In(reading.Image.Elf.Section(".BTF_ids")!.Content.Span, reading.Image.Btf).ToList();
        return [.. tree.Select(Read)];

        NameSetFact Read(NameSetFact set)
        {
            var known = set.Names.Where(n => Has(n.Name)).ToDictionary(n => n.Name, StringComparer.Ordinal);
            var (best, share) = read.Select(r => (Set: r, Share: Share(known.Keys, r))).OrderByDescending(r => r.Share).FirstOrDefault();
            if (best is null || share < Alike) return set;
            var own = best.Select(n => known.GetValueOrDefault(n) ?? new(n, [], $"{ImageReading.Vmlinux}@{release}"));
            return set with { Names = [.. own.Concat(set.Names.Where(n => !Has(n.Name))).OrderBy(n => n.Name, StringComparer.Ordinal)] };
        }

        bool Has(string hook) => reading.Image.Btf.FindFunction(Prefix + hook) is not null;
    }

    private static double Share(IReadOnlyCollection<string> tree, HashSet<string> image)
    {
        var common = tree.Count(image.Contains);
        return common / (double)Math.Max(1, tree.Count + image.Count - common);
    }

    private static List<HashSet<string>> In(ReadOnlySpan<byte> bytes, KernelBtf btf)
    {
        var sets = new List<HashSet<string>>();
        for (var at = 0; at + 4 <= bytes.Length; at += 4)
        {
            var count = Word(bytes, at);
            if (count is 0 or > MostHooks || at + (4 * (count + 1L)) > bytes.Length || Hooks(bytes.Slice(at + 4, (int)count * 4), btf) is not { Count: > 0 } names) continue;
            sets.Add(names);
            at += (int)count * 4;
        }

        return sets;
    }

    /// <summary>The hooks of a set; null where a word is no hook's id, or out of order. Ids of hooks that are off are 0.</summary>
    private static HashSet<string>? Hooks(ReadOnlySpan<byte> ids, KernelBtf btf)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var last = 0u;
        for (var at = 0; at < ids.Length; at += 4)
        {
            var id = Word(ids, at);
            if (id < last) return null;
            last = id;
            if (id == 0) continue;
            if (btf.FindFunction((int)id)?.Name is not { } name || !name.StartsWith(Prefix, StringComparison.Ordinal)) return null;
            names.Add(name[Prefix.Length..]);
        }

        return names;
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
