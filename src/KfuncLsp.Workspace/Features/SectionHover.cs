using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Workspace.Features;

/// <summary>Says of a section what kind of program it makes, and what the verifier gives and allows it.</summary>
internal static class SectionHover
{
    public static HoverPage? Of(string section, int offset, FileSnapshot snapshot, KernelView kernels)
    {
        var model = kernels.Target;
        if (section.Length == 0 || section is "license" or "version" or ".maps" || section.StartsWith('.')) return null;
        if (model.Sections.Match(section) is not { } kind) return new($"SEC(\"{section}\")") { Lines = [$"libbpf knows no such section; the loader of {model.Version} would refuse it."] };

        // The program at hand tells the struct_ops member; the section itself the rest.
        var program = EnclosingPrograms.Near(snapshot, offset, model) is { } near && near.Context.Program == kind ? near.Context : new CallContext(kind);
        var lines = new List<string> { $"Program type `BPF_PROG_TYPE_{ProgramTypeNames.Of(kind.Type)}`{(kind.AttachType.Length > 0 ? $", attach type `BPF_{kind.AttachType}`" : "")}" };
        if (program.StructOpsMember is { } member) lines.Add($"Bound to `{program.StructOpsType}.{member}`");
        else if (kind.Target.Length > 0) lines.Add($"Attached to `{kind.Target}`");
        lines.Add(kind.IsSleepable ? "Sleepable: it may call kfuncs that sleep, and pointers that RCU protects need `bpf_rcu_read_lock`"
            : "Not sleepable: it runs within RCU, and may call nothing that sleeps");
        if (ArgumentsOf(kind, program, model) is { } arguments) lines.Add(arguments);
        var callable = model.Kfuncs.Values.Count(k => !k.IsTest && CallReason.Refusal(k, model, new EnclosingProgram(s_nobody, program)) is null);
        lines.Add($"{callable} of {model.Kfuncs.Values.Count(k => !k.IsTest)} kfuncs of {model.Version} may be called");
        return new($"SEC(\"{section}\")") { Lines = [.. lines.Select(l => $"- {l}")] };
    }

    private static readonly FunctionIr s_nobody = new() { Name = "", Anchor = new("", 0, 0, FileSpan.None), ReturnType = CType.Void };

    /// <summary>What the verifier thinks of the arguments.</summary>
    /// <remarks>Source: kernel/bpf/btf.c, prog_args_trusted.</remarks>
    private static string? ArgumentsOf(ProgramKind kind, CallContext context, KernelModel model)
    {
        switch (kind.Type)
        {
            case ProgramType.Tracing when kind.AttachType == "TRACE_RAW_TP":
                var marks = model.TracepointArguments.GetValueOrDefault(kind.Target, []);
                var nullable = marks.Select((m, i) => (m, i)).Where(m => m.m == TracepointArgument.MayBeNull).Select(m => $"{m.i + 1}").ToList();
                return "Its arguments are trusted pointers" + (nullable.Count > 0 ? $"; argument {string.Join(", ", nullable)} may be NULL" : "");
            case ProgramType.Tracing when kind.AttachType == "TRACE_ITER":
                var fields = model.IterContexts.GetValueOrDefault(kind.Target, []);
                return fields.IsEmpty ? null : $"Its context has {string.Join(", ", fields.Select(f => $"`{f.Name}`{(f.IsTrusted ? " (trusted)" : "")}{(f.MayBeNull ? " (may be NULL)" : "")}"))}";
            case ProgramType.Tracing:
                return "Its arguments are kernel pointers that nobody trusts: kfuncs that want trusted ones refuse them";
            case ProgramType.Lsm:
                return model.Lsm.Untrusted.Contains(kind.Target) ? "The arguments of this hook are not trusted" : "Its arguments are trusted pointers";
            case ProgramType.StructOps:
                var suffixes = context is { StructOpsType: { } type, StructOpsMember: { } member } && model.StructOps.TryGetValue(type, out var known) ? known.Arguments.GetValueOrDefault(member) : null;
                var special = suffixes?.Where(s => s.Value is "nullable" or "ref").OrderBy(s => s.Key).Select(s => s.Value == "ref" ? $"argument {s.Key + 1} is owned" : $"argument {s.Key + 1} may be NULL").ToList();
                return "Its arguments are trusted pointers" + (special is { Count: > 0 } ? $"; {string.Join(", ", special)}" : "");
            default:
                return model.Contexts.TryGetValue(kind.Type, out var own) && own.BpfName.Length > 0 ? $"Its context is `struct {own.BpfName} *`" : null;
        }
    }
}
