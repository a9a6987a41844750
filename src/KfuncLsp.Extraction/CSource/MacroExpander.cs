using System.Collections.Immutable;

namespace KfuncLsp.Extraction.CSource;

/// <summary>Expands a macro call, as far as kernel files use macros to make functions and set entries.</summary>
/// <remarks>
/// Parameters, <c>##</c>, <c>#</c>, <c>__VA_ARGS__</c> and nested calls are expanded; a macro is never expanded inside itself.
/// Every token of the result stands on the line and under the guard of the call.
/// </remarks>
public sealed class MacroExpander(IEnumerable<CMacro> macros)
{
    private readonly Dictionary<string, CMacro> _byName = macros.GroupBy(m => m.Name).ToDictionary(g => g.Key, g => g.Last());

    public bool Knows(string name) => _byName.ContainsKey(name);

    /// <summary>The tokens that a range of tokens expands to.</summary>
    public ImmutableArray<CToken> Expand(ImmutableArray<CToken> tokens) => [.. Expand(tokens, [])];

    private List<CToken> Expand(IReadOnlyList<CToken> tokens, ImmutableHashSet<string> active)
    {
        var output = new List<CToken>();
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (!token.IsIdentifier || active.Contains(token.Text) || !_byName.TryGetValue(token.Text, out var macro)) { output.Add(token); continue; }
            if (macro.Parameters is not { } parameters)
            {
                output.AddRange(Expand(At(macro.Body, token), active.Add(token.Text)));
                continue;
            }

            if (i + 1 >= tokens.Count || !tokens[i + 1].Is("(")) { output.Add(token); continue; }
            ImmutableArray<CToken> all = [.. tokens];
            var close = CItems.Closing(all, i + 1);
            var arguments = CItems.Arguments(all, i + 1, close);
            output.AddRange(Expand(At(Substitute(macro.Body, parameters, arguments, active), token), active.Add(token.Text)));
            i = close;
        }

        return output;
    }

    private List<CToken> Substitute(ImmutableArray<CToken> body, ImmutableArray<string> parameters, ImmutableArray<ImmutableArray<CToken>> arguments, ImmutableHashSet<string> active)
    {
        var output = new List<CToken>();
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i].Is("#") && i + 1 < body.Length && Argument(body[i + 1], parameters, arguments) is { } quoted)
            {
                output.Add(new(CTokenKind.Text, CDeclarator.Spaced(quoted), body[i].Line, body[i].Guard));
                i++;
                continue;
            }

            var pasted = i + 1 < body.Length && body[i + 1].Is("##");
            IReadOnlyList<CToken> piece = Argument(body[i], parameters, arguments) is { } argument
                ? pasted || (i > 0 && body[i - 1].Is("##")) ? argument : Expand(argument, active)
                : [body[i]];
            if (body[i].Is("##")) continue;
            if (i > 0 && body[i - 1].Is("##") && output.Count > 0 && piece.Count > 0 && !output[^1].Is(","))
            {
                output[^1] = output[^1] with { Text = output[^1].Text + piece[0].Text, Kind = output[^1].Kind };
                output.AddRange(piece.Skip(1));
            }
            else output.AddRange(piece);
        }

        return output;
    }

    private static ImmutableArray<CToken>? Argument(CToken token, ImmutableArray<string> parameters, ImmutableArray<ImmutableArray<CToken>> arguments)
    {
        if (!token.IsIdentifier) return null;
        var variadic = parameters is [.., "..."];
        if (variadic && token.Text == "__VA_ARGS__")
        {
            var rest = ImmutableArray.CreateBuilder<CToken>();
            for (var i = parameters.Length - 1; i < arguments.Length; i++)
            {
                if (rest.Count > 0) rest.Add(new(CTokenKind.Punctuator, ",", token.Line, token.Guard));
                rest.AddRange(arguments[i]);
            }

            return rest.ToImmutable();
        }

        var index = parameters.IndexOf(token.Text);
        return index < 0 ? null : index < arguments.Length ? arguments[index] : [];
    }

    private static List<CToken> At(IEnumerable<CToken> tokens, CToken place) =>
        [.. tokens.Select(t => t with { Line = place.Line, Guard = place.Guard })];
}
