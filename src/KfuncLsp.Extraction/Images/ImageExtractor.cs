using System.Collections.Immutable;
using System.Numerics;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Btf;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Images;

/// <summary>Reads a built kernel into facts.</summary>
/// <remarks>
/// Names, prototypes, flags and sets are the image's own. Hooks are those of the set of the nearest tree that shares most
/// names with the image's; filters, options and all that the verifier goes by come from there too. Each kfunc says in
/// <see cref="KfuncFact.Inferred"/> what of it was taken from where.
/// </remarks>
public static class ImageExtractor
{
    /// <summary>The facts of an image.</summary>
    /// <remarks>Errors: null facts and the reasons, for a file that is no kernel or is damaged: never a part of it.</remarks>
    public static (RegistryFacts? Facts, ImmutableArray<string> Issues) Extract(ImageSource source, FactSources known)
    {
        var (reading, issues) = ImageReading.Read(source);
        if (reading is null) return (null, issues);
        var nearest = RegistryFacts.Nearest(reading.Version, [.. known.Kernels.Where(k => k.Image is null)]);
        if (nearest.IsEmpty) return (null, [$"{source.File}: no model to take hooks from"]);
        var neighbours = new NeighbourFacts(nearest, [.. known.Decisions.Where(d => KernelVersion.Parse(d.Series) == reading.Version.Series)]);
        var reader = new Extraction(reading, nearest, neighbours, known, [.. issues]);
        return (reader.Facts(), reader.Issues);
    }

    private sealed class Extraction(ImageReading reading, ImmutableArray<RegistryFacts> nearest, NeighbourFacts neighbours, FactSources known, List<string> issues)
    {
        private readonly SetMatching _matching = new(nearest);
        private readonly Dictionary<int, string> _bits = nearest.SelectMany(k => k.FlagBits).GroupBy(b => b.Bit).ToDictionary(g => g.Key, g => g.First().Flag);

        /// <summary>Where a set may be that no tree knows: the hook of all programs, else every hook. Wrongly allowed is better than wrongly refused.</summary>
        private readonly ImmutableArray<string> _allHooks = nearest[0].ProgramHooks.Any(h => h.ProgramType == "UNSPEC")
            ? [nearest[0].ProgramHooks.First(h => h.ProgramType == "UNSPEC").Hook]
            : [.. nearest[0].ProgramHooks.Select(h => h.Hook).Distinct().Order(StringComparer.Ordinal)];

        private readonly ImmutableArray<ProgramHookFact> _programHooks = neighbours.Table("programHooks", k => k.ProgramHooks, h => h.ProgramType, h => h.Hook);

        private readonly HashSet<string> _attachTypes = reading.Image.Btf.Enumerators("bpf_attach_type").ToHashSet(StringComparer.Ordinal);
        private readonly string _release = reading.Version.ToString();

        public ImmutableArray<string> Issues => [.. issues];

