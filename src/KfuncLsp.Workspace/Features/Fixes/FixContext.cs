using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Words;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Workspace.Features.Fixes;

/// <summary>A finding with the code around it, and the edits that can be made there.</summary>
/// <remarks>Edits keep the file's indentation and line ends.</remarks>
internal sealed class FixContext
{
    private readonly byte[] _code;
    private readonly FileSnapshot _snapshot;

    public FixContext(DocumentCheck check, byte[] code, MergedFinding finding)
    {
        (Check, _code, Finding) = (check, code, finding);
        _snapshot = new(check.Document, check, check);
        Function = check.Unit.Functions.FirstOrDefault(f => f.Anchor.File == check.Document.Path
            && f.Anchor.Start <= finding.Where.Start && finding.Where.Start <= f.Anchor.Start + f.Anchor.Length);
        Tree = Function is null ? null : StatementTree.Of(code, Function.Anchor.Start, Function.Anchor.Length);
        Statement = Tree?.At(finding.Where.Start);
        NewLine = check.Document.Text.Span.IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";
    }

    public DocumentCheck Check { get; }
    public MergedFinding Finding { get; }
    public FunctionIr? Function { get; }
    public StatementTree? Tree { get; }

    /// <summary>The statement that the finding stands in; null at the function's end and where the code cannot be read.</summary>
    public Statement? Statement { get; }

    public string NewLine { get; }
    public KernelModel Model => Check.Setup.Targets.Kernels.FirstOrDefault(k => k.Version == Finding.Kernels[0])?.Models[0] ?? Check.Model!;
    public ReadOnlySpan<byte> Text => Check.Document.Text.Span;

    public string Fact(string name) => Finding.Finding.Facts.GetValueOrDefault(name, "");

    public string TextOf(int start, int end) => Encoding.UTF8.GetString(Text[start..end]);

    public string CodeOf(Statement statement) => Encoding.UTF8.GetString(_code.AsSpan(statement.Start, statement.End - statement.Start));

    public bool IsAtFunctionEnd => Tree is not null && Statement is null && Finding.Where.Start >= Tree.Body.End - 1;

    /// <summary>Whether a name occurs in a stretch of code as a word.</summary>
    public bool Mentions(int start, int end, string name)
    {
        var wanted = Encoding.UTF8.GetBytes(name);
        for (var at = start; _code.AsSpan(at, end - at).IndexOf(wanted) is var found and >= 0; at += found + 1)
            if (Identifier.At(_code, at + found) is var word && word.Start == at + found && word.Length == wanted.Length) return true;
        return false;
    }

