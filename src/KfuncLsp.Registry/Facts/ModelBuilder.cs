using System.Collections.Frozen;
using System.Collections.Immutable;
using KfuncLsp.Registry.Words;

namespace KfuncLsp.Registry.Facts;

/// <summary>Everything that models are made of.</summary>
/// <remarks><see cref="Kernels"/> are oldest first; the section table of the newest serves all, since it belongs to libbpf, not to a kernel.</remarks>
public sealed record FactSources(ImmutableArray<RegistryFacts> Kernels, BehaviourFacts Behaviour, ImmutableArray<MessageFact> Messages, ImmutableArray<HistoryFact> History, ImmutableArray<KfuncDescription> Descriptions)
{
    /// <summary>Where the kernels can be had.</summary>
    public ImmutableArray<PackageFact> Packages { get => field.OrEmpty(); init; } = [];

    /// <summary>What programs decided where trees say nothing.</summary>
    public ImmutableArray<DecisionFact> Decisions { get => field.OrEmpty(); init; } = [];
}

/// <summary>Facts → models: suffixes become argument classes, rows become traits, hooks become enums.</summary>
public static class ModelBuilder
{
    /// <summary>The model of one of the kernels of <paramref name="sources"/>.</summary>
    public static KernelModel Build(RegistryFacts facts, FactSources sources)
    {
        var version = KernelVersion.Parse(facts.Release) ?? throw new ArgumentException($"not a release: {facts.Release}", nameof(facts));
        var series = version.Series;
        var contexts = Contexts(facts);
        var spoken = SeriesOfMessages(sources.Messages, series);
        var history = new KfuncHistory(sources);
        var declarations = new DeclarationRules(
            sources.Behaviour.Suffixes.Where(r => VersionRange.Of(r.Since, r.Until).Contains(series)).Select(r => r.Suffix).ToHashSet(StringComparer.Ordinal),
            Names(sources.Behaviour, "callbackTypes", series),
            Names(sources.Behaviour, "hiddenTypes", series),
            facts.FlagBits.Where(b => KernelNames.IsFlag(b.Flag)).ToImmutableDictionary(b => b.Bit, b => KernelNames.Flags([b.Flag])));
        var arguments = new KfuncArguments(declarations, contexts, facts.Structs.ToDictionary(s => s.Name, StringComparer.Ordinal));
        return new()
        {
            Version = series,
            Release = facts.Release,
            Hash = "",
            Kfuncs = facts.Kfuncs.ToImmutableDictionary(k => k.Name, k => Signature(k, arguments, history, series), StringComparer.Ordinal),
            Traits = TraitTable.For(series, sources.Behaviour),
            Messages = new(sources.Messages.Select(m => (m.Condition, Formats: m.Formats.Where(f => f.Where.Any(w => w.Series == spoken)).Select(f => f.Format).ToImmutableArray()))
                .Where(m => m.Formats.Length > 0).ToImmutableDictionary(m => m.Condition, m => m.Formats, StringComparer.Ordinal)),
            Hooks = facts.ProgramHooks.Where(h => h.ProgramType != "UNSPEC").Select(h => (Type: KernelNames.ProgramType(h.ProgramType), Hook: KernelNames.Hook(h.Hook)))
                .Where(h => h.Type is not null && h.Hook is not null).ToImmutableDictionary(h => h.Type!.Value, h => h.Hook!.Value),
            HasCommonHook = facts.ProgramHooks.Any(h => h.ProgramType == "UNSPEC"),
            Sections = new([.. (sources.Kernels.LastOrDefault(k => !k.Sections.IsEmpty) ?? facts).Sections.Select(Section)]),
            SafeFields = new(facts.SafeFields.GroupBy(f => (f.Struct, f.Field)).ToImmutableDictionary(g => g.Key, g => Trust(g.First().List))),
            TracepointArguments = facts.Tracepoints.ToImmutableDictionary(t => t.Name, t => t.Arguments.Select(Argument).ToImmutableArray(), StringComparer.Ordinal),
            Lsm = new(LsmSet(facts, "untrusted_lsm_hooks"), LsmSet(facts, "sleepable_lsm_hooks"))
            {
                Disabled = LsmSet(facts, "bpf_lsm_disabled_hooks"),
                Boolean = LsmSet(facts, "bool_lsm_hooks"),
                Void = Names(sources.Behaviour, "voidLsmHooks", series),
            },
            Helpers = facts.Helpers.Where(h => h.Id > 0).ToImmutableDictionary(h => h.Id, Helper),
            KptrTypes = KptrTypes(facts),
            StructOps = facts.StructOps.ToImmutableDictionary(s => s.Name, StructOps, StringComparer.Ordinal),
            IterContexts = facts.Iterators.ToImmutableDictionary(i => i.Target, i => i.Fields.Select(IterField).ToImmutableArray(), StringComparer.Ordinal),
            Contexts = contexts,
            Declarations = declarations,
            Package = sources.Packages.FirstOrDefault(p => p.Release == facts.Release) is { } package ? new(package.Package, package.Version, package.Sha256) : null,
            Beginnings = facts.Structs.Where(s => !s.Begins.IsEmpty).ToImmutableDictionary(s => s.Name, s => s.Begins, StringComparer.Ordinal),
            RcuNames = facts.RcuNames.ToFrozenSet(StringComparer.Ordinal),
        };
    }

