using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Extraction.CSource;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Verifier;

/// <summary>Looks up which functions of a tree print a message format, so that the catalogue says only what a kernel says.</summary>
public static class MessagePlaces
{
    private static readonly string[] Folders = ["kernel/bpf", "tools/lib/bpf"];
    private static readonly string[] Others = ["kernel/trace/bpf_trace.c", "net/core/filter.c", "net/bpf/bpf_dummy_struct_ops.c", "net/ipv4/bpf_tcp_ca.c", "net/netfilter/nf_conntrack_bpf.c", "net/sched/bpf_qdisc.c", "drivers/hid/bpf/hid_bpf_struct_ops.c", "kernel/sched/ext.c", "kernel/sched/ext/ext.c", "fs/binfmt_misc_bpf.c", "io_uring/bpf-ops.c", "include/linux/bpf_verifier.h"];

    /// <summary>The catalogue with a tree's places in it, in place of what it said of that series before.</summary>
    public static ImmutableArray<MessageFact> Update(ImmutableArray<MessageFact> messages, SourceTree tree)
    {
        var kernel = KernelVersion.Parse(tree.Release)!.Value;
        var places = Literals(tree);
        return [.. messages.Select(m => m with { Formats = [.. m.Formats.Select(f => f.PrintedIn(kernel, places.TryGetValue(f.Format, out var functions) ? [.. functions] : []))] })];
    }

    /// <summary>Every string literal of the verifier and libbpf, joined where adjacent → the functions that hold it.</summary>
    private static Dictionary<string, SortedSet<string>> Literals(SourceTree tree)
    {
        var found = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var path in Folders.SelectMany(f => tree.FilesUnder(f, "*.c")).Concat(Others))
        {
            if (tree.Read(path) is not { } file) continue;
            foreach (var item in file.Items)
                for (var i = item.Start; i < item.End; i++)
                {
                    if (file.Tokens[i].Kind != CTokenKind.Text) continue;
                    var text = new StringBuilder();
                    for (; i < item.End && file.Tokens[i].Kind == CTokenKind.Text; i++) text.Append(file.Tokens[i].Text);
                    Add(found, text.ToString(), $"{item.Name}");
                }

            foreach (var macro in file.Macros)
                foreach (var token in macro.Body)
                    if (token.Kind == CTokenKind.Text) Add(found, token.Text, macro.Name);
        }

        return found;
    }

    private static void Add(Dictionary<string, SortedSet<string>> found, string text, string function)
    {
        if (!found.TryGetValue(text, out var functions)) found[text] = functions = new(StringComparer.Ordinal);
        functions.Add(function);
    }
}
