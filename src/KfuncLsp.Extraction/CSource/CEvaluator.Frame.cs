using System.Collections.Immutable;

namespace KfuncLsp.Extraction.CSource;

public sealed partial class CEvaluator
{
    /// <summary>One function that runs: its statements and locals.</summary>
    private sealed partial class Frame(CEvaluator owner, ImmutableArray<CToken> tokens, Dictionary<string, CValue> locals)
    {
        private bool _breaks;

        public CEvaluator Owner { get; } = owner;

        public Dictionary<string, CValue> Locals { get; } = locals;

        public CValue? Returned { get; private set; }

        private bool Stops => Returned is not null || _breaks || Owner._failed;

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
            if (at >= tokens.Length)
            {
                Owner.Fail();
                return tokens.Length;
            }

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
                    if (run) _breaks = true;
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
            if (Owner._failed) return tokens.Length;
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

            _breaks = false;
            return end + 1;
        }

        private int Colon(int at)
        {
            while (at < tokens.Length && !tokens[at].Is(":")) at++;
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
    }
}
