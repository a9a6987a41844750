using KfuncLsp.Registry;
using KfuncLsp.Registry.Words;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>What is said of the name under the cursor.</summary>
public sealed record KfuncHover(KfuncPage Page, TextRange Range);

/// <summary>Says of a kfunc's name what it is. Works on text alone, so also in a file that does not parse.</summary>
public static class HoverFeature
{
    /// <summary>The hover at a place; null where no kfunc is named.</summary>
    public static KfuncHover? At(FileSnapshot snapshot, TextPosition position, PositionEncoding encoding, IReadOnlyList<KernelModel> models, KernelModel fallback)
    {
        var lines = snapshot.Document.Lines;
        var text = lines.Text.Span;
        var offset = lines.OffsetAt(position, encoding);
        var name = Identifier.At(text, offset);
        if (name.Length == 0 || name.IsMember(text) || CLexer.PlaceAt(text, name.Start + 1) is CPlace.Literal) return null;

        var model = snapshot.Setup?.Model ?? fallback;
        var word = name.TextIn(text);
        if (snapshot.Last?.Unit.FindFunction(word) is not null) return null;
        var kfunc = model.FindKfunc(word);
        if (kfunc is null)
        {
            // Not in the target kernel: another one may have it, and that is worth saying.
            model = models.LastOrDefault(m => m.FindKfunc(word) is not null);
            kfunc = model?.FindKfunc(word);
        }

        if (kfunc is null || model is null) return null;
        var programs = EnclosingPrograms.At(snapshot, offset);
        var page = KfuncPage.Of(kfunc, model, models, programs is [var only, ..] ? model.HookOf(only.Context.Program.Type) : null);
        var doc = snapshot.Setup?.Configuration.KernelTree is { } tree ? KernelDoc.Of(tree, kfunc.Name, models) : null;
        return new(page with { Here = CallReason.Here(kfunc, model, programs), KernelDoc = doc is null ? null : (doc.File, doc.Text) }, lines.RangeAt(name.Start, name.Length, encoding));
    }
}
