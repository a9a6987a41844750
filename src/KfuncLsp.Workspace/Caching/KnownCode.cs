using System.Collections.Immutable;
using KfuncLsp.Ir;

namespace KfuncLsp.Workspace.Caching;

/// <summary>What the object's BTF has of a struct.</summary>
internal readonly record struct BtfAnswer(string Name, bool Holds, bool MayHold);

/// <summary>The numbers that a unit stores in a variable.</summary>
internal readonly record struct WriteAnswer(string Name, string Numbers);

/// <summary>A program's code and all that it uses, as a hash, and what was asked of the rest of its file for it.</summary>
internal readonly record struct ProgramCode(IrHash Hash, ImmutableArray<BtfAnswer> Btf, ImmutableArray<WriteAnswer> Writes);

/// <summary>The hash and the references of each function of a file, and the code of each program, kept from one version to the next where an edit left them alone.</summary>
/// <remarks>To compare a function with its last version costs a small part of printing it. Only the file's worker touches it.</remarks>
internal sealed class KnownCode
{
    private readonly Dictionary<string, (FunctionIr Function, IrHash Hash, FunctionReferences References)> _functions = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<IrHash, ProgramCode> _programs = ImmutableDictionary<IrHash, ProgramCode>.Empty;
    private UnitIr? _last;

    /// <summary>The next version. What is found out about its programs goes to <paramref name="programs"/>, by the functions that they reach.</summary>
    /// <remarks>Shape: → the programs of the last version; none where anything but functions changed.</remarks>
    public IReadOnlyDictionary<IrHash, ProgramCode> Begin(UnitIr unit, IReadOnlyDictionary<IrHash, ProgramCode> programs)
    {
        Keep(unit);
        var before = _last is { } last && SharedParts.AreSame(last, unit) ? _programs : ImmutableDictionary<IrHash, ProgramCode>.Empty;
        (_last, _programs) = (unit, programs);
        return before;
    }

    public (IrHash Hash, FunctionReferences References) Of(FunctionIr function)
    {
        // Where it stands in its file is no part of the hash.
        if (!_functions.TryGetValue(function.Name, out var known) || known.Function with { Anchor = function.Anchor } != function)
            _functions[function.Name] = known = (function, IrHash.Of(function), FunctionReferences.Of(function));
        return (known.Hash, known.References);
    }

    /// <summary>Forgets functions that are gone, once they are many.</summary>
    private void Keep(UnitIr unit)
    {
        if (_functions.Count <= 2 * unit.Functions.Length) return;
        foreach (var name in _functions.Keys.Except(unit.Functions.Select(f => f.Name), StringComparer.Ordinal).ToList()) _functions.Remove(name);
    }
}
