using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>Finds where texts name a kfunc.</summary>
public static class ReferencesFeature
{
    /// <summary>The kfunc under the cursor; null where there is none.</summary>
    public static KfuncSignature? At(FileSnapshot snapshot, TextPosition position, PositionEncoding encoding, KernelView kernels)
    {
        var lines = snapshot.Document.Lines;
        var text = lines.Text.Span;
        var name = Identifier.At(text, lines.OffsetAt(position, encoding));
        if (name.Length == 0 || CLexer.PlaceAt(text, name.Start + 1) is CPlace.Literal) return null;
        return KfuncNames.Find(snapshot, text, name, kernels) is var (_, kfunc, _) ? kfunc : null;
    }

    /// <summary>Every place in a text that names a kfunc, in any flavour, in code.</summary>
    public static ImmutableArray<TextRange> In(LineIndex lines, string kfunc, bool withDeclarations, PositionEncoding encoding)
    {
        var text = lines.Text.Span;
        if (text.IndexOf(Encoding.UTF8.GetBytes(kfunc)) < 0) return [];
        ReadOnlySpan<byte> code = CLexer.CodeOnly(text);
        var found = ImmutableArray.CreateBuilder<TextRange>();
        foreach (var name in Identifier.AllIn(code))
        {
            if (name.Length < kfunc.Length || name.IsMember(text)) continue;
            var word = name.TextIn(text);
            if (word != kfunc && KernelModel.WithoutFlavour(word) != kfunc) continue;
            if (withDeclarations || !KsymDeclarations.IsDeclaration(code, name)) found.Add(lines.RangeAt(name.Start, name.Length, encoding));
        }

        return found.ToImmutable();
    }
}
