using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>Which function gives back what another one acquired.</summary>
internal static class ReleaseNames
{
    /// <summary>The release function's name; null where none is known.</summary>
    public static string? For(KernelModel model, string acquiredBy, string structName)
    {
        switch (acquiredBy)
        {
            case "bpf_obj_new" or "bpf_obj_new_impl" or "bpf_refcount_acquire" or "bpf_refcount_acquire_impl" or "bpf_list_pop_front" or "bpf_list_pop_back" or "bpf_rbtree_remove": return "bpf_obj_drop";
            case "bpf_percpu_obj_new" or "bpf_percpu_obj_new_impl": return "bpf_percpu_obj_drop";
            case "bpf_ringbuf_reserve": return "bpf_ringbuf_discard";
            case "bpf_ringbuf_reserve_dynptr": return "bpf_ringbuf_discard_dynptr";
            case "bpf_sk_lookup_tcp" or "bpf_sk_lookup_udp" or "bpf_skc_lookup_tcp": return "bpf_sk_release";
        }

        if (acquiredBy.EndsWith("_new", StringComparison.Ordinal) && acquiredBy.StartsWith("bpf_iter_", StringComparison.Ordinal)) return acquiredBy[..^4] + "_destroy";
        if (structName.Length == 0) return null;
        string? best = null;
        foreach (var (name, kfunc) in model.Kfuncs)
        {
            if (!kfunc.Has(KfuncFlags.Release) || kfunc.IsTest || kfunc.Parameters is not [{ PointeeStruct: { } pointee }, ..] || pointee != structName) continue;
            if (best is null || name.Contains("release", StringComparison.Ordinal) || string.CompareOrdinal(name, best) < 0 && !best.Contains("release", StringComparison.Ordinal)) best = name;
        }

        return best;
    }
}
