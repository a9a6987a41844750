using System.Collections.Immutable;
using System.Globalization;

namespace KfuncLsp.Extraction.CSource;

/// <summary>A value while small kernel functions are evaluated: a number, or the name of something that stays symbolic.</summary>
public readonly record struct CValue(long Number, string? Symbol)
{
    public static CValue Of(long number) => new(number, null);

    public static CValue Of(bool truth) => new(truth ? 1 : 0, null);

    public static CValue Named(string symbol) => new(0, symbol);

    public bool IsTrue => Symbol is not null || Number != 0;
}

/// <summary>What an evaluated function sees of the world.</summary>
/// <remarks>Each answers null where it does not know, and then the evaluation fails.</remarks>
public interface ICWorld
{
    /// <summary>A path such as <c>prog->aux->st_ops</c>.</summary>
    CValue? Path(string path);

    /// <summary>A name that is no local: an enumerator, a variable.</summary>
    CValue? Name(string name);

    /// <summary>An element of an array that is no local.</summary>
    CValue? Element(string array, CValue index);

    /// <summary>A call of a function that the evaluator is not to enter.</summary>
    CValue? Call(string function, ImmutableArray<ImmutableArray<CToken>> arguments);

    /// <summary>The function to enter, with its file.</summary>
    (CFile File, CItem Item)? Function(string name);

    /// <summary>A macro of some header.</summary>
    CMacro? Macro(string name);
}

/// <summary>Runs small, loop-free kernel functions, such as kfunc filters, on chosen inputs.</summary>
/// <remarks>
/// Shape: function, arguments, world → its return value. Statements: declarations, assignments, <c>if</c>, <c>switch</c>, <c>return</c>.
/// Errors: null where anything else occurs, or the world does not know a name; nothing is guessed.
/// </remarks>
public sealed class CEvaluator(ICWorld world)
{
    private const int MaxDepth = 8;
    private readonly ICWorld known = world;
    private bool failed;
    private int depth;

    /// <summary>The value that a function returns.</summary>
    public CValue? Run(CFile file, CItem function, ImmutableArray<CValue> arguments)
    {
        failed = false;
        var value = Enter(file, function, arguments);
        return failed ? null : value;
    }

    /// <summary>The value of an expression without locals.</summary>
    public CValue? Constant(ImmutableArray<CToken> expression)
    {
        failed = false;
        var value = new Frame(this, expression, []).Whole();
        return failed ? null : value;
    }

    private CValue Enter(CFile file, CItem function, ImmutableArray<CValue> arguments)
    {
        if (depth >= MaxDepth) return Fail();
        depth++;
        var locals = new Dictionary<string, CValue>(StringComparer.Ordinal);
        var parameters = CDeclarator.Prototype(file.Tokens, function).Parameters;
        for (var i = 0; i < parameters.Length && i < arguments.Length; i++) locals[parameters[i].Name] = arguments[i];
        var frame = new Frame(this, file.Tokens, locals);
        frame.Block(function.Body, function.BodyEnd);
        depth--;
        return frame.Returned ?? CValue.Of(0);
    }

    private CValue Fail()
    {
        failed = true;
        return CValue.Of(0);
    }

    private sealed class Frame(CEvaluator owner, ImmutableArray<CToken> tokens, Dictionary<string, CValue> locals)
    {
        private bool breaks;

        public CEvaluator Owner { get; } = owner;

        public Dictionary<string, CValue> Locals { get; } = locals;

        public CValue? Returned { get; private set; }

        private bool Stops => Returned is not null || breaks || Owner.failed;

        /// <summary>Runs the statements between two braces.</summary>
        public void Block(int open, int close)
        {
            for (var i = open + 1; i < close && !Stops;) i = Statement(i, run: true);
        }

        /// <summary>All its tokens as one expression.</summary>
        public CValue Whole() => Evaluate(0, tokens.Length);

        /// <summary>Runs or skips one statement; the index after it.</summary>
        private int Statement(int at, bool run)
        {
            switch (tokens[at].Text)
            {
                case ";":
                    return at + 1;
                case "{":
                    var close = CItems.Closing(tokens, at);
                    if (run) Block(at, close);
                    return close + 1;
                case "if":
                    return If(at, run);
                case "switch":
                    return Switch(at, run);
                case "return":
                    var end = Semicolon(at);
                    if (run) Returned = end == at + 1 ? CValue.Of(0) : Evaluate(at + 1, end);
                    return end + 1;
                case "break":
                    if (run) breaks = true;
                    return at + 2;
                case "fallthrough":
                    return at + 2;
                case "for" or "while" or "do" or "goto":
                    Owner.Fail();
                    return tokens.Length;
            }

            var last = Semicolon(at);
            if (run) Simple(at, last);
            return last + 1;
        }

