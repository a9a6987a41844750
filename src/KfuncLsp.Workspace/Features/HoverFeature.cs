using KfuncLsp.Registry;
using KfuncLsp.Registry.Words;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>What is said of the thing under the cursor: a kfunc's page, or a page of another kind.</summary>
public sealed record EditorHover(KfuncPage? Kfunc, HoverPage? Page, TextRange Range);

/// <summary>Says what the thing under the cursor is to the verifier. Never waits: what is not known yet is not said.</summary>
public static class HoverFeature
{
    /// <summary>The hover at a place; null where there is nothing of ours.</summary>
    public static EditorHover? At(FileSnapshot snapshot, TextPosition position, PositionEncoding encoding, KernelView kernels)
    {
        var lines = snapshot.Document.Lines;
        var text = lines.Text.Span;
        var offset = lines.OffsetAt(position, encoding);
        if (SectionLiteral.At(text, offset) is { } section)
            return SectionHover.Of(section.TextIn(text), offset, snapshot, kernels) is { } page ? new(null, page, lines.RangeAt(section.Start, section.Length, encoding)) : null;

        var name = Identifier.At(text, offset);
        if (name.Length == 0) return null;
        var place = CLexer.PlaceAt(text, name.Start + 1);
        if (place == CPlace.Literal) return null;
        var range = lines.RangeAt(name.Start, name.Length, encoding);
        if (KfuncNames.Find(snapshot, text, name, kernels) is var (_, kfunc, model))
            return new(PageOf(snapshot, offset, kfunc, model, kernels), null, range);

        var other = place == CPlace.Comment ? InComment(text, name, kernels) : InCode(snapshot, text, name, kernels);
        return other is null ? null : new(null, other, range);
    }

    private static KfuncPage PageOf(FileSnapshot snapshot, int offset, KfuncSignature kfunc, KernelModel model, KernelView kernels)
    {
        var programs = EnclosingPrograms.At(snapshot, offset);
        var doc = snapshot.Configuration.KernelTree is { } tree ? KernelDoc.Of(tree, kfunc.Name, kernels.All) : null;
        return kernels.Pages.Of(kfunc, model, programs is [var only, ..] ? model.HookOf(only.Context.Program.Type) : null) with
        {
            Here = CallReason.Here(kfunc, model, programs),
            KernelDoc = doc is null ? null : (doc.File, doc.Text),
        };
    }

    private static HoverPage? InComment(ReadOnlySpan<byte> text, Identifier name, KernelView kernels)
    {
        foreach (var (found, rule) in RuleNames.In(text))
            if (found == name) return WordHover.OfRule(rule, kernels.Target);
        return WordHover.OfFlag(name.TextIn(text), kernels.Target);
    }

    private static HoverPage? InCode(FileSnapshot snapshot, ReadOnlySpan<byte> text, Identifier name, KernelView kernels) =>
        WordHover.OfFlag(name.TextIn(text), kernels.Target)
        ?? KptrHover.At(snapshot, name, kernels.Target)
        ?? (KsymDeclarations.IsParameter(text, name) ? WordHover.OfParameter(name.TextIn(text)) : null)
        ?? (name.IsMember(text) ? null : VariableHover.At(snapshot, name));
}