        public RegistryFacts Facts()
        {
            var fmodRet = nearest.SelectMany(k => k.FmodRet).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
            var sets = reading.Sets.Where(s => !s.Names.All(fmodRet.Contains)).Select(s => (Image: s, Tree: _matching.Of(s))).ToList();
            foreach (var (image, tree) in sets)
                if (tree is null) issues.Add($"{image.Owner}: no tree has the set of {string.Join(", ", image.Names)}; its hooks are not known, so it is taken to be on all");
            var seen = sets.SelectMany(s => s.Image.Entries.Select(e => (Entry: e, s.Image, s.Tree))).GroupBy(e => e.Entry.Function.Name, StringComparer.Ordinal)
                .Select(g => Fact(g.Key, [.. g])).ToDictionary(k => k.Name, StringComparer.Ordinal);
            var kfuncs = seen.Values.Concat(Unseen(seen)).OrderBy(k => k.Name, StringComparer.Ordinal).ToImmutableArray();
            var facts = nearest[0] with
            {
                Release = _release,
                Kfuncs = kfuncs,
                ProgramHooks = _programHooks,
                SafeFields = neighbours.Table("safeFields", k => k.SafeFields, f => $"{f.Struct}.{f.Field}", f => f.List),
                Tracepoints = TracepointMasks.Of(reading.Image, nearest[0].Tracepoints, _release) ?? neighbours.Table("tracepoints", k => k.Tracepoints, t => t.Name, t => string.Join(',', t.Arguments)),
                Sections = neighbours.Table<SectionFact>("sections", k => [.. k.Sections.Where(HasAttachType)], s => s.Section, s => $"{s.ProgramType} {s.AttachType} {string.Join(' ', s.Flags)}"),
                Helpers = neighbours.Table("helpers", k => k.Helpers, h => h.Name, Text),
                LsmHookSets = LsmSets.Of(reading, nearest[0].LsmHookSets, _release),
                KfuncSets = [.. nearest[0].KfuncSets.Where(s => kfuncs.Any(k => k.Sets.Any(e => e.Set == s.Name)))],
                Structs = Structs(kfuncs),
                RcuNames = [.. nearest.SelectMany(k => k.RcuNames).Distinct().Order(StringComparer.Ordinal)],
            };
            if (!neighbours.Undecided.IsEmpty) issues.Add($"as in {nearest[0].Release}, where {nearest[^1].Release} has other rows and no program decides: {string.Join(", ", neighbours.Undecided)}");
            return facts with { Image = new(reading.Image.Release, [.. nearest.Select(k => k.Release)]) { Decided = neighbours.Decided } };

            static string Text(HelperFact h) => string.Join('|',
                [h.Returns, .. h.Arguments, .. h.Btf.Select(b => $"{b.Index} {b.Struct}"), $"{h.GplOnly} {h.MightSleep}", .. h.Variants.Select(v => $"{v.Proto} {v.Returns} {string.Join(' ', v.Arguments)}")]);
        }

        /// <summary>Whether programs of a section can be attached to this kernel: its BTF names the attach type, or none at all.</summary>
        private bool HasAttachType(SectionFact section) => section.AttachType.Length == 0 || _attachTypes.Count == 0 || _attachTypes.Contains("BPF_" + section.AttachType);

        private KfuncFact Fact(string name, List<(IdSetEntry Entry, IdSet Set, TreeSet? Tree)> entries)
        {
            var flags = Flags(entries.Select(e => e.Entry.Flags));
            var hooks = entries.SelectMany(e => (e.Tree?.Fact.Hooks ?? _allHooks).Select(h => (Hook: h, e.Entry.Flags))).GroupBy(h => h.Hook, StringComparer.Ordinal).OrderBy(h => h.Key, StringComparer.Ordinal)
                .Select(h => new KfuncHookFact(h.Key, Flags(h.Select(e => e.Flags)), [])).ToImmutableArray();
            var tree = nearest.Select(k => (k.Release, Fact: k.Kfuncs.FirstOrDefault(f => f.Name == name))).FirstOrDefault(k => k.Fact is not null);
            var owner = entries[0].Set.Owner;
            var fromHooks = entries.Select(e => e.Tree?.Release ?? "unknown").Distinct().Order(StringComparer.Ordinal);
            return new()
            {
                Name = name,
                Test = tree.Fact?.Test ?? false,
                Sets = [.. entries.Select(e => new KfuncSetEntry(e.Tree?.Fact.Name ?? "", Flags([e.Entry.Flags]), Place(e.Set.Owner)))],
                Hooks = hooks,
                Filters = [.. (tree.Fact?.Filters ?? []).Where(f => hooks.Any(h => h.Hook == f.Hook) && reading.Image.Btf.FindFunction(f.Function) is not null).Select(f => Agreed(f, name))],
                Prototype = BtfPrototypes.Of(entries[0].Entry.Function, flags, reading.Image.Btf.FindFunction),
                Deprecated = tree.Fact?.Deprecated,
                Config = tree.Fact?.Config ?? [],
                Module = owner != ImageReading.Vmlinux || (tree.Fact?.Module ?? false),
                Inferred = [.. fromHooks.Select(r => $"hooks@{r}"), .. tree.Fact is null ? Array.Empty<string>() : [$"filters@{tree.Release}", $"config@{tree.Release}"]],
                Source = Place(owner),
            };
        }

