using KfuncLsp.Frontend.Interop;
using KfuncLsp.Mutation.Syntax;
using KfuncLsp.Registry;

namespace KfuncLsp.Mutation.Editing;

/// <summary>What can be done wrong with a release.</summary>
internal static class ReleaseEdits
{
    /// <summary>Kfuncs that release something, as a program would declare them.</summary>
    private static readonly (string Name, string Declaration)[] Others =
    [
        ("bpf_task_release", "extern void bpf_task_release(struct task_struct *p) __ksym;"),
        ("bpf_cgroup_release", "extern void bpf_cgroup_release(struct cgroup *cgrp) __ksym;"),
        ("bpf_cpumask_release", "extern void bpf_cpumask_release(struct bpf_cpumask *cpumask) __ksym;"),
        ("bpf_key_put", "extern void bpf_key_put(struct bpf_key *bkey) __ksym;"),
        ("bpf_put_file", "extern void bpf_put_file(struct file *file) __ksym;"),
        ("bpf_obj_drop_impl", "extern void bpf_obj_drop_impl(void *kptr, void *meta) __ksym;"),
    ];

    private static readonly string[] Helpers = ["bpf_ringbuf_submit", "bpf_ringbuf_discard", "bpf_sk_release", "bpf_kptr_xchg"];

    public static IEnumerable<EditKind> Kinds =>
    [
        new("drop a release", s => Statements(s).Select(r => s.Remove(r, $"{r.Name} is gone"))),
        new("release twice", s => Statements(s).Select(r => s.InsertAfter(r, s.TextOf(r), $"{r.Name} a second time"))),
        new("release early", ReleaseEarly),
        new("use after release", UseAfterRelease),
        new("wrong release function", WrongRelease),
        new("release another", ReleaseAnother),
    ];

    /// <summary>The releases that are statements by themselves.</summary>
    private static IEnumerable<SyntaxNode> Statements(Subject s) => s.Calls
        .Where(c => Subject.IsStatement(c) && s.EndOf(c) is not null && (s.Model.FindKfunc(c.Name)?.Has(KfuncFlags.Release) == true || Helpers.Contains(c.Name)));

    private static IEnumerable<Edit> ReleaseEarly(Subject s)
    {
        foreach (var release in Statements(s))
            for (var step = -1; step >= -3; step--)
                if (Subject.Neighbour(release, step) is { } before && before.Kind != CXCursorKind.CXCursor_DeclStmt && s.EndOf(before) is not null)
                    yield return s.Move(release, before, $"{release.Name} {-step} statements earlier");
    }

    private static IEnumerable<Edit> UseAfterRelease(Subject s)
    {
        foreach (var release in Statements(s))
        {
            if (release.Arguments.FirstOrDefault()?.Bare() is not { Kind: CXCursorKind.CXCursor_DeclRefExpr } held) continue;
            var reads = Subject.FunctionOf(release)!.Descendants()
                .Where(n => n.Kind == CXCursorKind.CXCursor_MemberRefExpr && n.IsPlain && n.Start < release.Start && !n.Type.EndsWith(']')
                    && n.Children.FirstOrDefault()?.Bare().Name == held.Name && s.Tree.TextOf(n).StartsWith(held.Name, StringComparison.Ordinal))
                .Select(n => s.Tree.TextOf(n)).Distinct().ToList();
            foreach (var read in reads)
                yield return s.InsertAfter(release, $"{{ volatile long later = (long)({read}); }}", $"{read} after {release.Name}");
            if (reads.Count == 0)
                yield return s.InsertAfter(release, $"{{ volatile char later = *(volatile char *){held.Name}; }}", $"*{held.Name} after {release.Name}");
            foreach (var call in s.Calls.Where(c => c.Start < release.Start && Subject.IsStatement(c) && c.Name != release.Name && s.EndOf(c) is not null
                && Subject.FunctionOf(c) == Subject.FunctionOf(release) && c.Arguments.Any(a => a.Bare().Name == held.Name)).Take(2))
                yield return s.InsertAfter(release, s.TextOf(call), $"{call.Name} after {release.Name}");
        }
    }

    private static IEnumerable<Edit> WrongRelease(Subject s)
    {
        foreach (var release in Statements(s).Where(r => r.Children[0].IsPlain))
        {
            foreach (var (name, declaration) in Others)
            {
                if (name == release.Name || s.RangeOf(release.Arguments.First()) is not var (start, end)) continue;
                // Without a declared record a prototype would name one of its own.
                var record = declaration.Contains("struct ", StringComparison.Ordinal) ? declaration.Split("struct ")[1].Split(' ')[0] : "task_struct";
                var extra = name == "bpf_obj_drop_impl" ? ", (void *)0" : "";
                yield return s.WithDeclaration(
                    new Edit($"{name} instead of {release.Name}", new Replacement(release.Children[0].Start, release.Children[0].End, name),
                        new Replacement(start, end, $"(void *){s.Tree.Text[start..end]}{extra}")),
                    $"struct {record}; {declaration}");
            }
        }
    }

    private static IEnumerable<Edit> ReleaseAnother(Subject s)
    {
        foreach (var release in Statements(s))
        {
            if (s.RangeOf(release.Arguments.First()) is not var (start, end)) continue;
            var held = release.Arguments.First().Bare().Name;
            foreach (var other in Subject.PointersAt(release).Where(p => p.Name != held).DistinctBy(p => p.Name))
                yield return new Edit($"{release.Name}({other.Name}) instead of {held}", new Replacement(start, end, $"(void *){other.Name}"));
        }
    }
}
