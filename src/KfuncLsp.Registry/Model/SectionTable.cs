using System.Collections.Immutable;

namespace KfuncLsp.Registry;

/// <summary>One of libbpf's section definitions.</summary>
/// <remarks><see cref="Pattern"/> ends in <c>+</c> where a slash and a target may follow.</remarks>
public sealed record SectionRule(string Pattern, ProgramType Type, string AttachType, bool IsSleepable, bool NeedsTarget);

/// <summary>SEC() names → kinds of programs.</summary>
public sealed class SectionTable(ImmutableArray<SectionRule> rules)
{
    public ImmutableArray<SectionRule> Rules { get; } = rules;

    /// <summary>The kind of program in a section; null where libbpf knows no such section.</summary>
    /// <remarks>A leading <c>?</c> is stripped. Source: tools/lib/bpf/libbpf.c, sec_def_matches.</remarks>
    public ProgramKind? Match(string section)
    {
        var name = section.StartsWith('?') ? section[1..] : section;
        foreach (var rule in Rules)
        {
            if (!rule.Pattern.EndsWith('+'))
            {
                if (name == rule.Pattern) return new(rule.Type, rule.AttachType, rule.IsSleepable, "");
                continue;
            }

            var stem = rule.Pattern.AsSpan(0, rule.Pattern.Length - 1);
            if (!name.AsSpan().StartsWith(stem)) continue;
            if (name.Length == stem.Length) return new(rule.Type, rule.AttachType, rule.IsSleepable, "");
            if (name[stem.Length] == '/') return new(rule.Type, rule.AttachType, rule.IsSleepable, name[(stem.Length + 1)..]);
        }

        return null;
    }
}
