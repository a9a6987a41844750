using System.Collections.Immutable;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Registry.Words;

/// <summary>A kfunc's rules in words, made from its facts: the one source for hover, command line and site.</summary>
/// <remarks>Shape: texts hold inline code between backticks and no other markup.</remarks>
public static class KfuncWords
{
    /// <summary>The declaration, as C.</summary>
    public static string Prototype(KfuncSignature kfunc) =>
        $"{Join(kfunc.Return.Type.Text, kfunc.Name)}({(kfunc.Parameters.Length == 0 ? "void" : string.Join(", ", kfunc.Parameters.Select(Parameter)))})";

    /// <summary>A parameter, as C.</summary>
    public static string Parameter(KfuncParameter parameter) => Join(parameter.Type.Text, parameter.Name);

    /// <summary>What a program writes to use it.</summary>
    public static string Declaration(KfuncSignature kfunc, bool isWeak = false) => $"extern {Prototype(kfunc)} __ksym{(isWeak ? " __weak" : "")};";

    /// <summary>The flags in words, most important first.</summary>
    public static IEnumerable<string> Flags(KfuncFlags flags)
    {
        foreach (var flag in Enum.GetValues<KfuncFlags>())
            if (flag != KfuncFlags.None && (flags & flag) != 0) yield return $"{FlagWords.Of(flag)} (`{FlagNames(flag)}`)";
    }

    /// <summary>Flags as the kernel writes them: <c>KF_ACQUIRE | KF_RET_NULL</c>, or <c>none</c>.</summary>
    public static string FlagNames(KfuncFlags flags) => flags == 0 ? "none" : string.Join(" | ", KernelNames.Spell(flags));

    /// <summary>What the verifier asks of an argument.</summary>
    public static string Rule(KfuncParameter parameter, KfuncSignature kfunc, KernelModel model)
    {
        var rule = parameter.Class switch
        {
            KfuncArgClass.Scalar => "any number",
            KfuncArgClass.ConstScalar => "a constant that the verifier knows",
            KfuncArgClass.MemSize => "the size in bytes of the memory before it",
            KfuncArgClass.ConstMemSize => "the size in bytes of the memory before it, a constant",
            KfuncArgClass.ReturnBufSize => "a constant: the size in bytes of the memory returned",
            KfuncArgClass.Ignored => "not checked",
            KfuncArgClass.Context => "the program's context, unchanged",
            KfuncArgClass.AllocObject => "an object from `bpf_obj_new`",
            KfuncArgClass.RefcountedKptr => "a refcounted object from `bpf_obj_new`",
            KfuncArgClass.Dynptr => parameter.IsUninit ? "a dynptr on the stack, not yet initialised" : "an initialised dynptr",
            KfuncArgClass.Iterator => "an iterator on the stack",
            KfuncArgClass.ListHead => "a `struct bpf_list_head` whose lock is held",
            KfuncArgClass.ListNode => "an owned object's `struct bpf_list_node`",
            KfuncArgClass.RbRoot => "a `struct bpf_rb_root` whose lock is held",
            KfuncArgClass.RbNode => "an object's `struct bpf_rb_node`",
            KfuncArgClass.ConstString => "a constant string, NUL-terminated, in read-only memory",
            KfuncArgClass.ConstMap or KfuncArgClass.Map => "a map",
            KfuncArgClass.Workqueue => "a `struct bpf_wq` in a map value",
            KfuncArgClass.Timer => "a `struct bpf_timer` in a map value",
            KfuncArgClass.TaskWork => "a `struct bpf_task_work` in a map value",
            KfuncArgClass.IrqFlag => "an `unsigned long` on the stack that holds the interrupt flags",
            KfuncArgClass.ResSpinLock => "a `struct bpf_res_spin_lock`",
            KfuncArgClass.Callback => "a static subprogram of the program",
            KfuncArgClass.Arena => "a pointer into the arena",
            KfuncArgClass.MemWithSize => "readable and writable memory of the size that the next argument says",
            KfuncArgClass.BtfObject => Object(parameter, kfunc, model),
            KfuncArgClass.FixedMem => parameter.PointeeSize > 0 ? $"memory of {parameter.PointeeSize} bytes" : "memory of the pointee's size",
            KfuncArgClass.KptrSlot => "a kptr field of a map value",
            _ => "as its type says",
        };
        return parameter.IsNullable ? $"{rule}, or NULL" : rule;
    }

    /// <summary>The shortest word for what is asked of an argument; null where any number will do.</summary>
    public static string? Annotation(KfuncParameter parameter, KfuncSignature kfunc, KernelModel model)
    {
        var word = parameter.Class switch
        {
            KfuncArgClass.ConstScalar => "const",
            KfuncArgClass.MemSize => "size",
            KfuncArgClass.ConstMemSize or KfuncArgClass.ReturnBufSize => "const size",
            KfuncArgClass.Context => "ctx",
            KfuncArgClass.AllocObject or KfuncArgClass.RefcountedKptr => "allocated",
            KfuncArgClass.Dynptr => parameter.IsUninit ? "uninit dynptr" : "dynptr",
            KfuncArgClass.Iterator => "iter",
            KfuncArgClass.ListHead or KfuncArgClass.RbRoot => "locked",
            KfuncArgClass.ListNode or KfuncArgClass.RbNode => "node",
            KfuncArgClass.ConstString => "const str",
            KfuncArgClass.ConstMap or KfuncArgClass.Map => "map",
            KfuncArgClass.IrqFlag => "irq flag",
            KfuncArgClass.Callback => "callback",
            KfuncArgClass.Arena => "arena",
            KfuncArgClass.KptrSlot => "kptr",
            KfuncArgClass.BtfObject when kfunc.Has(KfuncFlags.Release) => "releases",
            KfuncArgClass.BtfObject when kfunc.Has(KfuncFlags.Rcu) => "trusted or rcu",
            KfuncArgClass.BtfObject when kfunc.Has(KfuncFlags.TrustedArgs) || model.Traits.TrustedArgsByDefault => "trusted",
            _ => null,
        };
        return word is not null && parameter.IsNullable ? word + " or NULL" : word;
    }

