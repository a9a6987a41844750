using System.Collections.Immutable;

namespace KfuncLsp.Registry.Facts;

/// <summary>The kernel's upper-case names ↔ ours: <c>SCHED_CLS</c> ↔ <see cref="Registry.ProgramType.SchedCls"/>.</summary>
public static class KernelNames
{
    private static readonly ImmutableDictionary<string, ProgramType> Types = Enum.GetValues<ProgramType>().ToImmutableDictionary(t => Spell(t.ToString()), StringComparer.Ordinal);
    private static readonly ImmutableDictionary<string, KfuncHook> HooksByName = Enum.GetValues<KfuncHook>().ToImmutableDictionary(h => Spell(h.ToString()), StringComparer.Ordinal).Add("FMODRET", KfuncHook.FmodRet);
    private static readonly ImmutableDictionary<string, KfuncFlags> FlagsByName = Enum.GetValues<KfuncFlags>().Where(f => f != 0).ToImmutableDictionary(f => "KF_" + Spell(f.ToString()), StringComparer.Ordinal);

    public static ProgramType? ProgramType(string name) => Types.TryGetValue(name, out var type) ? type : null;

    public static KfuncHook? Hook(string name) => HooksByName.TryGetValue(name, out var hook) ? hook : null;

    public static KfuncFlags Flags(IEnumerable<string> names) => names.Aggregate(KfuncFlags.None, (all, name) => all | FlagsByName.GetValueOrDefault(name));

    /// <summary>Whether a flag's name is one that models know.</summary>
    public static bool IsFlag(string name) => FlagsByName.ContainsKey(name);

    /// <summary>A flag set as the kernel spells its flags, sorted.</summary>
    public static ImmutableArray<string> Spell(KfuncFlags flags) => [.. FlagsByName.Where(f => (flags & f.Value) != 0).Select(f => f.Key).Order(StringComparer.Ordinal)];

    public static string Spell(KfuncHook hook) => Spell(hook.ToString());

    public static string Spell(ProgramType type) => Spell(type.ToString());

    /// <summary><c>SchedCls</c> → <c>SCHED_CLS</c>; a digit goes with the word before it.</summary>
    private static string Spell(string name)
    {
        var spelled = new System.Text.StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(name[i])) spelled.Append('_');
            spelled.Append(char.ToUpperInvariant(name[i]));
        }

        return spelled.ToString().Replace("SEG6_LOCAL", "SEG6LOCAL", StringComparison.Ordinal).Replace("LIRC_MODE2", "LIRC_MODE2", StringComparison.Ordinal);
    }
}