    /// <summary>The series whose messages a kernel prints: its own, else that before it, since only kernels at hand were asked for theirs.</summary>
    private static string SeriesOfMessages(ImmutableArray<MessageFact> messages, KernelVersion series)
    {
        var known = messages.SelectMany(m => m.Formats).SelectMany(f => f.Where).Select(w => KernelVersion.Parse(w.Series)).OfType<KernelVersion>().Distinct().Order().ToList();
        return (known.Exists(k => k <= series) ? known.FindLast(k => k <= series) : known.FirstOrDefault()).ToString();
    }

    private static HashSet<string> Names(BehaviourFacts behaviour, string list, KernelVersion series) =>
        behaviour.Names.Where(r => r.List == list && VersionRange.Of(r.Since, r.Until).Contains(series)).SelectMany(r => r.Names).ToHashSet(StringComparer.Ordinal);

    private static KfuncSignature Signature(KfuncFact fact, KfuncArguments arguments, KfuncHistory history, KernelVersion series)
    {
        var (visible, hidden) = arguments.Classify(fact);
        var hooks = fact.Hooks.Select(h => (Hook: KernelNames.Hook(h.Hook), h.Flags)).Where(h => h.Hook is not null).ToImmutableDictionary(h => h.Hook!.Value, h => KernelNames.Flags(h.Flags));
        return new()
        {
            Name = fact.Name,
            Flags = hooks.Values.Aggregate(KfuncFlags.None, (all, flags) => all | flags),
            Return = new(KernelTypes.Parse(fact.Prototype?.Returns ?? "void")),
            Parameters = visible,
            ImplicitParameters = hidden,
            Hooks = hooks,
            Filters = [.. fact.Filters.Where(f => KernelNames.Hook(f.Hook) is not null).Select(Filter)],
            Sets = [.. fact.Sets.Select(s => s.Set).Distinct()],
            IsTest = fact.Test,
            Config = fact.Config,
            MayBeInModule = fact.Module,
            Deprecated = history.Deprecation(fact, series),
            Since = history.Since(fact.Name),
            Until = history.Until(fact.Name),
            Source = fact.Source,
        };
    }

    private static KfuncFilter Filter(FilterFact fact) => new(fact.Function, KernelNames.Hook(fact.Hook)!.Value, new()
    {
        ProgramTypes = [.. fact.ProgramTypes.Select(KernelNames.ProgramType).OfType<ProgramType>()],
        AttachTypes = fact.AttachTypes,
        StructOpsMembers = fact.StructOpsMembers,
        ExcludedTargets = fact.ExcludedTargets,
        IsExact = !fact.Inexact,
    });

    private static SectionRule Section(SectionFact fact) =>
        new(fact.Section, KernelNames.ProgramType(fact.ProgramType) ?? ProgramType.Unspec, fact.AttachType, fact.Flags.Contains("SEC_SLEEPABLE"), fact.Flags.Contains("SEC_ATTACH_BTF"));

