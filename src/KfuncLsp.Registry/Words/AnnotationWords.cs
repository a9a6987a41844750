using System.Collections.Frozen;

namespace KfuncLsp.Registry.Words;

/// <summary>The suffixes of parameter names that the verifier reads, in words.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, the is_kfunc_arg_* functions.</remarks>
public static class AnnotationWords
{
    private static readonly FrozenDictionary<string, string> s_words = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["__sz"] = "the size in bytes of the memory that the parameter before it points to",
        ["__szk"] = "the size in bytes of the memory that the parameter before it points to, a constant",
        ["__k"] = "a constant that the verifier knows",
        ["__ign"] = "the argument is not checked",
        ["__prog"] = "the verifier passes the program itself; what the program passes is not looked at",
        ["__alloc"] = "an object that the program made with `bpf_obj_new`",
        ["__refcounted_kptr"] = "an object of the program that holds a `bpf_refcount`",
        ["__uninit"] = "memory that the kfunc fills; it need not be initialised",
        ["__opt"] = "a buffer that may be NULL",
        ["__nullable"] = "the argument may be NULL",
        ["__str"] = "a constant string in read-only memory, with its NUL",
        ["__map"] = "a map of the program",
        ["__const_map"] = "a map of the program, named by itself and not by a variable",
        ["__iter"] = "an iterator in use, though the kfunc is no step of it",
        ["__irq_flag"] = "a variable on the stack that holds an interrupt state",
        ["__nonown_allowed"] = "a node of a list or tree, owned by the program or not",
        ["__arena"] = "a pointer into the program's arena",
        ["__arena__nullable"] = "a pointer into the program's arena, or NULL",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a suffix, such as <c>__sz</c>, asks of the argument; beginning small, without a full stop.</summary>
    public static string Of(string suffix) => s_words.GetValueOrDefault(suffix, "a suffix that the verifier reads");

    /// <summary>The suffix at the end of a parameter's name, the longest where several fit; null where there is none.</summary>
    public static string? SuffixOf(string parameter) =>
        s_words.Keys.Where(s => parameter.Length > s.Length && parameter.EndsWith(s, StringComparison.Ordinal)).MaxBy(s => s.Length);
}
