using System.Collections.Immutable;
using KfuncLsp.Ir;

namespace KfuncLsp.Workspace.Caching;

/// <summary>What the functions of a unit share: all that a program can use besides functions.</summary>
internal static class SharedParts
{
    /// <summary>Whether two versions share the same. Places in files are no part of it.</summary>
    /// <remarks>Errors: on the side of no, such as for an inner map that moved.</remarks>
    public static bool AreSame(UnitIr one, UnitIr other) =>
        one.License == other.License
        && AreSame(one.Externs, other.Externs, static e => e with { Anchor = FileSpan.None })
        && AreSame(one.Globals, other.Globals, static g => g with { Anchor = FileSpan.None })
        && AreSame(one.Maps, other.Maps, static m => m with { Anchor = FileSpan.None })
        && AreSame(one.StructOps, other.StructOps, static s => s with { Anchor = FileSpan.None })
        && AreSame(one.Structs, other.Structs)
        && AreSame(one.TracepointPrototypes, other.TracepointPrototypes);

    private static bool AreSame<T>(ImmutableArray<T> one, ImmutableArray<T> other, Func<T, T> withoutPlace)
    {
        if (one.Length != other.Length) return false;
        for (var i = 0; i < one.Length; i++)
            if (!withoutPlace(one[i])!.Equals(withoutPlace(other[i]))) return false;
        return true;
    }

    private static bool AreSame<T>(ImmutableDictionary<string, T> one, ImmutableDictionary<string, T> other)
    {
        if (one == other) return true;
        if (one.Count != other.Count) return false;
        foreach (var (name, value) in one)
            if (!other.TryGetValue(name, out var there) || !value!.Equals(there)) return false;
        return true;
    }
}