    public static bool IsName(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>The blanks before the first thing on the line of a place.</summary>
    public string IndentAt(int offset)
    {
        var start = LineStart(offset);
        var end = start;
        while (end < Text.Length && Text[end] is (byte)' ' or (byte)'\t') end++;
        return TextOf(start, end);
    }

    /// <summary>One more step of indentation, as the function has it.</summary>
    public string IndentStep
    {
        get
        {
            if (Tree is not { Body.Children: [var first, ..] } || !IsFirstOnLine(first.Start)) return "\t";
            var (outer, inner) = (IndentAt(Tree.Body.Start), IndentAt(first.Start));
            return inner.Length > outer.Length && inner.StartsWith(outer, StringComparison.Ordinal) ? inner[outer.Length..] : "\t";
        }
    }

    /// <summary>Puts lines before a statement, with braces around both where it stands alone under an <c>if</c> or loop.</summary>
    public ImmutableArray<FixEdit> Before(Statement statement, params string[] lines) => Around(statement, lines, []);

    /// <summary>Puts lines before and behind a statement; see <see cref="Before"/>.</summary>
    public ImmutableArray<FixEdit> Around(Statement statement, string[] before, string[] after)
    {
        if (statement.Parent is { Kind: StatementKind.Compound or StatementKind.Label })
        {
            var indent = IndentAt(statement.Start);
            var gap = IsFirstOnLine(statement.Start) ? NewLine + indent : " ";
            var edits = ImmutableArray.CreateBuilder<FixEdit>();
            if (before.Length > 0) edits.Add(new(statement.Start, statement.Start, string.Concat(before.Select(l => Indented(l, indent) + gap))));
            if (after.Length > 0) edits.Add(new(statement.End, statement.End, string.Concat(after.Select(l => gap + Indented(l, indent)))));
            return edits.ToImmutable();
        }

        return InBraces(statement, before, after);
    }

    /// <summary>Puts lines before the end of the function.</summary>
    public ImmutableArray<FixEdit> AtFunctionEnd(params string[] lines)
    {
        var brace = Tree!.Body.End - 1;
        var indent = IndentAt(brace) + IndentStep;
        return IsFirstOnLine(brace)
            ? [new(LineStart(brace), LineStart(brace), string.Concat(lines.Select(l => indent + Indented(l, indent) + NewLine)))]
            : [new(brace, brace, string.Concat(lines.Select(l => l + " ")))];
    }

    /// <summary>Rules a simple statement by a condition.</summary>
    public ImmutableArray<FixEdit> Guard(Statement statement, string condition)
    {
        var indent = IndentAt(statement.Start);
        if (!IsFirstOnLine(statement.Start)) return [new(statement.Start, statement.Start, $"if ({condition}) ")];
        return [new(statement.Start, statement.Start, $"if ({condition}){NewLine}{indent}{IndentStep}")];
    }

    /// <summary>The edit that declares a kfunc as the project wants it declared; none where it is declared, or where nothing is known of it.</summary>
    public IEnumerable<FixEdit> Declare(string kfunc)
    {
        if (Model.FindKfunc(kfunc) is not { } known || IsDeclared(kfunc)) yield break;
        var place = KsymDeclarations.PlaceIn(Text, Check.Unit.Functions.Where(f => f.Anchor.File == Check.Document.Path).Select(f => SectionStart(f)).DefaultIfEmpty(Text.Length).Min());
        yield return new(place, place, KfuncWords.Declaration(known, Check.Setup.Configuration.Declarations == DeclarationStyle.Weak) + NewLine);
    }

    public bool IsDeclared(string kfunc) => Check.Unit.Externs.Any(e => e.Name == kfunc && !e.IsImplicit) || KsymDeclarations.In(_snapshot).Contains(kfunc);

    /// <summary>The start of the line on which a function's <c>SEC(…)</c> stands, or the function.</summary>
    public int SectionStart(FunctionIr function)
    {
        var before = Text[..function.Anchor.Start].TrimEnd(" \t\r\n"u8);
        return before.EndsWith(")"u8) && before.LastIndexOf("SEC("u8) is var at and >= 0 && before[at..].IndexOf((byte)'\n') < 0 ? at : function.Anchor.Start;
    }

    public bool IsFirstOnLine(int offset) => Text[LineStart(offset)..offset].IndexOfAnyExcept(" \t"u8) < 0;

    public int LineStart(int offset) => Text[..offset].LastIndexOf((byte)'\n') + 1;

    private string Indented(string line, string indent) => line.Replace("\n", NewLine + indent, StringComparison.Ordinal).Replace("\t", IndentStep, StringComparison.Ordinal);

    private ImmutableArray<FixEdit> InBraces(Statement statement, string[] before, string[] after)
    {
        var head = HeadEnd(statement);
        var outer = IndentAt(statement.Parent!.Start);
        var indent = outer + IndentStep;
        var isBlankBetween = Text[head..statement.Start].IndexOfAnyExcept(" \t\r\n"u8) < 0;
        var end = EndWithComment(statement);
        var opening = string.Concat(before.Select(l => Indented(l, indent) + NewLine + indent));
        var closing = string.Concat(after.Select(l => NewLine + indent + Indented(l, indent))) + NewLine + outer + "}";
        return isBlankBetween
            ? [new(head, statement.Start, " {" + NewLine + indent + opening), new(end, end, closing)]
            : [new(head, head, " {"), new(statement.Start, statement.Start, opening), new(end, end, closing)];
    }

    /// <summary>The end of a statement with the comment behind it on its line.</summary>
    private int EndWithComment(Statement statement)
    {
        var rest = Text[statement.End..].IndexOfAny((byte)'\r', (byte)'\n');
        var end = rest < 0 ? Text.Length : statement.End + rest;
        return _code.AsSpan(statement.End, end - statement.End).IndexOfAnyExcept(" \t"u8) < 0 ? end : statement.End;
    }

    /// <summary>The end of what rules over a statement that has no braces: <c>)</c> or <c>else</c>.</summary>
    private int HeadEnd(Statement statement)
    {
        var at = statement.Start;
        while (at > 0 && _code[at - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at--;
        return at;
    }
}