        private int If(int at, bool run)
        {
            var close = CItems.Closing(tokens, at + 1);
            var holds = run && Evaluate(at + 2, close).IsTrue;
            if (Owner.failed) return tokens.Length;
            var next = Statement(close + 1, run && holds);
            if (next >= tokens.Length || !tokens[next].Is("else")) return next;
            return Statement(next + 1, run && !holds && !Stops);
        }

        private int Switch(int at, bool run)
        {
            var close = CItems.Closing(tokens, at + 1);
            var end = CItems.Closing(tokens, close + 1);
            if (!run) return end + 1;
            var value = Evaluate(at + 2, close);
            var (target, fallback) = (-1, -1);
            for (var i = close + 2; i < end && target < 0; i++)
            {
                if (tokens[i].Is("default")) fallback = i + 2;
                if (tokens[i].Is("switch") || tokens[i].Is("{")) { i = CItems.Closing(tokens, tokens[i].Is("{") ? i : i + 1); continue; }
                if (!tokens[i].Is("case")) continue;
                var colon = Colon(i);
                if (Evaluate(i + 1, colon) == value) target = colon + 1;
            }

            target = target >= 0 ? target : fallback;
            for (var i = target; i >= 0 && i < end && !Stops;)
            {
                if (tokens[i].Is("case")) { i = Colon(i) + 1; continue; }
                if (tokens[i].Is("default")) { i += 2; continue; }
                i = Statement(i, run: true);
            }

            breaks = false;
            return end + 1;
        }

        private int Colon(int at)
        {
            while (!tokens[at].Is(":")) at++;
            return at;
        }

        private int Semicolon(int at)
        {
            for (var i = at; i < tokens.Length; i++)
            {
                if (tokens[i].Is(";")) return i;
                if (tokens[i].Kind == CTokenKind.Punctuator && tokens[i].Text is "(" or "{" or "[") i = CItems.Closing(tokens, i);
            }

            return tokens.Length - 1;
        }

        /// <summary>A declaration, or an assignment.</summary>
        private void Simple(int start, int end)
        {
            if (end - start >= 2 && tokens[start].IsIdentifier && (tokens[start + 1].IsIdentifier || tokens[start + 1].Is("*")))
            {
                foreach (var declared in CItems.Arguments([.. tokens[start..end], new(CTokenKind.Punctuator, ")", 0, 0)], -1, end - start))
                {
                    var equals = declared.ToList().FindIndex(t => t.Is("="));
                    if (equals > 0) Locals[declared[equals - 1].Text] = new Expression(this, declared[(equals + 1)..]).Value();
                }

                return;
            }

            if (end - start > 2 && tokens[start].IsIdentifier && tokens[start + 1].Is("=")) { Locals[tokens[start].Text] = Evaluate(start + 2, end); return; }
            Evaluate(start, end);
        }

        private CValue Evaluate(int start, int end) => new Expression(this, tokens[start..end]).Value();

        /// <summary>Reads one expression by precedence.</summary>
        private sealed class Expression(Frame frame, ImmutableArray<CToken> text)
        {
            private static readonly string[][] Levels = [["||"], ["&&"], ["|"], ["^"], ["&"], ["==", "!="], ["<", ">", "<=", ">="], ["<<", ">>"], ["+", "-"], ["*", "/", "%"]];
            private int at;

            public CValue Value()
            {
                var value = Conditional();
                return at == text.Length ? value : frame.Owner.Fail();
            }

            private bool Take(string punctuator)
            {
                if (at >= text.Length || !text[at].Is(punctuator)) return false;
                at++;
                return true;
            }

            private CValue Conditional()
            {
                var condition = Binary(0);
                if (!Take("?")) return condition;
                var yes = at < text.Length && text[at].Is(":") ? condition : Conditional();
                if (!Take(":")) return frame.Owner.Fail();
                var no = Conditional();
                return condition.IsTrue ? yes : no;
            }

            private CValue Binary(int level)
            {
                if (level == Levels.Length) return Unary();
                var left = Binary(level + 1);
                while (at < text.Length && text[at].Kind == CTokenKind.Punctuator && Levels[level].Contains(text[at].Text))
                {
                    var operation = text[at++].Text;
                    left = Apply(operation, left, Binary(level + 1));
                }

                return left;
            }

