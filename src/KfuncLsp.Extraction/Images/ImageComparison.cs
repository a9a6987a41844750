using System.Collections.Immutable;
using System.Numerics;
using KfuncLsp.Registry.Btf;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Images;

/// <summary>A difference between what a tree says and what its built image says of a kfunc, with what explains it.</summary>
/// <remarks><see cref="Kind"/> is <c>missing</c>, <c>extra</c>, <c>flags</c> or <c>prototype</c>; <see cref="Explanation"/> is empty where nothing does.</remarks>
public sealed record ImageDifference(string Name, string Kind, string Tree, string Image, string Explanation);

/// <summary>Holds a tree's facts against a second, independent way of reading the same kernel: its image's BTF and id sets.</summary>
public static class ImageComparison
{
    public static (int Equal, ImmutableArray<ImageDifference> Differences) Between(RegistryFacts tree, ImageReading reading)
    {
        var bits = tree.FlagBits.ToDictionary(b => b.Bit, b => b.Flag);
        var fmodRet = tree.FmodRet.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var image = reading.Sets.SelectMany(s => s.Entries).GroupBy(e => e.Function.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var differences = ImmutableArray.CreateBuilder<ImageDifference>();
        var equal = 0;
        foreach (var kfunc in tree.Kfuncs)
        {
            if (!image.TryGetValue(kfunc.Name, out var entries))
            {
                differences.Add(new(kfunc.Name, "missing", "registered", "", string.Join(", ", MissingOptions.Of(kfunc, reading.Config))));
                continue;
            }

            var before = differences.Count;
            // One set after the other: a kfunc that is in two sets has two flag words, as in the tree.
            var (here, there) = (FlagWords(kfunc.Sets.Select(s => s.Flags)), FlagWords(entries.Select(e => Names(e.Flags, bits))));
            if (here != there) differences.Add(new(kfunc.Name, "flags", here, there, ""));
            var prototype = BtfPrototypes.Of(entries[0].Function, Names(entries[0].Flags, bits), reading.Image.Btf.FindFunction);
            var (said, built) = (Text(kfunc.Prototype, kfunc.Name), Text(prototype, kfunc.Name));
            if (said != built) differences.Add(new(kfunc.Name, "prototype", said, built, WhyItsOwn(kfunc, prototype, reading.Image.Btf)));
            if (differences.Count == before) equal++;
        }

        string Text(PrototypeFact? prototype, string name) => PrototypeText(prototype, isShared: image.ContainsKey(name + "_impl"));

        var known = tree.Kfuncs.Select(k => k.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in image.Keys.Where(n => !known.Contains(n)).Order(StringComparer.Ordinal))
            differences.Add(new(name, "extra", "", "registered", fmodRet.Contains(name) ? "an fmod_ret target, which this release's sets do not tell apart" : ""));
        return (equal, differences.ToImmutable());
    }

    /// <summary>The same with nothing but a kernel's BTF: only prototypes, and only of functions that it tags as kfuncs.</summary>
    /// <remarks>A kfunc that the BTF lacks is no difference: it may be in a module, or off.</remarks>
    public static (int Equal, ImmutableArray<ImageDifference> Differences) Between(RegistryFacts tree, KernelBtf btf)
    {
        var differences = ImmutableArray.CreateBuilder<ImageDifference>();
        var known = tree.Kfuncs.ToDictionary(k => k.Name, StringComparer.Ordinal);
        var fmodRet = tree.FmodRet.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var equal = 0;
        foreach (var function in btf.Kfuncs.Values.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            if (!known.TryGetValue(function.Name, out var kfunc))
            {
                if (!fmodRet.Contains(function.Name)) differences.Add(new(function.Name, "extra", "", function.ToString(), ""));
                continue;
            }

            var built = BtfPrototypes.Of(function, [.. kfunc.Sets.SelectMany(s => s.Flags)], btf.FindFunction);
            var isShared = known.ContainsKey(kfunc.Name + "_impl");
            var (said, own) = (PrototypeText(kfunc.Prototype, isShared), PrototypeText(built, isShared));
            if (said == own) equal++;
            else differences.Add(new(function.Name, "prototype", said, own, ""));
        }

        return (equal, differences.ToImmutable());
    }

    /// <summary>A prototype to compare: where an older kfunc bears the name of the whole one, BTF has that one's, and what is hidden is only counted.</summary>
    private static string PrototypeText(PrototypeFact? prototype, bool isShared) =>
        prototype is null ? ""
        : !isShared ? BtfPrototypes.Text(prototype)
        : BtfPrototypes.Text(prototype with { Parameters = [.. prototype.Parameters.Select(p => p.Implicit ? new ParameterFact("", "") { Implicit = true } : p)] });

    /// <summary>Why an image has another prototype than its tree: a build that did not tag a kfunc left in it what the verifier fills in.</summary>
    /// <remarks>Source: 7.2 tools/bpf/resolve_btfids/main.c, collect_kfuncs, which looks at tagged functions only; 7.3's sets the tags by itself.</remarks>
    private static string WhyItsOwn(KfuncFact tree, PrototypeFact image, KernelBtf btf) =>
        btf.TagsKfuncs && !btf.Kfuncs.ContainsKey(tree.Name) && btf.FindFunction(tree.Name + "_impl") is null && tree.Prototype is { } own && own.Parameters.Any(p => p.Implicit)
            && BtfPrototypes.Text(own with { Parameters = [.. own.Parameters.Select(p => p with { Implicit = false })] }) == BtfPrototypes.Text(image)
            ? "its build did not tag it bpf_kfunc, which leaves implicit arguments in" : "";

    private static ImmutableArray<string> Names(uint word, Dictionary<int, string> bits)
    {
        var names = new List<string>();
        for (; word != 0; word &= word - 1) names.Add(bits.GetValueOrDefault(BitOperations.TrailingZeroCount(word), $"bit {BitOperations.TrailingZeroCount(word)}"));
        return [.. names.Order(StringComparer.Ordinal)];
    }

    private static string FlagWords(IEnumerable<ImmutableArray<string>> sets) => string.Join(" and ", sets.Select(s => s.IsEmpty ? "none" : string.Join(' ', s)).Distinct().Order(StringComparer.Ordinal));
}
