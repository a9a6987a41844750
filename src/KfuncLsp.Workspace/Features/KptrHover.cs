using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>Says of a kptr field of a map value what it holds, and how it is filled, read and emptied.</summary>
internal static class KptrHover
{
    public static HoverPage? At(FileSnapshot snapshot, Identifier name, KernelModel model)
    {
        if (snapshot.Parsed is not { } check) return null;
        var text = snapshot.Document.Text.Span;
        var word = name.TextIn(text);
        var isDeclared = text[..name.Start].TrimEnd(" \t\r\n*"u8).EndsWith("__kptr"u8);
        if (!isDeclared && !name.IsMember(text)) return null;
        var at = new TextShift(check.Document.Text.Span, text).Nearest(name.Start);
        var owner = isDeclared ? null : StructAt(check, word, at);
        foreach (var definition in check.Unit.Structs.Values)
        {
            if (owner is not null && definition.Name != owner) continue;
            foreach (var field in definition.Fields)
                if (field.Name == word && field.Type is PointerType { Pointee: StructType pointee } pointer && pointer.Tags.Any(IsKptr)
                    && (owner is not null || isDeclared)) return Page(definition.Name, field.Name, pointer, pointee.Name, model);
        }

        return null;
    }

    private static bool IsKptr(string tag) => tag is "kptr" or "kptr_ref" or "kptr_untrusted" or "percpu_kptr";

    private static HoverPage Page(string owner, string field, PointerType pointer, string pointee, KernelModel model)
    {
        var tag = pointer.Tags.First(IsKptr);
        var title = $"struct {pointee} __{tag} *{field};   /* in struct {owner} */";
        if (tag == "kptr_untrusted") return new(title) { Lines = ["A pointer that the map does not own: what is read from it is untrusted."] };
        var known = model.KptrTypes.GetValueOrDefault(pointee);
        var lines = new List<string>
        {
            "The map owns what it holds: it is released when the value goes.",
            $"- `bpf_kptr_xchg(&value->{field}, p)` puts an owned `p` in and gives the old one out, owned, maybe NULL",
        };
        if (known?.Destructor is { } destructor) lines.Add($"- what was taken out is given back with `{destructor}`");
        lines.Add(known?.IsRcuProtected == true
            ? $"- `value->{field}` read in an RCU section is protected by RCU and may be NULL; outside of one it is untrusted"
            : $"- `value->{field}` when read is untrusted");
        return new(title) { Lines = [.. lines] };
    }

    /// <summary>The struct whose member the code at a place steps to.</summary>
    private static string? StructAt(DocumentCheck check, string member, int offset)
    {
        foreach (var function in check.Unit.Functions)
        {
            var at = offset - function.Anchor.Start;
            if (function.Anchor.File != check.Document.Path || at < 0 || at >= function.Anchor.Length) continue;
            foreach (var block in function.Blocks)
                foreach (var instruction in block.Instructions)
                    if (instruction is Assign { Value: FieldAddr address } && address.Field == member && instruction.Span.Start <= at && at <= instruction.Span.End) return address.Struct.Name;
        }

        return null;
    }
}