            private CValue Apply(string operation, CValue left, CValue right)
            {
                switch (operation)
                {
                    case "==": return CValue.Of(left == right);
                    case "!=": return CValue.Of(left != right);
                    case "&&": return CValue.Of(left.IsTrue && right.IsTrue);
                    case "||": return CValue.Of(left.IsTrue || right.IsTrue);
                }

                if (left.Symbol is not null || right.Symbol is not null) return frame.Owner.Fail();
                var (l, r) = (left.Number, right.Number);
                return operation switch
                {
                    "|" => CValue.Of(l | r), "^" => CValue.Of(l ^ r), "&" => CValue.Of(l & r),
                    "<" => CValue.Of(l < r), ">" => CValue.Of(l > r), "<=" => CValue.Of(l <= r), ">=" => CValue.Of(l >= r),
                    "<<" => CValue.Of(l << (int)r), ">>" => CValue.Of(l >> (int)r), "+" => CValue.Of(l + r), "-" => CValue.Of(l - r), "*" => CValue.Of(l * r),
                    "/" when r != 0 => CValue.Of(l / r),
                    "%" when r != 0 => CValue.Of(l % r),
                    _ => frame.Owner.Fail(),
                };
            }

            private CValue Unary()
            {
                if (Take("!")) return CValue.Of(!Unary().IsTrue);
                if (Take("-")) { var value = Unary(); return value.Symbol is null ? CValue.Of(-value.Number) : frame.Owner.Fail(); }
                if (Take("~")) { var value = Unary(); return value.Symbol is null ? CValue.Of(~value.Number) : frame.Owner.Fail(); }
                if (Take("&")) return at < text.Length && text[at].IsIdentifier && (at + 1 == text.Length || text[at + 1].Kind == CTokenKind.Punctuator && text[at + 1].Text is not ("->" or "." or "[")) ? CValue.Named("&" + text[at++].Text) : frame.Owner.Fail();
                return Postfix();
            }

            private CValue Postfix()
            {
                if (at >= text.Length) return frame.Owner.Fail();
                if (text[at].Is("("))
                {
                    var close = CItems.Closing(text, at);
                    var inner = new Expression(frame, text[(at + 1)..close]).Value();
                    at = close + 1;
                    return inner;
                }

                var word = text[at++];
                if (word.Kind == CTokenKind.Number) return Number(word.Text);
                if (!word.IsIdentifier) return frame.Owner.Fail();
                if (word.Text == "sizeof") { at = CItems.Closing(text, at) + 1; return CValue.Of(8); }
                if (at < text.Length && text[at].Is("(")) return Call(word.Text);
                if (at < text.Length && text[at].Is("[")) return Index(word.Text);
                return Path(word.Text);
            }

            private CValue Number(string digits)
            {
                var bare = digits.TrimEnd('u', 'U', 'l', 'L');
                return bare.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
                    ? long.TryParse(bare.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hexadecimal) ? CValue.Of(hexadecimal) : frame.Owner.Fail()
                    : long.TryParse(bare, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? CValue.Of(number) : frame.Owner.Fail();
            }

            private CValue Path(string name)
            {
                var start = frame.Locals.TryGetValue(name, out var local) ? local : (CValue?)null;
                var path = start?.Symbol ?? name;
                var walked = false;
                while (at + 1 < text.Length && (text[at].Is("->") || text[at].Is(".")) && text[at + 1].IsIdentifier)
                {
                    path += "->" + text[at + 1].Text;
                    at += 2;
                    walked = true;
                }

                if (!walked && start is { } value) return value;
                if (walked) return frame.Owner.known.Path(path) ?? frame.Owner.Fail();
                if (name is "NULL" or "false") return CValue.Of(0);
                if (name == "true") return CValue.Of(1);
                if (frame.Owner.known.Macro(name) is { Parameters: null } macro) return new Expression(frame, macro.Body).Value();
                return frame.Owner.known.Name(name) ?? frame.Owner.Fail();
            }

            private CValue Index(string array)
            {
                var close = CItems.Closing(text, at);
                var index = new Expression(frame, text[(at + 1)..close]).Value();
                at = close + 1;
                return frame.Owner.known.Element(array, index) ?? frame.Owner.Fail();
            }

            private CValue Call(string function)
            {
                var open = at;
                var close = CItems.Closing(text, open);
                var written = CItems.Arguments(text, open, close);
                at = close + 1;
                if (function is "likely" or "unlikely" or "READ_ONCE" && written.Length == 1) return new Expression(frame, written[0]).Value();
                if (frame.Owner.known.Call(function, written) is { } known) return known;
                if (frame.Owner.known.Macro(function) is { Parameters: not null } macro)
                    return new Expression(frame, new MacroExpander([macro]).Expand(text[(open - 1)..(close + 1)])).Value();
                if (frame.Owner.known.Function(function) is not { } callee) return frame.Owner.Fail();
                return frame.Owner.Enter(callee.File, callee.Item, [.. written.Select(a => new Expression(frame, a).Value())]);
            }
        }
    }
}
