using System.Collections.Immutable;
using KfuncLsp.Registry.Btf;

namespace KfuncLsp.Registry;

/// <summary>A kernel as it was built and runs: which of the functions that its release could have as kfuncs it really has.</summary>
/// <remarks>
/// A loader looks a kfunc up by its name among the functions of the kernel's BTF and of the modules', so a name that is in none of them is
/// not there. A kfunc that may come with a module that is not loaded now is neither said to be there nor to lack.
/// Source: tools/lib/bpf/libbpf.c, bpf_object__resolve_ksym_func_btf_id.
/// </remarks>
public sealed record BuiltKernel(string Name, IReadOnlySet<string> Having, IReadOnlySet<string> Lacking)
{
    /// <summary>The options it was built with; null where they are not at hand.</summary>
    public KernelConfig? Config { get; init; }

    public bool Has(string kfunc) => Having.Contains(kfunc);

    public bool Lacks(string kfunc) => Lacking.Contains(kfunc);

    /// <summary>The options that would bring a kfunc, as far as they are off here; empty where none is known.</summary>
    public string WhatItNeeds(KfuncSignature kfunc) =>
        string.Join(" and ", Config is null ? kfunc.Config : kfunc.Config.SelectMany(Config.Missing).Distinct(StringComparer.Ordinal));
}