    private static FieldTrust Trust(string list) => list switch
    {
        "TRUSTED" => FieldTrust.Trusted,
        "TRUSTED_OR_NULL" => FieldTrust.TrustedOrNull,
        "RCU" => FieldTrust.Rcu,
        "RCU_OR_NULL" => FieldTrust.RcuOrNull,
        _ => FieldTrust.None,
    };

    private static TracepointArgument Argument(string mark) => mark switch
    {
        "NULL" => TracepointArgument.MayBeNull,
        "ERR_PTR" => TracepointArgument.ErrorPointer,
        _ => TracepointArgument.NonNull,
    };

    private static ImmutableHashSet<string> LsmSet(RegistryFacts facts, string set) =>
        facts.LsmHookSets.Where(s => s.Set == set).SelectMany(s => s.Names).Select(n => n.Name).ToImmutableHashSet(StringComparer.Ordinal);

    private static HelperSignature Helper(HelperFact fact) => new(fact.Id, fact.Name)
    {
        Arguments = fact.Arguments,
        Return = fact.Returns,
        BtfTypes = fact.Btf.ToImmutableDictionary(b => b.Index, b => b.Struct),
        DiffersByProgramType = !fact.Variants.IsEmpty,
        MightSleep = fact.MightSleep,
        GplOnly = fact.GplOnly,
    };

    private static ImmutableDictionary<string, KptrType> KptrTypes(RegistryFacts facts)
    {
        var destructors = facts.Destructors.GroupBy(d => d.Struct, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Function, StringComparer.Ordinal);
        var isProtected = facts.RcuProtectedTypes.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        return destructors.Keys.Union(isProtected).ToImmutableDictionary(n => n, n => new KptrType(n, destructors.GetValueOrDefault(n), isProtected.Contains(n)), StringComparer.Ordinal);
    }

    private static StructOpsType StructOps(StructOpsFact fact) => new(fact.Name)
    {
        SleepableMembers = fact.Sleepable.ToImmutableHashSet(StringComparer.Ordinal),
        Arguments = fact.Members.Select(m => (m.Member, Suffixes: m.Parameters.Select((p, i) => (Index: i, Suffix: StubSuffix(p.Name))).Where(s => s.Suffix is not null).ToImmutableDictionary(s => s.Index, s => s.Suffix!)))
            .Where(m => m.Suffixes.Count > 0).GroupBy(m => m.Member, StringComparer.Ordinal).ToImmutableDictionary(g => g.Key, g => g.First().Suffixes, StringComparer.Ordinal),
    };

    private static string? StubSuffix(string name) =>
        name.EndsWith("__arena__nullable", StringComparison.Ordinal) || name.EndsWith("__arena", StringComparison.Ordinal) ? "arena"
        : name.EndsWith("__nullable", StringComparison.Ordinal) ? "nullable"
        : name.EndsWith("__ref", StringComparison.Ordinal) ? "ref" : null;

    private static IterContextField IterField(IterFieldFact fact) =>
        new(fact.Name, KernelTypes.Parse(fact.Type).PointeeStruct ?? "", fact.RegType.Contains("PTR_TRUSTED"), fact.RegType.Any(t => t.EndsWith("_OR_NULL", StringComparison.Ordinal) || t == "PTR_MAYBE_NULL"));

    private static ImmutableDictionary<ProgramType, ContextType> Contexts(RegistryFacts facts) =>
        facts.Contexts.Select(c => (Type: KernelNames.ProgramType(c.ProgramType), Fact: c)).Where(c => c.Type is not null)
            .ToImmutableDictionary(c => c.Type!.Value, c => new ContextType(Bare(c.Fact.BpfType), Bare(c.Fact.KernelType)));

    private static string Bare(string type) => type.StartsWith("struct ", StringComparison.Ordinal) ? type["struct ".Length..] : type;

    /// <summary>Structs that a parameter of context class may point to: what programs see, and the kernel's own where a program's is its projection.</summary>
    /// <remarks>Source: kernel/bpf/btf.c, btf_is_prog_ctx_type and btf_is_projection_of.</remarks>
}
