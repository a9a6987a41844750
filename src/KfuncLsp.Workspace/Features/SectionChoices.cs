using System.Collections.Immutable;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Workspace.Features;

/// <summary>The sections that libbpf knows, and the targets that are known to follow their slash.</summary>
internal static class SectionChoices
{
    private static readonly string[] s_data = [".maps", "license", ".struct_ops", ".struct_ops.link", ".rodata", ".data", "freplace"];

    /// <summary>Names of sections, or, once the slash is typed, names with their target.</summary>
    public static ImmutableArray<Choice> For(string begun, FileSnapshot snapshot, KernelModel model)
    {
        var slash = begun.IndexOf('/');
        if (slash < 0) return [.. Names(model)];
        var stem = begun[..slash];
        return model.Sections.Match(begun) is not { } kind ? []
            : [.. TargetsOf(kind, snapshot, model).Order(StringComparer.Ordinal).Distinct().Select(t => new Choice(ChoiceKind.Section, $"{stem}/{t}", DetailOf(kind), ChoiceRank.Callable))];
    }

    private static IEnumerable<Choice> Names(KernelModel model)
    {
        foreach (var rule in model.Sections.Rules)
        {
            var name = rule.Pattern.TrimEnd('+');
            yield return new(ChoiceKind.Section, rule.NeedsTarget ? name + "/" : name, DetailOf(new(rule.Type, rule.AttachType, rule.IsSleepable, "")), ChoiceRank.Callable);
        }

        foreach (var name in s_data.Where(d => model.Sections.Rules.All(r => r.Pattern.TrimEnd('+') != d)))
            yield return new(ChoiceKind.Section, name, "no program", ChoiceRank.Deprecated);
    }

    private static IEnumerable<string> TargetsOf(ProgramKind kind, FileSnapshot snapshot, KernelModel model) => kind.Type switch
    {
        ProgramType.Tracing when kind.AttachType == "TRACE_RAW_TP" => (snapshot.Parsed?.Unit.TracepointPrototypes.Keys ?? []).Concat(model.TracepointArguments.Keys),
        ProgramType.RawTracepoint => (snapshot.Parsed?.Unit.TracepointPrototypes.Keys ?? []).Concat(model.TracepointArguments.Keys),
        ProgramType.Tracing when kind.AttachType == "TRACE_ITER" => model.IterContexts.Keys,
        ProgramType.Lsm => kind.IsSleepable ? model.Lsm.Sleepable : model.Lsm.Sleepable.Concat(model.Lsm.Untrusted),
        ProgramType.StructOps => StructOpsMembers(model),
        _ => [],
    };

    /// <summary>Members that the kernel's facts name: in stubs, in sleepable lists, in filters of kfuncs.</summary>
    private static IEnumerable<string> StructOpsMembers(KernelModel model) =>
        model.StructOps.Values.SelectMany(t => t.SleepableMembers.Concat(t.Arguments.Keys))
            .Concat(model.Kfuncs.Values.SelectMany(k => k.Filters).SelectMany(f => f.Rule.StructOpsMembers).Select(m => m[(m.IndexOf('.') + 1)..]).Where(m => m != "*"));

    private static string DetailOf(ProgramKind kind) => ProgramTypeNames.Of(kind.Type) + (kind.AttachType.Length > 0 ? $" {kind.AttachType}" : "") + (kind.IsSleepable ? ", sleepable" : "");
}
