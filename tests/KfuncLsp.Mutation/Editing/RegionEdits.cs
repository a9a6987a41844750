using KfuncLsp.Frontend.Interop;
using KfuncLsp.Mutation.Syntax;
using KfuncLsp.Registry;

namespace KfuncLsp.Mutation.Editing;

/// <summary>Sections and locks that do not begin or end where they should.</summary>
internal static class RegionEdits
{
    private sealed record Region(string Name, string[] Calls, string Begin, string End, string Declaration);

    private static readonly Region[] Regions =
    [
        new("RCU", ["bpf_rcu_read_lock", "bpf_rcu_read_unlock"], "bpf_rcu_read_lock();", "bpf_rcu_read_unlock();",
            "extern void bpf_rcu_read_lock(void) __ksym; extern void bpf_rcu_read_unlock(void) __ksym;"),
        new("preempt", ["bpf_preempt_disable", "bpf_preempt_enable"], "bpf_preempt_disable();", "bpf_preempt_enable();",
            "extern void bpf_preempt_disable(void) __ksym; extern void bpf_preempt_enable(void) __ksym;"),
        new("IRQ", ["bpf_local_irq_save", "bpf_local_irq_restore"], "unsigned long irq_flags; bpf_local_irq_save(&irq_flags);", "bpf_local_irq_restore(&irq_flags);",
            "extern void bpf_local_irq_save(unsigned long *flags__irq_flag) __ksym __attribute__((weak)); extern void bpf_local_irq_restore(unsigned long *flags__irq_flag) __ksym __attribute__((weak));"),
        new("lock", ["bpf_spin_lock", "bpf_spin_unlock", "bpf_res_spin_lock", "bpf_res_spin_unlock", "bpf_res_spin_lock_irqsave", "bpf_res_spin_unlock_irqrestore"], "", "", ""),
    ];

    private static readonly string[] Begins = ["bpf_rcu_read_lock", "bpf_preempt_disable", "bpf_local_irq_save", "bpf_spin_lock"];

    public static IEnumerable<EditKind> Kinds =>
    [
        .. Regions.Select(r => new EditKind($"unbalance: {r.Name}", s => Unbalance(s, r))),
        new("half a section", HalfASection),
        new("sleep in a section", SleepInASection),
        new("call in a section", CallInASection),
    ];

    private static IEnumerable<Edit> Unbalance(Subject s, Region region)
    {
        foreach (var call in s.Calls.Where(c => region.Calls.Contains(c.Name)))
        {
            if (!Subject.IsStatement(call))
            {
                if (call.IsPlain) yield return new Edit($"{call.Name} is gone", new Replacement(call.Start, call.End, "0"));
                continue;
            }

            if (s.EndOf(call) is null) continue;
            yield return s.Remove(call, $"{call.Name} is gone");
            yield return s.InsertAfter(call, s.TextOf(call), $"{call.Name} a second time");
            if (call.Children[0].IsPlain && region.Calls.Length == 2)
                yield return new Edit($"the opposite of {call.Name}", new Replacement(call.Children[0].Start, call.Children[0].End, region.Calls.First(c => c != call.Name)));
            foreach (var step in new[] { -1, -2, 1, 2 })
            {
                if (Subject.Neighbour(call, step) is not { } other || other.Kind == CXCursorKind.CXCursor_DeclStmt || s.EndOf(other) is not { } end) continue;
                if (step < 0) yield return s.Move(call, other, $"{call.Name} {-step} statements earlier");
                else
                    yield return new Edit($"{call.Name} {step} statements later",
                        new Replacement(call.Start, s.EndOf(call)!.Value, ";"), new Replacement(end, end, " " + s.TextOf(call)));
            }
        }
    }

    /// <summary>One end of a section in a program that has none there.</summary>
    private static IEnumerable<Edit> HalfASection(Subject s)
    {
        foreach (var statement in s.Statements.Where(p => p.Kind != CXCursorKind.CXCursor_DeclStmt))
        {
            var region = Regions[s.Random.Next(2)];
            var text = s.Random.Next(2) == 0 ? region.Begin : region.End;
            yield return s.WithDeclaration(s.InsertBefore(statement, text, text), region.Declaration);
        }
    }

    /// <summary>A section around what may sleep, and what may sleep in a section.</summary>
    private static IEnumerable<Edit> SleepInASection(Subject s)
    {
        var sleeping = s.CallsWith(KfuncFlags.Sleepable).Concat(s.Calls.Where(c => c.Name is "bpf_copy_from_user" or "bpf_copy_from_user_task" or "bpf_ima_file_hash"));
        foreach (var edit in sleeping.SelectMany(c => Wrap(s, c)).DistinctBy(e => e.Replacements[0])) yield return edit;
        foreach (var call in s.Calls.Where(c => Begins.Contains(c.Name) && Subject.IsStatement(c) && s.EndOf(c) is not null))
            yield return s.InsertAfter(call, "{ char own_byte; bpf_copy_from_user(&own_byte, 1, (void *)4096); }", $"bpf_copy_from_user after {call.Name}");
    }

    private static IEnumerable<Edit> CallInASection(Subject s) => s.Calls.Where(c => s.Model.FindKfunc(c.Name)?.Has(KfuncFlags.Sleepable) != true)
        .SelectMany(c => Wrap(s, c)).DistinctBy(e => (e.Replacements[0].Start, e.Replacements[0].Text));

    /// <summary>A section around the statement that a call is part of.</summary>
    private static IEnumerable<Edit> Wrap(Subject s, SyntaxNode call)
    {
        if (Subject.StatementOf(call) is not { } statement || s.EndOf(statement) is not { } end) yield break;
        foreach (var region in Regions.Take(3))
        {
            if (region.Name == "IRQ" && s.Model.FindKfunc("bpf_local_irq_save") is null) continue;
            yield return s.WithDeclaration(new Edit($"{call.Name} in a section: {region.Name}",
                new Replacement(statement.Start, statement.Start, region.Begin + " "), new Replacement(end, end, " " + region.End)), region.Declaration);
        }
    }
}
