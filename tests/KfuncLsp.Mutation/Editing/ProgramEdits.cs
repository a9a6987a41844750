using KfuncLsp.Frontend.Interop;
using KfuncLsp.Mutation.Syntax;

namespace KfuncLsp.Mutation.Editing;

/// <summary>Programs of another type, without a licence, and kfuncs that are not declared as such.</summary>
internal static class ProgramEdits
{
    /// <summary>Sections whose programs take the same context.</summary>
    private static readonly string[][] SameContext =
    [
        ["tc", "action", "socket", "cgroup_skb/ingress", "cgroup_skb/egress", "sk_skb", "lwt_in", "lwt_xmit", "flow_dissector"],
        ["kprobe/do_nanosleep", "kretprobe/do_nanosleep", "uprobe.s", "uprobe"],
        ["tp/sched/sched_switch", "raw_tp/sched_switch", "syscall", "perf_event", "kprobe/do_nanosleep", "xdp", "tc", "socket", "sockops", "sk_lookup",
            "cgroup/sysctl", "cgroup/dev", "netfilter", "fentry/bpf_fentry_test1", "lsm/file_open", "lsm.s/file_open"],
    ];

    public static IEnumerable<EditKind> Kinds =>
    [
        new("move to another program type", OtherType),
        new("drop __ksym", DropKsym) { ChangesOnlyDeclarations = true },
        new("drop the GPL licence", s => [new Edit("the licence is proprietary", new Replacement(0, 0, "#define OWN_LICENCE \"Proprietary\"\n#line 1\n"))]),
    ];

    private static IEnumerable<Edit> OtherType(Subject s)
    {
        foreach (var function in s.Tree.Declarations.Where(d => d.Kind == CXCursorKind.CXCursor_FunctionDecl))
        {
            // A SEC() made its attributes: they stand where the macro does.
            if (function.Children.FirstOrDefault(c => c.Kind == CXCursorKind.CXCursor_UnexposedAttr && c.IsInFile && At(s, c.Start, "SEC(\"")) is not { } attribute) continue;
            var start = attribute.Start + 5;
            var end = s.Tree.Text.IndexOf('"', start);
            var section = s.Tree.Text[start..end];
            foreach (var other in SameContext.Where(group => IsOfGroup(s, function, section, group)).SelectMany(g => g).Distinct().Where(o => o != section))
                yield return new Edit($"{section} → {other}", new Replacement(start, end, other));
        }
    }

    /// <summary>A program that never looks at its context fits any section; another only those with the same one.</summary>
    private static bool IsOfGroup(Subject s, SyntaxNode function, string section, string[] group)
    {
        var context = function.Children.FirstOrDefault(c => c.Kind == CXCursorKind.CXCursor_ParmDecl);
        var body = SyntaxTree.BodyOf(function);
        // BPF_PROG: the body is another function, which takes the arguments.
        if (body is null || !body.IsPlain) return section.Contains('/') && group == SameContext[^1] && !s.Tree.Functions.Any(f =>
            f.Name == "____" + function.Name && f.Descendants().Any(n => n.Kind == CXCursorKind.CXCursor_DeclRefExpr
                && f.Children.Any(p => p.Kind == CXCursorKind.CXCursor_ParmDecl && p.Name == n.Name)));
        return group == SameContext[^1]
            ? context is null || !body.Descendants().Any(n => n.Kind == CXCursorKind.CXCursor_DeclRefExpr && n.Name == context.Name)
            : group.Contains(section);
    }

    private static IEnumerable<Edit> DropKsym(Subject s)
    {
        foreach (var declaration in s.Tree.Declarations.Where(d => d.Kind == CXCursorKind.CXCursor_FunctionDecl && SyntaxTree.BodyOf(d) is null))
        {
            if (!s.Calls.Any(c => c.Name == declaration.Name)) continue;
            if (declaration.Children.FirstOrDefault(c => c.Kind == CXCursorKind.CXCursor_UnexposedAttr && c.IsInFile && At(s, c.Start, "__ksym")) is { } attribute)
                yield return new Edit($"{declaration.Name} is no ksym", new Replacement(attribute.Start, attribute.Start + "__ksym".Length, ""));
        }
    }

    private static bool At(Subject s, int offset, string text) => string.CompareOrdinal(s.Tree.Text, offset, text, 0, text.Length) == 0;
}
