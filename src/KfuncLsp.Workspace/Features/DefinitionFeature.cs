using System.Text;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>Where a kfunc is defined: in a kernel tree, or in the registry, whose entry <see cref="KfuncDocument"/> shows.</summary>
public sealed record KfuncDefinition(TextRange Origin, KfuncSignature Kfunc, KernelModel Model)
{
    /// <summary>The file of the configured kernel tree and the name's place in it; null where no tree is configured, or it lacks the function.</summary>
    public (string File, TextRange Range)? InTree { get; init; }
}

/// <summary>Finds the definition of the kfunc under the cursor.</summary>
public static class DefinitionFeature
{
    public static KfuncDefinition? At(FileSnapshot snapshot, TextPosition position, PositionEncoding encoding, KernelView kernels)
    {
        var lines = snapshot.Document.Lines;
        var text = lines.Text.Span;
        var name = Identifier.At(text, lines.OffsetAt(position, encoding));
        if (name.Length == 0 || CLexer.PlaceAt(text, name.Start + 1) is not CPlace.Code) return null;
        if (KfuncNames.Find(snapshot, text, name, kernels) is not var (_, kfunc, model)) return null;
        var tree = snapshot.Setup?.Configuration.KernelTree;
        return new(lines.RangeAt(name.Start, name.Length, encoding), kfunc, model) { InTree = tree is null ? null : FindIn(tree, kfunc, encoding) };
    }

    /// <summary>The place in a tree, which may be of another release than the registry's: the mention nearest to where that one has it.</summary>
    private static (string, TextRange)? FindIn(string tree, KfuncSignature kfunc, PositionEncoding encoding)
    {
        if (PlaceOf(kfunc) is not var (file, wanted)) return null;
        var path = Path.Combine(tree, file);
        try
        {
            if (!File.Exists(path)) return null;
            var lines = new LineIndex(PlainFile.ReadBytes(path));
            var (best, distance) = (-1, int.MaxValue);
            foreach (var name in Identifier.AllIn(CLexer.CodeOnly(lines.Text.Span)))
            {
                if (name.Length != kfunc.Name.Length || name.TextIn(lines.Text.Span) != kfunc.Name) continue;
                var away = Math.Abs(lines.PositionAt(name.Start).Line + 1 - wanted);
                if (away < distance) (best, distance) = (name.Start, away);
            }

            return best < 0 ? null : (path, lines.RangeAt(best, kfunc.Name.Length, encoding));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>From <c>kernel/bpf/helpers.c:2989@7.3.4</c> to the file and its line, from 1.</summary>
    private static (string File, int Line)? PlaceOf(KfuncSignature kfunc)
    {
        var at = kfunc.Source.LastIndexOf('@');
        var colon = kfunc.Source.LastIndexOf(':');
        return at < 0 || colon < 0 || colon > at || !int.TryParse(kfunc.Source[(colon + 1)..at], out var line) ? null : (kfunc.Source[..colon], line);
    }
}
