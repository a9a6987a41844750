using System.Collections.Immutable;

namespace KfuncLsp.Registry.Facts;

/// <summary>A prototype's parameters → what the verifier asks of each argument.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, get_kfunc_ptr_arg_type and check_kfunc_args.</remarks>
internal sealed class KfuncArguments(DeclarationRules rules, ImmutableDictionary<ProgramType, ContextType> contextTypes, IReadOnlyDictionary<string, StructFact> structs)
{
    /// <summary>Longest first, so that <c>__szk</c> is not read as <c>__sz</c>.</summary>
    private readonly ImmutableArray<string> _known = [.. rules.Suffixes.OrderByDescending(s => s.Length).ThenBy(s => s, StringComparer.Ordinal)];

    private readonly HashSet<string> _contexts = contextTypes.Values.SelectMany(c => c.BpfName is "__sk_buff" or "xdp_md" ? new[] { c.BpfName, c.KernelName } : [c.BpfName])
        .Where(n => n is not ("void *" or "__u64" or "__u32" or "u64" or "u32" or "bpf_flow_dissector")).ToHashSet(StringComparer.Ordinal);

    private readonly IReadOnlySet<string> _callbackTypes = rules.CallbackTypes;

    public (ImmutableArray<KfuncParameter> Visible, ImmutableArray<KfuncParameter> Implicit) Classify(KfuncFact fact)
    {
        var all = fact.Prototype?.Parameters ?? [];
        var visible = ImmutableArray.CreateBuilder<KfuncParameter>();
        var hidden = ImmutableArray.CreateBuilder<KfuncParameter>();
        for (var i = 0; i < all.Length; i++)
        {
            var next = i + 1 < all.Length && !all[i + 1].Implicit ? all[i + 1] : null;
            (all[i].Implicit ? hidden : visible).Add(Classify(fact, i, all[i], next));
        }

        return (visible.ToImmutable(), hidden.ToImmutable());
    }

    private KfuncParameter Classify(KfuncFact fact, int index, ParameterFact parameter, ParameterFact? next)
    {
        var type = KernelTypes.Parse(parameter.Type);
        var suffixesHere = Suffixes(parameter.Name);
        var kind = suffixesHere.Contains("__ign") || suffixesHere.Contains("__prog") || rules.HiddenTypes.Contains(parameter.Type) ? KfuncArgClass.Ignored
            : type.IsPointer || _callbackTypes.Contains(parameter.Type) ? Pointer(fact, index, parameter, type, suffixesHere, next)
            : Scalar(parameter.Name, suffixesHere);
        structs.TryGetValue(type.PointeeStruct ?? "", out var pointee);
        return new(index, parameter.Name, type, kind)
        {
            Suffixes = suffixesHere,
            IsNullable = suffixesHere.Contains("__nullable") || suffixesHere.Contains("__opt") || suffixesHere.Contains("__arena__nullable"),
            IsUninit = suffixesHere.Contains("__uninit"),
            AllowsNonOwning = suffixesHere.Contains("__nonown_allowed"),
            SizeParameter = kind == KfuncArgClass.MemWithSize ? index + 1 : null,
            PointeeIsScalarOnly = pointee?.ScalarOnly,
            PointeeSize = pointee?.Size ?? PointeeSize(parameter.Type, type),
        };
    }

    private static long PointeeSize(string text, KfuncType type) => type.Pointee switch
    {
        KfuncTypeKind.Integer => KernelTypes.IntegerSize(text.Replace("const ", "", StringComparison.Ordinal).TrimEnd('*').TrimEnd()),
        KfuncTypeKind.Pointer => 8,
        KfuncTypeKind.Enum => 4,
        _ => 0,
    };

    private static KfuncArgClass Scalar(string name, ImmutableArray<string> suffixesHere) =>
        suffixesHere.Contains("__k") ? KfuncArgClass.ConstScalar
        : suffixesHere.Contains("__szk") ? KfuncArgClass.ConstMemSize
        : suffixesHere.Contains("__sz") ? KfuncArgClass.MemSize
        : name is "rdonly_buf_size" or "rdwr_buf_size" ? KfuncArgClass.ReturnBufSize
        : KfuncArgClass.Scalar;

    private KfuncArgClass Pointer(KfuncFact fact, int index, ParameterFact parameter, KfuncType type, ImmutableArray<string> here, ParameterFact? next)
    {
        var flags = fact.Sets.SelectMany(s => s.Flags);
        if (index == 0 && flags.Contains("KF_KPTR_GET")) return KfuncArgClass.KptrSlot;
        if (type.PointeeStruct is { } context && _contexts.Contains(context)) return KfuncArgClass.Context;
        if (index == 0 && fact.Name is "bpf_cast_to_kern_ctx" or "bpf_session_is_return" or "bpf_session_cookie") return KfuncArgClass.Context;
        if (here.Contains("__alloc")) return KfuncArgClass.AllocObject;
        if (here.Contains("__refcounted_kptr")) return KfuncArgClass.RefcountedKptr;
        switch (type.PointeeStruct)
        {
            case "bpf_dynptr" or "bpf_dynptr_kern": return KfuncArgClass.Dynptr;
            case "bpf_list_head": return KfuncArgClass.ListHead;
            case "bpf_list_node": return KfuncArgClass.ListNode;
            case "bpf_rb_root": return KfuncArgClass.RbRoot;
            case "bpf_rb_node": return KfuncArgClass.RbNode;
            case { } iterator when here.Contains("__iter") || (index == 0 && iterator.StartsWith("bpf_iter_", StringComparison.Ordinal) && flags.Any(f => f is "KF_ITER_NEW" or "KF_ITER_NEXT" or "KF_ITER_DESTROY")): return KfuncArgClass.Iterator;
        }

        if (here.Contains("__str")) return KfuncArgClass.ConstString;
        if (here.Contains("__const_map")) return KfuncArgClass.ConstMap;
        if (here.Contains("__map")) return KfuncArgClass.Map;
        switch (type.PointeeStruct)
        {
            case "bpf_wq": return KfuncArgClass.Workqueue;
            case "bpf_timer": return KfuncArgClass.Timer;
            case "bpf_task_work": return KfuncArgClass.TaskWork;
            case "bpf_res_spin_lock": return KfuncArgClass.ResSpinLock;
        }

        if (here.Contains("__irq_flag")) return KfuncArgClass.IrqFlag;
        if (type.Pointee == KfuncTypeKind.Function || _callbackTypes.Contains(parameter.Type)) return KfuncArgClass.Callback;
        if (here.Contains("__arena") || here.Contains("__arena__nullable")) return KfuncArgClass.Arena;
        if (next is not null && Suffixes(next.Name).Any(s => s is "__sz" or "__szk") && !KernelTypes.Parse(next.Type).IsPointer) return KfuncArgClass.MemWithSize;
        return type.PointeeStruct is not null ? KfuncArgClass.BtfObject : KfuncArgClass.FixedMem;
    }

    /// <summary>The suffixes at the end of a name, as written, last one outermost.</summary>
    private ImmutableArray<string> Suffixes(string name)
    {
        foreach (var suffix in _known)
            if (name.EndsWith(suffix, StringComparison.Ordinal) && name.Length > suffix.Length) return [suffix];
        return [];
    }
}
