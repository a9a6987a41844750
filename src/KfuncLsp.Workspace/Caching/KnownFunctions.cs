using KfuncLsp.Ir;

namespace KfuncLsp.Workspace.Caching;

/// <summary>The hash and the references of each function of a file, kept from one version to the next where an edit left the function alone.</summary>
/// <remarks>To compare a function with its last version costs a small part of printing it. Only the file's worker touches it.</remarks>
internal sealed class KnownFunctions
{
    private readonly Dictionary<string, (FunctionIr Function, IrHash Hash, FunctionReferences References)> _known = new(StringComparer.Ordinal);

    public (IrHash Hash, FunctionReferences References) Of(FunctionIr function)
    {
        // Where it stands in its file is no part of the hash.
        if (!_known.TryGetValue(function.Name, out var known) || known.Function with { Anchor = function.Anchor } != function)
            _known[function.Name] = known = (function, IrHash.Of(function), FunctionReferences.Of(function));
        return (known.Hash, known.References);
    }

    /// <summary>Forgets functions that are gone, once they are many.</summary>
    public void Keep(UnitIr unit)
    {
        if (_known.Count <= 2 * unit.Functions.Length) return;
        foreach (var name in _known.Keys.Except(unit.Functions.Select(f => f.Name), StringComparer.Ordinal).ToList()) _known.Remove(name);
    }
}
