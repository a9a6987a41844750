using System.Collections.Immutable;
using System.Text;

namespace KfuncLsp.Workspace.Features.Fixes;

/// <summary>Puts a call into the region that it needs, or the program into the section.</summary>
internal static class RegionFixes
{
    /// <summary>Where a program's section is written: before the name, which a macro may spell.</summary>
    private static int SectionOf(FixContext at, int anchor, byte[] written)
    {
        const int Reach = 300;
        var from = Math.Max(0, anchor - Reach);
        var before = at.Text[from..anchor].LastIndexOf(written);
        if (before >= 0) return from + before;
        var behind = at.Text[anchor..Math.Min(at.Text.Length, anchor + Reach)].IndexOf(written);
        return behind < 0 ? -1 : anchor + behind;
    }

    /// <summary>An RCU section around one statement; for an iterator, around the loop that is its whole life.</summary>
    public static IEnumerable<CodeFix> RcuSection(FixContext at)
    {
        if (at.Statement is not { } statement || at.Finding.Finding.Condition == "iter-needs-rcu-region" && statement.Kind != StatementKind.Loop) return [];
        if (statement.Kind is StatementKind.If or StatementKind.Label || statement.Kind == StatementKind.Simple && at.CodeOf(statement).StartsWith("return", StringComparison.Ordinal)) return [];
        return [new("rcu-section", "Wrap this in an RCU section", at.Finding,
            [.. at.Declare("bpf_rcu_read_lock"), .. at.Declare("bpf_rcu_read_unlock"), .. at.Around(statement, ["bpf_rcu_read_lock();"], ["bpf_rcu_read_unlock();"])]) { IsPreferred = true }];
    }

    /// <summary><c>lsm/…</c> → <c>lsm.s/…</c>, where the kernel lets a program of this type and target sleep.</summary>
    public static IEnumerable<CodeFix> Sleepable(FixContext at)
    {
        var program = at.Check.Unit.Functions.FirstOrDefault(f => f.IsProgram && at.Finding.Programs is [var only] && (f.Name == only || f.DisplayName == only));
        if (program?.Section is not { } section || program.Anchor.File != at.Check.Document.Path) return [];
        var slash = section.IndexOf('/');
        var changed = slash < 0 ? section + ".s" : section[..slash] + ".s" + section[slash..];
        if (at.Model.Sections.Match(section) is not { } now || at.Model.Sections.Match(changed) is not { IsSleepable: true } then || then.Type != now.Type) return [];
        if (then.Type == Registry.ProgramType.Lsm && !at.Model.Lsm.Sleepable.Contains("bpf_lsm_" + then.Target) && !at.Model.Lsm.Sleepable.Contains(then.Target)) return [];
        if (then.Type == Registry.ProgramType.Tracing && !then.AttachType.Contains("ITER", StringComparison.Ordinal)) return [];
        var written = Encoding.UTF8.GetBytes($"SEC(\"{section}\")");
        var place = SectionOf(at, program.Anchor.Start, written);
        if (place < 0) return [];
        var start = place + "SEC(\"".Length;
        return [new("sleepable", $"Make the program sleepable: SEC(\"{changed}\")", at.Finding, [new(start, start + Encoding.UTF8.GetByteCount(section), changed)]) { IsPreferred = true }];
    }
}
