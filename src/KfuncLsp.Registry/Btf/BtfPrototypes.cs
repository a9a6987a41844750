using System.Collections.Immutable;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Registry.Btf;

/// <summary>A kfunc's prototype out of BTF.</summary>
public static class BtfPrototypes
{
    /// <summary>The prototype; what the verifier fills in is in that of the function's <c>_impl</c> form.</summary>
    /// <remarks>Source: tools/bpf/resolve_btfids/main.c, which gives a kfunc with KF_IMPLICIT_ARGS a prototype without them.</remarks>
    public static PrototypeFact Of(BtfFunction function, IEnumerable<string> flags, Func<string, BtfFunction?> find)
    {
        var visible = function.Parameters.Where(p => p.Type != "...").Select(p => new ParameterFact(p.Name, p.Type));
        IEnumerable<ParameterFact> hidden = flags.Contains("KF_IMPLICIT_ARGS") && find(function.Name + "_impl") is { } full
            ? full.Parameters.Skip(function.Parameters.Length).Select(p => new ParameterFact(p.Name, p.Type) { Implicit = true })
            : [];
        return new(function.Returns, [.. visible, .. hidden]) { Variadic = function.Parameters.Any(p => p.Type == "...") };
    }

    /// <summary>A type as both a tree and BTF spell it: annotations and names of a function pointer's parameters are no part of BTF's.</summary>
    public static string Normal(string type)
    {
        var words = type.Replace("*", " * ", StringComparison.Ordinal).Replace(",", " , ", StringComparison.Ordinal).Replace("(", " ( ", StringComparison.Ordinal).Replace(")", " ) ", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => w is not ("__user" or "__rcu" or "__percpu" or "__iomem" or "__force" or "volatile" or "restrict")).ToList();
        var kept = words.Where((w, i) => !IsParameterName(words, i));
        return string.Join(' ', kept).Replace(" ,", ",", StringComparison.Ordinal);
    }

    /// <summary>A word between a type's end and the next parameter's beginning.</summary>
    private static bool IsParameterName(List<string> words, int at) =>
        at > 0 && at + 1 < words.Count && words[at + 1] is "," or ")" && (char.IsAsciiLetter(words[at][0]) || words[at][0] == '_') && words[at - 1] == "*" && words.IndexOf(")") < at;

    public static string Text(PrototypeFact prototype) =>
        $"{Normal(prototype.Returns)} ({string.Join(", ", prototype.Parameters.Select(p => $"{(p.Implicit ? "implicit " : "")}{Normal(p.Type)} {p.Name}"))}{(prototype.Variadic ? ", ..." : "")})";
}