    /// <summary>What a program must do with the result; null where nothing.</summary>
    public static string? Result(KfuncSignature kfunc, KernelModel model)
    {
        var mayBeNull = kfunc.Has(KfuncFlags.RetNull) ? "May be NULL: test it before use. " : "";
        if (kfunc.Has(KfuncFlags.Acquire))
        {
            var releases = ReleasesOf(kfunc, model);
            var how = releases.IsEmpty ? "release it" : $"release it with {string.Join(" or ", releases.Select(r => $"`{r}`"))}, or keep it with `bpf_kptr_xchg`,";
            return $"{mayBeNull}The result is owned: {how} on every path before the program ends.";
        }

        return mayBeNull.Length > 0 ? mayBeNull.TrimEnd() : null;
    }

    /// <summary>What a filter lets pass.</summary>
    public static string Rule(FilterRule rule)
    {
        if (!rule.IsExact) return "not known exactly";
        if (rule.ProgramTypes is [ProgramType.Unspec]) return "no program";
        var parts = new List<string>();
        if (!rule.ProgramTypes.IsEmpty) parts.Add(string.Join(", ", rule.ProgramTypes.Select(KernelNames.Spell)));
        if (!rule.AttachTypes.IsEmpty) parts.Add("attached as " + string.Join(", ", rule.AttachTypes));
        if (!rule.StructOpsMembers.IsEmpty) parts.Add("at " + string.Join(", ", rule.StructOpsMembers));
        if (!rule.ExcludedTargets.IsEmpty) parts.Add("not at " + string.Join(", ", rule.ExcludedTargets));
        return parts.Count == 0 ? "everything" : string.Join("; ", parts);
    }

    /// <summary>The program types that a hook stands for.</summary>
    public static ImmutableArray<string> Callers(KernelModel model, KfuncHook hook) =>
        hook == KfuncHook.Common ? ["any program type"] : [.. model.Hooks.Where(h => h.Value == hook).Select(h => KernelNames.Spell(h.Key)).Order(StringComparer.Ordinal)];

    /// <summary>From <c>kernel/bpf/helpers.c:2989@7.3.4</c> to a label and a page that shows the line; null for a source that names no line.</summary>
    public static (string Label, string Uri)? SourceLink(string source)
    {
        var at = source.LastIndexOf('@');
        var colon = at < 0 ? -1 : source.LastIndexOf(':', at);
        if (colon < 0 || !int.TryParse(source.AsSpan(colon + 1, at - colon - 1), out var line)) return null;
        var (file, version) = (source[..colon], source[(at + 1)..].TrimStart('v'));
        return ($"{file}:{line} (v{version})", $"https://elixir.bootlin.com/linux/v{version}/source/{file}#L{line}");
    }

    /// <summary>Kfuncs that release what this one acquires.</summary>
    public static ImmutableArray<string> ReleasesOf(KfuncSignature kfunc, KernelModel model) =>
        kfunc.Return.Type.PointeeStruct is not { } type ? []
        : [.. model.Kfuncs.Values.Where(k => k.Has(KfuncFlags.Release) && !k.IsTest && k.Parameters is [{ } first, ..] && first.PointeeStruct == type).Select(k => k.Name).Order(StringComparer.Ordinal)];

    private static string Object(KfuncParameter parameter, KfuncSignature kfunc, KernelModel model)
    {
        var type = $"`struct {parameter.PointeeStruct}`";
        if (kfunc.Has(KfuncFlags.Release)) return $"an owned {type}; it is gone after the call";
        if (parameter.PointeeIsScalarOnly == true) return $"memory that holds a {type}, or a kernel object of that type";
        if (kfunc.Has(KfuncFlags.Rcu)) return $"a trusted {type}, or one that RCU protects";
        return kfunc.Has(KfuncFlags.TrustedArgs) || model.Traits.TrustedArgsByDefault ? $"a trusted {type}: owned, or handed to the program by the kernel" : $"a {type}";
    }

    /// <summary>Type and name in C's order: <c>int (*f)(void)</c>, <c>struct s *p</c>, <c>u64 n</c>.</summary>
    private static string Join(string type, string name) =>
        type.Contains("(*)", StringComparison.Ordinal) ? type.Replace("(*)", $"(*{name})", StringComparison.Ordinal)
        : type.IndexOf('[') is var bracket and > 0 ? $"{type[..bracket].TrimEnd()} {name}{type[bracket..]}"
        : type.EndsWith('*') ? type + name
        : $"{type} {name}";
}
