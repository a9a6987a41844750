using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Extraction.Verifier;
using KfuncLsp.Registry.Btf;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Images;

/// <summary>Which arguments of raw tracepoints may be NULL, read out of an image.</summary>
/// <remarks>
/// The table has no symbol, but a form: rows of a pointer to a name and a mask whose digits are 0, 1 and 2. Of the runs of
/// such rows it is the one with the trees' names in it.
/// Source: kernel/bpf/btf.c, raw_tp_null_args.
/// </remarks>
internal static class TracepointMasks
{
    private const int RowSize = 16;
    private const int FewestRows = 16;
    private const int LongestName = 80;

    /// <summary>The table; null where none is found.</summary>
    public static ImmutableArray<TracepointFact>? Of(KernelImage image, ImmutableArray<TracepointFact> tree, string release)
    {
        var known = tree.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var sections = image.Elf.Sections.Where(s => s.Name.StartsWith(".rodata", StringComparison.Ordinal)).ToArray();
        var best = sections.SelectMany(s => Runs(s, sections)).MaxBy(r => r.Count(t => known.Contains(t.Name)));
        if (best is null || 2 * best.Count(t => known.Contains(t.Name)) < best.Count) return null;
        return [.. best.Select(t => new TracepointFact(t.Name, TracepointTable.Digits(t.Mask), $"{ImageReading.Vmlinux}@{release}")).OrderBy(t => t.Name, StringComparer.Ordinal)];
    }

    private static List<List<(string Name, ulong Mask)>> Runs(ElfSection section, ElfSection[] sections)
    {
        var bytes = section.Content.Span;
        var runs = new List<List<(string, ulong)>>();
        for (var at = 0; at + RowSize <= bytes.Length; at += RowSize / 2)
        {
            var run = new List<(string, ulong)>();
            for (var row = at; row + RowSize <= bytes.Length && Row(bytes.Slice(row, RowSize), sections) is { } one; row += RowSize) run.Add(one);
            if (run.Count < FewestRows) continue;
            runs.Add(run);
            at += RowSize * (run.Count - 1);
        }

        return runs;
    }

    private static (string Name, ulong Mask)? Row(ReadOnlySpan<byte> row, ElfSection[] sections)
    {
        var mask = BinaryPrimitives.ReadUInt64LittleEndian(row[8..]);
        if ((mask & 0xcccccccccccccccc) != 0 || (mask & (mask >> 1) & 0x1111111111111111) != 0) return null;
        var name = Name(BinaryPrimitives.ReadUInt64LittleEndian(row), sections);
        return name is null ? null : (name, mask);
    }

    private static string? Name(ulong address, ElfSection[] sections)
    {
        foreach (var section in sections)
        {
            if (address < section.Address || address - section.Address >= (ulong)section.Content.Length) continue;
            var text = section.Content.Span[(int)(address - section.Address)..];
            text = text[..Math.Min(text.Length, LongestName)];
            var length = text.IndexOf((byte)0);
            if (length <= 0) return null;
            foreach (var c in text[..length])
                if (!char.IsAsciiLetterOrDigit((char)c) && c != '_') return null;
            return Encoding.ASCII.GetString(text[..length]);
        }

        return null;
    }
}
