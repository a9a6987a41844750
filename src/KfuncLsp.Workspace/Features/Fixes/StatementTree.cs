using System.Text;

namespace KfuncLsp.Workspace.Features.Fixes;

internal enum StatementKind { Compound, If, Loop, Label, Simple }

/// <summary>A statement of a function as it stands in the text.</summary>
/// <remarks>Units: bytes; <see cref="End"/> is behind its <c>;</c> or <c>}</c>. <see cref="HeadEnd"/>: behind the <c>)</c>, <c>else</c> or <c>:</c> before its first child.</remarks>
internal sealed class Statement(StatementKind kind, int start, Statement? parent)
{
    public StatementKind Kind { get; } = kind;
    public int Start { get; } = start;
    public int End { get; set; }
    public int HeadEnd { get; set; }
    public Statement? Parent { get; } = parent;
    public List<Statement> Children { get; } = [];

    /// <summary>Whether another statement can stand before it as it is.</summary>
    public bool IsInBlock => Parent is { Kind: StatementKind.Compound };
}

/// <summary>The statements of one function, read from code whose comments, literals and directives are blank.</summary>
/// <remarks>It says only where an edit may stand; what the code means is libclang's to say. Code that it cannot read has no tree.</remarks>
internal sealed class StatementTree
{
    private readonly byte[] _code;
    private int _at;
    private bool _failed;

    private StatementTree(byte[] code, int brace)
    {
        (_code, _at) = (code, brace);
        Body = new(StatementKind.Compound, brace, null);
        ReadCompound(Body);
    }

    public Statement Body { get; }

    /// <summary>The tree of the function whose stretch this is; null where it has no body that can be read.</summary>
    public static StatementTree? Of(byte[] code, int start, int length)
    {
        var brace = code.AsSpan(start, Math.Min(length, code.Length - start)).IndexOf((byte)'{');
        if (brace < 0) return null;
        var tree = new StatementTree(code, start + brace);
        return tree._failed ? null : tree;
    }

    /// <summary>A text in which all that is not code is blank, byte for byte.</summary>
    public static byte[] Blank(ReadOnlySpan<byte> text)
    {
        var code = text.ToArray();
        foreach (var piece in CLexer.Pieces(text))
            for (var i = piece.Start; i < piece.End; i++)
                if (code[i] is not ((byte)'\n' or (byte)'\r')) code[i] = piece.Place == CPlace.Literal ? (byte)'0' : (byte)' ';
        return code;
    }

    /// <summary>The innermost statement around a place that is no block.</summary>
    public Statement? At(int offset)
    {
        Statement? found = null;
        for (var open = Body; open is not null;)
        {
            open = open.Children.Find(c => c.Start <= offset && offset < c.End);
            if (open is not null and not { Kind: StatementKind.Compound }) found = open;
        }

        return found;
    }

    private void ReadCompound(Statement block)
    {
        _at++;
        while (true)
        {
            Skip();
            if (_at >= _code.Length)
            {
                _failed = true;
                return;
            }

            if (_code[_at] == '}') break;
            Read(block);
            if (_failed) return;
        }

        block.End = ++_at;
    }

    private void Read(Statement parent)
    {
        Skip();
        var start = _at;
        if (Peek() == '{')
        {
            var block = Add(StatementKind.Compound);
            ReadCompound(block);
            return;
        }

        var word = Word();
        switch (word)
        {
            case "if":
                RuleOver(Add(StatementKind.If), isGroup: true);
                break;
            case "for" or "while" or "switch":
                RuleOver(Add(StatementKind.Loop), isGroup: true);
                break;
            case "do":
                var loop = Add(StatementKind.Loop);
                RuleOver(loop, isGroup: false);
                ToSemicolon();
                loop.End = _at;
                break;
            case "case" or "default":
                ToColon();
                RuleOver(Add(StatementKind.Label), isGroup: false);
                break;
            default:
                Skip();
                if (word.Length > 0 && Peek() == ':')
                {
                    _at++;
                    RuleOver(Add(StatementKind.Label), isGroup: false);
                }
                else if (word.Length > 0 && IsMacroLoop())
                {
                    RuleOver(Add(StatementKind.Loop), isGroup: true);
                }
                else
                {
                    var simple = Add(StatementKind.Simple);
                    ToSemicolon();
                    simple.End = _at;
                }

                break;
        }

        Statement Add(StatementKind kind)
        {
            var statement = new Statement(kind, start, parent);
            parent.Children.Add(statement);
            return statement;
        }
    }

    /// <summary>What a head rules over, with its <c>else</c>.</summary>
    private void RuleOver(Statement head, bool isGroup)
    {
        if (isGroup)
        {
            Skip();
            Group();
        }

        head.HeadEnd = _at;
        Skip();
        if (head.Kind == StatementKind.Label && Peek() == '}')
        {
            head.End = _at;
            return;
        }

        Read(head);
        head.End = _at;
        if (head.Kind != StatementKind.If) return;
        Skip();
        if (!_code.AsSpan(_at).StartsWith("else"u8) || IsWordByte(_at + 4)) 
        {
            _at = head.End;
            return;
        }

        _at += 4;
        Read(head);
        head.End = _at;
    }

    /// <summary>Whether <c>name(…)</c> is followed by what it rules over: <c>bpf_for(i, 0, 9) { … }</c>.</summary>
    private bool IsMacroLoop()
    {
        if (Peek() != '(') return false;
        var start = _at;
        Group();
        Skip();
        var next = Peek();
        _at = start;
        return next == '{' || char.IsAsciiLetter((char)next) || next == '_';
    }

    private void Group()
    {
        if (Peek() != '(')
        {
            _failed = true;
            return;
        }

        var depth = 0;
        for (; _at < _code.Length; _at++)
        {
            if (_code[_at] is (byte)'(' or (byte)'{' or (byte)'[') depth++;
            else if (_code[_at] is (byte)')' or (byte)'}' or (byte)']' && --depth == 0)
            {
                _at++;
                return;
            }
        }

        _failed = true;
    }

    private void ToSemicolon()
    {
        var depth = 0;
        for (; _at < _code.Length; _at++)
        {
            var c = _code[_at];
            if (c is (byte)'(' or (byte)'{' or (byte)'[') depth++;
            else if (c is (byte)')' or (byte)'}' or (byte)']' && --depth < 0) break;
            else if (c == ';' && depth == 0)
            {
                _at++;
                return;
            }
        }

        _failed = true;
    }

    private void ToColon()
    {
        while (_at < _code.Length && _code[_at] is not ((byte)':' or (byte)'{' or (byte)'}' or (byte)';')) _at++;
        if (Peek() == ':') _at++;
        else _failed = true;
    }

    private string Word()
    {
        var start = _at;
        while (IsWordByte(_at)) _at++;
        return Encoding.UTF8.GetString(_code.AsSpan(start, _at - start));
    }

    private void Skip()
    {
        while (_at < _code.Length && _code[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\\') _at++;
    }

    private byte Peek() => _at < _code.Length ? _code[_at] : (byte)0;

    private bool IsWordByte(int at) => at < _code.Length && (char.IsAsciiLetterOrDigit((char)_code[at]) || _code[at] == '_');
}
