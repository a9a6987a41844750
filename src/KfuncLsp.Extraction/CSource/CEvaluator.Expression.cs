using System.Collections.Immutable;
using System.Globalization;

namespace KfuncLsp.Extraction.CSource;

public sealed partial class CEvaluator
{
    private sealed partial class Frame
    {
        /// <summary>Reads one expression by precedence.</summary>
        private sealed class Expression(Frame frame, ImmutableArray<CToken> text)
        {
            private static readonly string[][] Levels = [["||"], ["&&"], ["|"], ["^"], ["&"], ["==", "!="], ["<", ">", "<=", ">="], ["<<", ">>"], ["+", "-"], ["*", "/", "%"]];
            private int _at;

            public CValue Value()
            {
                var value = Conditional();
                return _at == text.Length ? value : frame.Owner.Fail();
            }

            private bool Take(string punctuator)
            {
                if (_at >= text.Length || !text[_at].Is(punctuator)) return false;
                _at++;
                return true;
            }

            private CValue Conditional()
            {
                var condition = Binary(0);
                if (!Take("?")) return condition;
                var yes = _at < text.Length && text[_at].Is(":") ? condition : Conditional();
                if (!Take(":")) return frame.Owner.Fail();
                var no = Conditional();
                return condition.IsTrue ? yes : no;
            }

            private CValue Binary(int level)
            {
                if (level == Levels.Length) return Unary();
                var left = Binary(level + 1);
                while (_at < text.Length && text[_at].Kind == CTokenKind.Punctuator && Levels[level].Contains(text[_at].Text))
                {
                    var operation = text[_at++].Text;
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
                if (Take("&")) return _at < text.Length && text[_at].IsIdentifier && (_at + 1 == text.Length || text[_at + 1].Kind == CTokenKind.Punctuator && text[_at + 1].Text is not ("->" or "." or "[")) ? CValue.Named("&" + text[_at++].Text) : frame.Owner.Fail();
                return Postfix();
            }

            private CValue Postfix()
            {
                if (_at >= text.Length) return frame.Owner.Fail();
                if (text[_at].Is("("))
                {
                    var close = CItems.Closing(text, _at);
                    var inner = new Expression(frame, text[(_at + 1)..close]).Value();
                    _at = close + 1;
                    return inner;
                }

                var word = text[_at++];
                if (word.Kind == CTokenKind.Number) return Number(word.Text);
                if (!word.IsIdentifier) return frame.Owner.Fail();
                if (word.Text == "sizeof") { _at = CItems.Closing(text, _at) + 1; return CValue.Of(8); }
                if (_at < text.Length && text[_at].Is("(")) return Call(word.Text);
                if (_at < text.Length && text[_at].Is("[")) return Index(word.Text);
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
                while (_at + 1 < text.Length && (text[_at].Is("->") || text[_at].Is(".")) && text[_at + 1].IsIdentifier)
                {
                    path += "->" + text[_at + 1].Text;
                    _at += 2;
                    walked = true;
                }

                if (!walked && start is { } value) return value;
                if (walked) return frame.Owner._known.Path(path) ?? frame.Owner.Fail();
                if (name is "NULL" or "false") return CValue.Of(0);
                if (name == "true") return CValue.Of(1);
                if (frame.Owner._known.Macro(name) is { Parameters: null } macro) return new Expression(frame, macro.Body).Value();
                return frame.Owner._known.Name(name) ?? frame.Owner.Fail();
            }

            private CValue Index(string array)
            {
                var close = CItems.Closing(text, _at);
                var index = new Expression(frame, text[(_at + 1)..close]).Value();
                _at = close + 1;
                return frame.Owner._known.Element(array, index) ?? frame.Owner.Fail();
            }

            private CValue Call(string function)
            {
                var open = _at;
                var close = CItems.Closing(text, open);
                var written = CItems.Arguments(text, open, close);
                _at = close + 1;
                if (function is "likely" or "unlikely" or "READ_ONCE" && written.Length == 1) return new Expression(frame, written[0]).Value();
                if (frame.Owner._known.Call(function, written) is { } known) return known;
                if (frame.Owner._known.Macro(function) is { Parameters: not null } macro)
                    return new Expression(frame, new MacroExpander([macro]).Expand(text[(open - 1)..(close + 1)])).Value();
                if (frame.Owner._known.Function(function) is not { } callee) return frame.Owner.Fail();
                return frame.Owner.Enter(callee.File, callee.Item, [.. written.Select(a => new Expression(frame, a).Value())]);
            }
        }
    }
}
