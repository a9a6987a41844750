using System.Collections.Immutable;
using System.Numerics;
using System.IO.Hashing;
using System.Text;
using KfuncLsp.Registry.Btf;

namespace KfuncLsp.Registry.Built;

/// <summary>A model of a release → that of a kernel which was built from it, or which has a module besides.</summary>
public static class BuiltModels
{
    /// <summary>The model with what a kernel's BTF and that of its loaded modules say: which kfuncs there are, and their prototypes.</summary>
    /// <remarks>Flags, hooks and filters stay the release's, which BTF does not tell. A kfunc that the release does not have becomes one of <see cref="KernelModel.Unflagged"/>.</remarks>
    public static KernelModel On(KernelModel model, BuiltKernelFiles files)
    {
        var asked = new HashSet<string>(KernelModels.All.SelectMany(m => m.Kfuncs.Keys).Concat(model.Kfuncs.Keys), StringComparer.Ordinal);
        asked.UnionWith([.. asked.Select(n => n + "_impl")]);
        var kfuncs = model.Kfuncs.ToBuilder();
        var unflagged = model.Unflagged.ToBuilder();
        var having = new HashSet<string>(StringComparer.Ordinal);
        var everywhere = Everywhere(model, KfuncFlags.None);
        foreach (var btf in files.All)
        {
            var functions = btf.FindFunctions(asked);
            having.UnionWith(functions.Keys);
            var signatures = new BtfSignatures(model, btf, functions.GetValueOrDefault);
            foreach (var function in functions.Values)
            {
                if (!model.Kfuncs.TryGetValue(function.Name, out var kfunc) || signatures.IsAsModelled(function, kfunc)) continue;
                kfuncs[function.Name] = Declared(kfunc, signatures.Of(function, kfunc.Flags));
            }

            foreach (var function in btf.Kfuncs.Values)
            {
                if (model.Kfuncs.ContainsKey(function.Name)) continue;
                unflagged[function.Name] = signatures.Of(function, KfuncFlags.None) with { Hooks = everywhere, Source = files.Name };
            }
        }

        having.UnionWith(unflagged.Keys);
        var lacking = model.Kfuncs.Values.Where(k => !k.MayBeInModule && !k.IsTest && !having.Contains(k.Name)).Select(k => k.Name).ToImmutableHashSet(StringComparer.Ordinal);
        return Hashed(model with
        {
            Kfuncs = kfuncs.ToImmutable(),
            Unflagged = unflagged.ToImmutable(),
            Built = new(files.Name, having, lacking) { Config = files.Config },
        });
    }

    /// <summary>The model with a module's kfuncs. Those whose flags its file has are judged; where they may be called from nothing says, so they may be everywhere.</summary>
    public static KernelModel With(KernelModel model, ModuleFile module)
    {
        var kfuncs = model.Kfuncs.ToBuilder();
        var signatures = new BtfSignatures(model, module.Btf, module.Btf.FindFunction);
        foreach (var entries in module.Sets.SelectMany(s => s.Entries).GroupBy(e => e.Function.Name, StringComparer.Ordinal))
        {
            if (FlagsOf(model, entries.Select(e => e.Flags)) is not { } flags) continue;
            var read = signatures.Of(entries.First().Function, flags);
            kfuncs[read.Name] = model.Kfuncs.TryGetValue(read.Name, out var known)
                ? Declared(known, read) with { Flags = flags, Hooks = known.Hooks.ToImmutableDictionary(h => h.Key, _ => flags) }
                : read with { Hooks = Everywhere(model, flags), MayBeInModule = true, Source = module.Path };
        }

        var unflagged = module.Btf.Kfuncs.Values.Where(f => !kfuncs.ContainsKey(f.Name)).Select(f => signatures.Of(f, KfuncFlags.None) with { Hooks = Everywhere(model, KfuncFlags.None), MayBeInModule = true, Source = module.Path });
        return Hashed(model with { Kfuncs = kfuncs.ToImmutable(), Unflagged = model.Unflagged.SetItems(unflagged.Select(k => KeyValuePair.Create(k.Name, k))) });
    }

    /// <summary>Where a kfunc may be that nothing tells the hooks of. Wrongly allowed is better than wrongly refused.</summary>
    private static ImmutableDictionary<KfuncHook, KfuncFlags> Everywhere(KernelModel model, KfuncFlags flags) =>
        (model.HasCommonHook ? [KfuncHook.Common] : Enum.GetValues<KfuncHook>().Where(h => h != KfuncHook.Common)).ToImmutableDictionary(h => h, _ => flags);

    /// <summary>A flag word's flags; null where it has a bit that this kernel's release gives no meaning.</summary>
    private static KfuncFlags? FlagsOf(KernelModel model, IEnumerable<uint> words)
    {
        var flags = KfuncFlags.None;
        for (var word = words.Aggregate(0u, (all, one) => all | one); word != 0; word &= word - 1)
        {
            if (!model.Declarations.FlagBits.TryGetValue(BitOperations.TrailingZeroCount(word), out var flag)) return null;
            flags |= flag;
        }

        return flags;
    }

    /// <summary>A known kfunc as a kernel declares it.</summary>
    private static KfuncSignature Declared(KfuncSignature known, KfuncSignature read) =>
        known with { Return = read.Return, Parameters = read.Parameters, ImplicitParameters = read.ImplicitParameters };

    /// <summary>With a hash that tells the model from the one it was made of, by what was put into it.</summary>
    private static KernelModel Hashed(KernelModel model)
    {
        var text = new StringBuilder(model.Hash);
        foreach (var kfunc in model.Kfuncs.Values.OrderBy(k => k.Name, StringComparer.Ordinal))
        {
            text.Append(kfunc.Name).Append((uint)kfunc.Flags).Append(kfunc.Return.Type.Text);
            text.AppendJoin(',', kfunc.Parameters.Select(p => $"{p.Type.Text} {p.Name}"));
        }

        text.AppendJoin(',', model.Unflagged.Keys.Order(StringComparer.Ordinal));
        if (model.Built is { } built) text.Append(built.Name).AppendJoin(',', built.Having.Order(StringComparer.Ordinal));
        return model with { Hash = Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(text.ToString()))) };
    }
}