        /// <summary>A filter function that the image has: exact where all neighbours that have it say the same of it.</summary>
        /// <remarks>Of the program types of a hook only those count that all of them have there; a filter is never asked of others.</remarks>
        private FilterFact Agreed(FilterFact filter, string kfunc)
        {
            var asked = nearest.Select(k => k.ProgramHooks).Append(_programHooks).Select(hooks => hooks.Where(h => h.Hook == filter.Hook).Select(h => h.ProgramType).ToHashSet(StringComparer.Ordinal)).ToArray();
            var said = nearest.SelectMany(k => k.Kfuncs.Where(f => f.Name == kfunc)).SelectMany(k => k.Filters).Where(f => f.Function == filter.Function && f.Hook == filter.Hook).Select(Rule).Distinct(StringComparer.Ordinal);
            var own = filter with { ProgramTypes = [.. filter.ProgramTypes.Where(t => t == "UNSPEC" || asked[^1].Contains(t))] };
            return said.Count() == 1 ? own : own with { Inexact = true };

            string Rule(FilterFact f) =>
                $"{string.Join(',', f.ProgramTypes.Where(t => t == "UNSPEC" || asked.All(a => a.Contains(t))))};{string.Join(',', f.AttachTypes)};{string.Join(',', f.StructOpsMembers)};{string.Join(',', f.ExcludedTargets)};{f.Inexact}";
        }

        /// <summary>What the image's configuration leaves out, or may lie in what was not at hand, though its release has it.</summary>
        private IEnumerable<KfuncFact> Unseen(Dictionary<string, KfuncFact> seen)
        {
            foreach (var name in nearest.SelectMany(k => k.Kfuncs).Select(k => k.Name).Distinct().Where(n => !seen.ContainsKey(n)).Order(StringComparer.Ordinal))
            {
                var having = nearest.Where(k => k.Kfuncs.Any(f => f.Name == name)).ToImmutableArray();
                var fact = having[0].Kfuncs.First(f => f.Name == name);
                var missing = MissingOptions.Of(fact, reading.Config);
                if (missing.Count == 0 && !reading.MayHide(fact))
                {
                    if (having.Length == nearest.Length) issues.Add($"{name}: not in the image, although {(fact.Config.IsEmpty ? "it hangs on no option" : $"its options are on ({string.Join(", ", fact.Config)})")}");
                    continue;
                }

                if (having.Length < nearest.Length && !HistorySays(name)) continue;
                yield return fact with { Inferred = [$"all@{having[0].Release}"] };
            }
        }

        /// <summary>Whether a dated source puts a kfunc into this release, where only one of its neighbours has it.</summary>
        private bool HistorySays(string name) =>
            known.History.Any(h => h.Name == name && h.Covers(reading.Version));

        private ImmutableArray<StructFact> Structs(ImmutableArray<KfuncFact> kfuncs)
        {
            var elsewhere = nearest.SelectMany(k => k.Structs).GroupBy(s => s.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
            var names = kfuncs.SelectMany(k => k.Prototype?.Parameters ?? []).Select(p => KernelTypes.Parse(p.Type).PointeeStruct).OfType<string>().Distinct().Order(StringComparer.Ordinal);
            return [.. names.Select(n => reading.Image.Btf.FindStruct(n) is var (scalar, size) ? new StructFact(n, scalar, size, Place(ImageReading.Vmlinux)) { Begins = elsewhere.GetValueOrDefault(n)?.Begins ?? [] } : elsewhere.GetValueOrDefault(n)).OfType<StructFact>()];
        }

        private ImmutableArray<string> Flags(IEnumerable<uint> words)
        {
            var word = words.Aggregate(0u, (all, one) => all | one);
            var names = new List<string>();
            for (; word != 0; word &= word - 1)
            {
                var bit = BitOperations.TrailingZeroCount(word);
                if (_bits.TryGetValue(bit, out var flag)) names.Add(flag);
                else issues.Add($"a flag of bit {bit}, whose meaning no tree tells");
            }

            return [.. names.Order(StringComparer.Ordinal)];
        }

        private string Place(string owner) => $"{(owner == ImageReading.Vmlinux ? owner : owner + ".ko")}@{_release}";
    }
}
