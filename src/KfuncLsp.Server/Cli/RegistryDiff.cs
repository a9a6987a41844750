using System.Collections.Immutable;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Server.Cli;

/// <summary>One difference between two kernels: what changed of which kfunc, before and after.</summary>
/// <remarks><see cref="Kind"/> is <c>added</c>, <c>removed</c>, <c>flags</c>, <c>hooks</c> or <c>prototype</c>.</remarks>
internal sealed record RegistryChange(string Name, string Kind, string Before, string After);

/// <summary>Compares two models; kfuncs of the kernel's tests are left out.</summary>
internal static class RegistryDiff
{
    public static ImmutableArray<RegistryChange> Between(KernelModel older, KernelModel newer)
    {
        var changes = ImmutableArray.CreateBuilder<RegistryChange>();
        foreach (var name in older.Kfuncs.Keys.Union(newer.Kfuncs.Keys).Order(StringComparer.Ordinal))
        {
            var (a, b) = (older.Kfuncs.GetValueOrDefault(name), newer.Kfuncs.GetValueOrDefault(name));
            if ((a ?? b)!.IsTest) continue;
            if (a is null) changes.Add(new(name, "added", "", RegistryText.Prototype(b!)));
            else if (b is null) changes.Add(new(name, "removed", RegistryText.Prototype(a), a.Deprecated?.Replacement is { } instead ? $"use {instead}" : ""));
            else
            {
                if (a.Flags != b.Flags) changes.Add(new(name, "flags", RegistryText.Flags(a.Flags), RegistryText.Flags(b.Flags)));
                if (RegistryText.Hooks(a) != RegistryText.Hooks(b)) changes.Add(new(name, "hooks", RegistryText.Hooks(a), RegistryText.Hooks(b)));
                if (RegistryText.Prototype(a) != RegistryText.Prototype(b)) changes.Add(new(name, "prototype", RegistryText.Prototype(a), RegistryText.Prototype(b)));
            }
        }

        return changes.ToImmutable();
    }
}
