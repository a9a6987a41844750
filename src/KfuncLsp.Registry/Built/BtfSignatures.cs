using System.Collections.Immutable;
using KfuncLsp.Registry.Btf;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Registry.Built;

/// <summary>Functions of BTF as a kernel reads them: what each argument must be follows from its type and its name.</summary>
internal sealed class BtfSignatures(KernelModel model, KernelBtf btf, Func<string, BtfFunction?> find)
{
    /// <summary>Prototype and arguments of a function with some flags; hooks and all else that BTF does not say are left out.</summary>
    public KfuncSignature Of(BtfFunction function, KfuncFlags flags)
    {
        var names = KernelNames.Spell(flags);
        var fact = new KfuncFact { Name = function.Name, Sets = [new("", names, "")], Prototype = BtfPrototypes.Of(function, names, find) };
        var (visible, hidden) = new KfuncArguments(model.Declarations, model.Contexts, Structs(fact.Prototype)).Classify(fact);
        return new() { Name = function.Name, Flags = flags, Return = new(KernelTypes.Parse(function.Returns)), Parameters = visible, ImplicitParameters = hidden };
    }

    /// <summary>Whether a function's prototype is the one that the model has.</summary>
    public bool IsAsModelled(BtfFunction function, KfuncSignature kfunc)
    {
        var own = new PrototypeFact(kfunc.Return.Type.Text, [.. kfunc.Parameters.Concat(kfunc.ImplicitParameters).OrderBy(p => p.Index).Select(p => new ParameterFact(p.Name, p.Type.Text))]);
        var built = BtfPrototypes.Of(function, KernelNames.Spell(kfunc.Flags), find);

        // What is hidden may be that of an older kfunc of the same name; it is never passed, so only what is visible counts.
        return BtfPrototypes.Text(Visible(own, kfunc.Parameters.Length)) == BtfPrototypes.Text(Visible(built, built.Parameters.Count(p => !p.Implicit)));
    }

    private static PrototypeFact Visible(PrototypeFact prototype, int count) => new(prototype.Returns, [.. prototype.Parameters.Take(count)]);

    private Dictionary<string, StructFact> Structs(PrototypeFact prototype)
    {
        var structs = new Dictionary<string, StructFact>(StringComparer.Ordinal);
        foreach (var parameter in prototype.Parameters)
            if (KernelTypes.Parse(parameter.Type).PointeeStruct is { } name && btf.FindStruct(name) is var (isScalarOnly, size)) structs[name] = new(name, isScalarOnly, size, "");
        return structs;
    }
}
