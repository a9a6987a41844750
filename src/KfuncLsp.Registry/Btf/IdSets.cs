using System.Buffers.Binary;
using System.Collections.Immutable;

namespace KfuncLsp.Registry.Btf;

/// <summary>A member of an id set: a function and its flag word.</summary>
public sealed record IdSetEntry(BtfFunction Function, uint Flags);

/// <summary>A set of function ids with flags, as built into a kernel or module; its name is gone.</summary>
/// <remarks><see cref="IsMarked"/>: its flag word says that it holds kfuncs, which sets do from 6.8 on.</remarks>
public sealed record IdSet(string Owner, ulong Address, bool IsMarked, ImmutableArray<IdSetEntry> Entries)
{
    /// <summary>Entries without a function: a weak one that the configuration leaves out.</summary>
    public int Unresolved { get; init; }

    public IEnumerable<string> Names => Entries.Select(e => e.Function.Name);
}

/// <summary>Finds the <c>btf_id_set8</c>s in a <c>.BTF_ids</c> section, which has no symbols left.</summary>
/// <remarks>
/// A set is a count, a flag word, and as many pairs of a function's id and its flags, sorted by id. No other list in
/// the section looks so: a word that could be a count is followed by 0 or 1, and then every other word names a function.
/// Source: include/linux/btf_ids.h, struct btf_id_set8; tools/bpf/resolve_btfids, which sorts them.
/// </remarks>
public static class IdSets
{
    private const uint KfuncsMark = 1;
    private const uint MostFlags = 1 << 24;
    private const uint MostEntries = 1 << 12;

    /// <summary>The sets of a section.</summary>
    /// <remarks>Errors: none and the reason, for a section that ends within a set.</remarks>
    public static (ImmutableArray<IdSet> Sets, string? Error) In(ElfSection section, KernelBtf btf, string owner)
    {
        var bytes = section.Content.Span;
        var words = new uint[bytes.Length / 4];
        for (var i = 0; i < words.Length; i++) words[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i * 4)..]);
        var sets = ImmutableArray.CreateBuilder<IdSet>();
        for (var i = 0; i + 1 < words.Length; i++)
        {
            if (IsCut(words, i, btf)) return ([], "a .BTF_ids section that ends within a kfunc set");
            if (At(words, i, btf) is { } set)
            {
                sets.Add(set with { Owner = owner, Address = section.Address + ((ulong)i * 4) });
                i += 1 + (2 * (int)words[i]);
            }
        }

        return (sets.ToImmutable(), null);
    }

    /// <summary>Whether a marked set begins here that is longer than the rest of the section, all of which fits it.</summary>
    private static bool IsCut(uint[] words, int start, KernelBtf btf)
    {
        var rest = words.Length - start - 2;
        if (rest < 2 || words[start + 1] != KfuncsMark || words[start] > MostEntries || 2L * words[start] <= rest) return false;
        for (var i = start + 2; i + 1 < words.Length; i += 2)
            if (words[i] == 0 || words[i + 1] >= MostFlags || btf.FindFunction((int)words[i]) is null) return false;
        return true;
    }

    private static IdSet? At(uint[] words, int start, KernelBtf btf)
    {
        var (count, mark) = (words[start], words[start + 1]);
        if (count == 0 || mark > KfuncsMark || start + 2 + (2L * count) > words.Length) return null;
        var entries = ImmutableArray.CreateBuilder<IdSetEntry>();
        var last = 0u;
        for (var i = start + 2; i < start + 2 + (2 * (int)count); i += 2)
        {
            var (id, flags) = (words[i], words[i + 1]);
            if (id < last || flags >= MostFlags) return null;
            last = id;
            if (id == 0) continue;
            if (btf.FindFunction((int)id) is not { } function) return null;
            entries.Add(new(function, flags));
        }

        return entries.Count == 0 ? null : new("", 0, mark == KfuncsMark, entries.ToImmutable()) { Unresolved = (int)count - entries.Count };
    }
}
