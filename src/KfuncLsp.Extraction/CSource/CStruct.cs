using System.Collections.Immutable;

namespace KfuncLsp.Extraction.CSource;

/// <summary>A member of a struct: its type in words, how many dimensions follow, and whether it is a function pointer or a bit field.</summary>
/// <remarks><see cref="Nested"/> holds the members of a struct or union that is defined in place; an anonymous one has no name.</remarks>
public sealed record CMember(string Name, string Type, CToken At)
{
    public ImmutableArray<ImmutableArray<CToken>> Bounds { get; init; } = [];
    public bool IsFunctionPointer { get; init; }
    public bool IsBitField { get; init; }
    public ImmutableArray<CMember> Nested { get; init; } = [];
    public bool IsUnion { get; init; }
}

/// <summary>Reads the members of a struct or union.</summary>
public static class CStruct
{
    /// <summary>The members between two braces, in order.</summary>
    public static ImmutableArray<CMember> Members(ImmutableArray<CToken> tokens, int open, int close)
    {
        var members = ImmutableArray.CreateBuilder<CMember>();
        for (var i = open + 1; i < close;)
        {
            var end = i;
            while (end < close && !tokens[end].Is(";"))
            {
                if (tokens[end].Kind == CTokenKind.Punctuator && tokens[end].Text is "{" or "(" or "[") end = CItems.Closing(tokens, end);
                end++;
            }

            Declaration(members, tokens[i..Math.Min(end, close)]);
            i = end + 1;
        }

        return members.ToImmutable();
    }

    private static void Declaration(ImmutableArray<CMember>.Builder members, ImmutableArray<CToken> text)
    {
        if (text.IsEmpty || text[0].Text is "static_assert" or "BUILD_BUG_ON") return;
        if (text is [{ IsIdentifier: true } group, { Text: "(" }, ..] && group.Text.StartsWith("struct_group", StringComparison.Ordinal))
        {
            var cells = CItems.Arguments(text, 1, CItems.Closing(text, 1));
            foreach (var cell in cells.Skip(1)) members.AddRange(Members([new(CTokenKind.Punctuator, "{", 0, 0), .. cell, new(CTokenKind.Punctuator, "}", 0, 0)], 0, cell.Length + 1));
            return;
        }

        var brace = text.ToList().FindIndex(t => t.Is("{"));
        var nested = ImmutableArray<CMember>.Empty;
        var isUnion = false;
        var baseType = "";
        var declarators = text;
        if (brace >= 0 && text[..brace].Any(t => t.Text is "struct" or "union"))
        {
            var close = CItems.Closing(text, brace);
            nested = Members(text, brace, close);
            isUnion = text[..brace].Any(t => t.Is("union"));
            baseType = isUnion ? "union" : "struct";
            declarators = text[(close + 1)..];
            if (declarators.All(t => t.Text.StartsWith("__", StringComparison.Ordinal) || t.Is("(") || t.Is(")")))
            {
                members.Add(new("", baseType, text[0]) { Nested = nested, IsUnion = isUnion });
                return;
            }
        }
        else if (brace >= 0) return;

        foreach (var declarator in CItems.Arguments([new(CTokenKind.Punctuator, "(", 0, 0), .. declarators], 0, declarators.Length + 1))
            if (Member(declarator, ref baseType) is { } member) members.Add(member with { Nested = nested, IsUnion = isUnion });
    }

    private static CMember? Member(ImmutableArray<CToken> text, ref string baseType)
    {
        var colon = text.ToList().FindIndex(t => t.Is(":"));
        var body = colon >= 0 ? text[..colon] : text;
        var pointer = body.ToList().FindIndex(t => t.Is("("));
        if (pointer >= 0 && pointer + 2 < body.Length && body[pointer + 1].Is("*") && CItems.Closing(body, pointer) + 1 is var after && after < body.Length && body[after].Is("("))
            return new(body[(pointer + 1)..CItems.Closing(body, pointer)].LastOrDefault(t => t.IsIdentifier).Text ?? "", "void *", body[0]) { IsFunctionPointer = true };
        var end = body.Length;
        var bounds = new List<ImmutableArray<CToken>>();
        var name = -1;
        for (var i = 0; i < end; i++)
        {
            if (body[i].Is("[")) { var close = CItems.Closing(body, i); bounds.Add(body[(i + 1)..Math.Max(i + 1, close)]); i = close; continue; }
            if (body[i].Is("(")) { i = CItems.Closing(body, i); continue; }
            if (body[i].IsIdentifier && bounds.Count == 0 && !body[i].Text.StartsWith("__attribute", StringComparison.Ordinal) && body[i].Text is not ("__aligned" or "__packed" or "__rcu" or "__counted_by" or "__percpu" or "__user" or "____cacheline_aligned" or "____cacheline_aligned_in_smp" or "__randomize_layout")) name = i;
        }

        if (name < 0) return null;
        var type = CDeclarator.TypeText(body[..name]);
        if (type.Trim('*', ' ').Length > 0) baseType = type.TrimEnd('*', ' ');
        else type = type.Length > 0 ? $"{baseType} {type}" : baseType;
        return new(body[name].Text, type, body[name]) { Bounds = [.. bounds], IsBitField = colon >= 0 };
    }
}
