using KfuncLsp.Registry;
using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Workspace.Features;

/// <summary>A place where the text names a kfunc. Units: bytes.</summary>
internal readonly record struct KfuncName(Identifier Name, KfuncSignature Kfunc, KernelModel Model);

/// <summary>Finds kfuncs by name in the text as it is, so also in one that does not parse.</summary>
internal static class KfuncNames
{
    /// <summary>The kfunc that a name stands for; null for members, and for functions that the program defines itself.</summary>
    public static KfuncName? Find(FileSnapshot snapshot, ReadOnlySpan<byte> text, Identifier name, KernelView kernels)
    {
        if (name.Length == 0 || name.IsMember(text)) return null;
        var word = name.TextIn(text);
        if (kernels.Find(word) is not var (kfunc, model)) return null;
        return snapshot.Parsed?.Unit.FindFunction(word) is not null ? null : new(name, kfunc, model);
    }

    /// <summary>Every kfunc that the code names, in order.</summary>
    public static List<KfuncName> In(FileSnapshot snapshot, KernelView kernels)
    {
        var text = snapshot.Document.Text.Span;
        var found = new List<KfuncName>();
        foreach (var name in Identifier.AllIn(CLexer.CodeOnly(text)))
        {
            // All kfuncs have an underscore; most names of a C text do not, and are not made into strings.
            if (text.Slice(name.Start, name.Length).IndexOf((byte)'_') < 0) continue;
            if (Find(snapshot, text, name, kernels) is { } kfunc) found.Add(kfunc);
        }

        return found;
    }
}
