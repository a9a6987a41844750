using System.Collections.Immutable;
using KfuncLsp.Extraction.CSource;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Verifier;

/// <summary>Program type → hook, from the switch in <c>bpf_prog_type_to_kfunc_hook</c>.</summary>
internal static class ProgramHooks
{
    private const string File = "kernel/bpf/btf.c";

    public static ImmutableArray<ProgramHookFact> Of(SourceTree tree, List<string> issues)
    {
        var file = tree.Read(File);
        var function = file?.Items.FirstOrDefault(i => i.Kind == CItemKind.Function && i.Name == "bpf_prog_type_to_kfunc_hook");
        if (file is null || function is null)
        {
            issues.Add($"{File}: no bpf_prog_type_to_kfunc_hook");
            return [];
        }

        var found = new List<ProgramHookFact>();
        var cases = new List<CToken>();
        for (var i = function.Body; i < function.BodyEnd; i++)
        {
            if (file.Tokens[i].Is("case") && file.Tokens[i + 1].Text.StartsWith("BPF_PROG_TYPE_", StringComparison.Ordinal)) cases.Add(file.Tokens[i + 1]);
            if (!file.Tokens[i].Is("return")) continue;
            var hook = file.Tokens[i + 1].Text;
            if (hook.StartsWith("BTF_KFUNC_HOOK_", StringComparison.Ordinal))
                found.AddRange(cases.Select(c => new ProgramHookFact(c.Text["BPF_PROG_TYPE_".Length..], hook["BTF_KFUNC_HOOK_".Length..], $"{File}:{c.Line}@{tree.Release}")));
            cases.Clear();
        }

        return [.. found.DistinctBy(h => h.ProgramType).OrderBy(h => h.ProgramType, StringComparer.Ordinal)];
    }
}
