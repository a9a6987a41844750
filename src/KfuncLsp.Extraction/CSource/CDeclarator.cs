using System.Collections.Immutable;
using System.Text;

namespace KfuncLsp.Extraction.CSource;

/// <summary>A parameter or return value: its type as the kernel writes it, and its name.</summary>
public readonly record struct CDeclaration(string Type, string Name);

/// <summary>A function's prototype.</summary>
public sealed record CPrototype(string Name, string Returns, ImmutableArray<CDeclaration> Parameters)
{
    public bool IsVariadic { get; init; }
}

/// <summary>Reads declarators: tokens of a prototype → types and names.</summary>
public static class CDeclarator
{
    private static readonly HashSet<string> Specifiers =
    [
        "static", "inline", "__inline", "__always_inline", "noinline", "extern", "__bpf_kfunc", "notrace", "__init", "__exit", "asmlinkage", "__used",
        "__weak", "__maybe_unused", "noinline_for_stack", "__noclone", "__cold", "__hot", "__must_check", "register", "__visible", "__retain", "__nocfi",
        "volatile", "nokprobe_inline", "__no_sanitize_address", "__no_kcsan", "__flatten", "__pure", "__attribute_const__", "bool_like",
    ];

    /// <summary>The prototype of a function definition or declaration.</summary>
    public static CPrototype Prototype(ImmutableArray<CToken> tokens, CItem item)
    {
        var parameters = ImmutableArray.CreateBuilder<CDeclaration>();
        var isVariadic = false;
        foreach (var argument in CItems.Arguments(tokens, item.Open, item.Close))
        {
            if (argument is [{ Text: "void" }]) continue;
            if (argument is [{ Text: "..." }]) { isVariadic = true; continue; }
            parameters.Add(Parameter(argument));
        }

        return new(item.Name, TypeText(tokens[item.Start..item.NameAt]), parameters.ToImmutable()) { IsVariadic = isVariadic };
    }

    /// <summary>One parameter.</summary>
    public static CDeclaration Parameter(ImmutableArray<CToken> tokens)
    {
        var open = IndexOf(tokens, "(");
        while (open > 0 && tokens[open - 1].Text.StartsWith("__", StringComparison.Ordinal))
            open = IndexOf(tokens, "(", CItems.Closing(tokens, open) + 1);
        if (open > 0)
        {
            // A function, or a pointer to one: `bool (less)(…)`, `int (*fn)(…)`.
            var close = CItems.Closing(tokens, open);
            var name = tokens[open..close].LastOrDefault(t => t.IsIdentifier).Text ?? "";
            var returns = TypeText(tokens[..open]);
            var list = close + 1 < tokens.Length && tokens[close + 1].Is("(") ? Spaced(tokens[(close + 1)..]) : "()";
            if (close + 1 >= tokens.Length && tokens[open - 1].IsIdentifier) (name, returns, list) = (tokens[open - 1].Text, TypeText(tokens[..(open - 1)]), Spaced(tokens[open..]));
            return new($"{returns} (*){list}", name);
        }

        var end = tokens.Length;
        var isArray = false;
        while (end > 0 && tokens[end - 1].Is("]"))
        {
            while (end > 0 && !tokens[end - 1].Is("[")) end--;
            end--;
            isArray = true;
        }

        while (end > 1 && tokens[end - 1].IsIdentifier && tokens[end - 1].Text is "__maybe_unused" or "__used") end--;
        var named = end > 1 && tokens[end - 1].IsIdentifier && !IsTypeWord(tokens[end - 1].Text) && !tokens[end - 2].Is("struct") && !tokens[end - 2].Is("union") && !tokens[end - 2].Is("enum")
            && !(end == 2 && tokens[0].Text is "const");
        var type = TypeText(tokens[..(named ? end - 1 : end)]);
        if (isArray) type += type.EndsWith('*') ? "*" : " *";
        return new(type, named ? tokens[end - 1].Text : "");
    }

    /// <summary>A type without storage class and attributes, spaced as the kernel does.</summary>
    public static string TypeText(ImmutableArray<CToken> tokens)
    {
        var kept = ImmutableArray.CreateBuilder<CToken>();
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].IsIdentifier && Specifiers.Contains(tokens[i].Text)) continue;
            if (tokens[i].IsIdentifier && i + 1 < tokens.Length && tokens[i + 1].Is("(") && tokens[i].Text.StartsWith("__", StringComparison.Ordinal)) { i = CItems.Closing(tokens, i + 1); continue; }
            kept.Add(tokens[i]);
        }

        return Spaced(kept.ToImmutable());
    }

    /// <summary>Tokens as text, a blank between words and before a <c>*</c>.</summary>
    public static string Spaced(ImmutableArray<CToken> tokens)
    {
        var text = new StringBuilder();
        for (var i = 0; i < tokens.Length; i++)
        {
            var previous = i > 0 ? tokens[i - 1].Text : "";
            var isTight = i == 0 || tokens[i].Text is ")" or "," or ";" or "]" or "[" || previous is "(" or "[" || (previous == "*" && !IsQualifier(tokens[i].Text)) || (tokens[i].Text == "(" && previous == ")");
            if (!isTight) text.Append(' ');
            text.Append(tokens[i].ToString());
        }

        return text.ToString();
    }

    private static bool IsQualifier(string word) => word is "const" or "volatile" or "restrict";

    private static bool IsTypeWord(string word) => word is "int" or "char" or "long" or "short" or "unsigned" or "signed" or "void" or "float" or "double" or "_Bool" or "const";

    private static int IndexOf(ImmutableArray<CToken> tokens, string text, int from = 0)
    {
        for (var i = from; i < tokens.Length; i++)
            if (tokens[i].Is(text)) return i;
        return -1;
    }
}
