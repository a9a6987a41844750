using KfuncLsp.Frontend.Interop;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>What must be known of a function before its statements are lowered in order.</summary>
internal sealed class FunctionShape
{
    private const int MaxDepth = 4_000;

    private readonly UnitContext _unit;
    private readonly CXCursor _definition;
    private readonly HashSet<nint> _addressTaken = [];
    private readonly Dictionary<Node, int> _fors = [];
    private readonly Dictionary<Node, int> _asms = [];
    private readonly Dictionary<Node, int> _hidden = [];
    private readonly Dictionary<nint, Node> _labels = [];
    private readonly List<CXCursor> _locals = [];
    private List<(bool Init, bool Condition, bool Increment)>? _forHeaders;
    private List<PrintedText.Asm>? _asmTexts;
    private List<string>? _hiddenNames;

    public FunctionShape(UnitContext unit, CXCursor definition)
    {
        _unit = unit;
        _definition = definition;
        var root = new Node(definition, null);
        Body = Array.Find(root.Children, static c => c.Kind == CXCursorKind.CXCursor_CompoundStmt);
        if (Body is not null) Walk(Body, 0);
        foreach (var node in _asms.Keys) TakeAsmMemory(node);
    }

    public Node? Body { get; }

    /// <summary>Whether a variable of the function surely needs a place on the stack.</summary>
    public bool KeepsMemory => _locals.Any(l => IsAddressTaken(l) || TypeLowering.IsAggregate(clang.getCursorType(l)) || clang.isVolatileQualifiedType(TypeLowering.Canonical(clang.getCursorType(l))) != 0);

    public bool IsAddressTaken(CXCursor declaration) => _addressTaken.Contains(declaration.Declaration);

    public Node? Label(CXCursor labelStatement) => _labels.GetValueOrDefault(labelStatement.Statement);

    /// <summary>The label of a name that is visible at a node: libclang hides the targets of <c>asm goto</c>, and <c>__label__</c> lets names repeat.</summary>
    public Node? LabelNear(Node node, string name)
    {
        var named = _labels.Values.Where(l => l.Cursor.Spelling() == name).ToList();
        if (named.Count <= 1) return named.FirstOrDefault();
        for (Node? scope = node.Parent; scope is not null; scope = scope.Parent)
            foreach (var label in named)
                for (Node? n = label; n is not null; n = n.Parent)
                    if (n == scope) return label;
        return null;
    }

    /// <summary>Which parts a <c>for</c> has.</summary>
    /// <remarks>Errors: gives the function up where the printed text and the cursors disagree.</remarks>
    public (bool Init, bool Condition, bool Increment) ForHeader(Node node)
    {
        if (node.Parts.Length == 4) return (true, true, true);
        Print();
        var header = _forHeaders!.Count == _fors.Count && _fors.TryGetValue(node, out var index) ? _forHeaders[index] : default;
        var parts = (header.Init ? 1 : 0) + (header.Condition ? 1 : 0) + (header.Increment ? 1 : 0);
        if (parts + 1 != node.Parts.Length) throw new NotLoweredException("a for loop whose missing parts cannot be told apart");
        return header;
    }

    public PrintedText.Asm Asm(Node node)
    {
        Print();
        return _asmTexts!.Count == _asms.Count && _asms.TryGetValue(node, out var index)
            ? _asmTexts[index]
            : throw new NotLoweredException("inline assembly whose text cannot be found");
    }

    /// <summary>The word of an expression whose kind libclang hides: an atomic builtin or <c>__builtin_choose_expr</c>.</summary>
    public string? HiddenName(Node node)
    {
        Print();
        return _hiddenNames!.Count == _hidden.Count && _hidden.TryGetValue(node, out var index) ? _hiddenNames[index] : null;
    }

    private void Print()
    {
        if (_forHeaders is not null) return;
        var text = Cursors.Take(clang.getCursorPrettyPrinted(_definition, _unit.FullPolicy));
        var tokens = PrintedText.Tokenize(text);
        _forHeaders = PrintedText.ForHeaders(text, tokens);
        _asmTexts = PrintedText.AsmStatements(text, tokens);
        _hiddenNames = PrintedText.HiddenExpressions(text, tokens);
    }

    private void Walk(Node node, int depth)
    {
        if (depth > MaxDepth) throw new NotLoweredException($"statements or expressions are nested more than {MaxDepth} deep");
        switch (node.Kind)
        {
            case CXCursorKind.CXCursor_ForStmt: _fors.Add(node, _fors.Count); break;
            case CXCursorKind.CXCursor_GCCAsmStmt: _asms.Add(node, _asms.Count); break;
            case CXCursorKind.CXCursor_VarDecl:
                _locals.Add(node.Cursor);
                if (clang.Cursor_getStorageClass(node.Cursor) == CX_StorageClass.Extern) _unit.Recorder.IsOutward = true;
                break;
            case CXCursorKind.CXCursor_FunctionDecl: _unit.Recorder.IsOutward = true; break;
            case CXCursorKind.CXCursor_LabelStmt: _labels[node.Cursor.Statement] = node; break;
            case CXCursorKind.CXCursor_UnaryOperator when clang.getCursorUnaryOperatorKind(node.Cursor) == CXUnaryOperatorKind.AddrOf:
                Take(node.Parts[0]);
                break;
            case CXCursorKind.CXCursor_UnexposedExpr when node.IsElvis:
                Walk(node.Parts[0], depth + 1);
                Walk(node.Parts[3], depth + 1);
                return;
            case CXCursorKind.CXCursor_UnexposedExpr when node.Parts.Length >= 2 && !IsDesignated(node):
                _hidden.Add(node, _hidden.Count);
                break;
        }
        foreach (var child in node.Children) Walk(child, depth + 1);
    }

    public static bool IsDesignated(Node node) =>
        node.Kind == CXCursorKind.CXCursor_UnexposedExpr && node.Parent?.Kind == CXCursorKind.CXCursor_InitListExpr
        && node.Type.Kind == CXTypeKind.CXType_Void;

    private void Take(Node operand)
    {
        operand = operand.Bare();
        if (operand.Kind == CXCursorKind.CXCursor_DeclRefExpr)
            _addressTaken.Add(clang.getCursorReferenced(operand.Cursor).Declaration);
    }

    private void TakeAsmMemory(Node node)
    {
        if (node.Parts.Length == 0) return;
        Print();
        if (_asmTexts!.Count != _asms.Count) return;
        var text = _asmTexts[_asms[node]];
        var constraints = text.Outputs.AddRange(text.Inputs);
        for (var i = 0; i < constraints.Length && i < node.Parts.Length; i++)
            if (constraints[i].Contains('m')) Take(node.Parts[i]);
    }
}
