using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Frontend.Interop;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>A range of one file.</summary>
/// <remarks>Units: bytes from the file's start. <paramref name="File"/> is libclang's handle.</remarks>
internal readonly record struct SourceRange(nint File, int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>What the functions of one unit share while it is lowered: types, positions, and the declarations that they reach.</summary>
internal sealed unsafe class UnitContext : IDisposable
{
    private readonly Dictionary<nint, string> _fileNames = [];
    private readonly Dictionary<nint, DeclAttributes> _attributes = [];
    private readonly Dictionary<nint, List<CXCursor>> _redeclarations = [];
    private readonly Dictionary<string, CXCursor> _mainFunctions = [];
    private readonly Dictionary<nint, HelperCallee?> _helpers = [];
    private readonly Dictionary<nint, FunctionType> _prototypes = [];

    public UnitContext(TranslationUnit unit)
    {
        Unit = unit;
        Root = clang.getTranslationUnitCursor(unit.Handle);
        TersePolicy = clang.getCursorPrintingPolicy(Root);
        clang.PrintingPolicy_setProperty(TersePolicy, CXPrintingPolicyProperty.TerseOutput, 1);
        clang.PrintingPolicy_setProperty(TersePolicy, CXPrintingPolicyProperty.SuppressInitializers, 1);
        FullPolicy = clang.getCursorPrintingPolicy(Root);
        Structs = new StructTable(TersePolicy, PlaceOf);
        Types = new TypeLowering(Structs);
        Structs.Types = Types;
        MainFile = FileOf(unit.File);
        Globals = new GlobalTable(this);
        Headers = new HeaderText(this);
    }

    public TranslationUnit Unit { get; }
    public CXCursor Root { get; }
    public nint TersePolicy { get; }
    public nint FullPolicy { get; }
    public StructTable Structs { get; }
    public TypeLowering Types { get; }
    public GlobalTable Globals { get; }
    public HeaderText Headers { get; }
    public nint MainFile { get; }

    /// <summary>Functions of headers that were reached and wait to be lowered.</summary>
    public Queue<CXCursor> Pending { get; } = [];

    private readonly HashSet<string> _queued = [];

    /// <summary>Notes what the declaration that is being lowered uses.</summary>
    public UseRecorder Recorder { get; private set; } = new();

    /// <summary>The bodies of the main file's functions.</summary>
    public ImmutableArray<Body> Bodies { private get; set; } = [];

    /// <summary>Lowers one declaration. Shape: → what came of it, and what it uses.</summary>
    public (T Lowered, Uses Uses) Record<T>(Func<T> lower)
    {
        Structs.Recorder = Types.Recorder = Recorder = new();
        var lowered = lower();
        return (lowered, Recorder.Finish(Structs));
    }

    public void Dispose()
    {
        clang.PrintingPolicy_dispose(TersePolicy);
        clang.PrintingPolicy_dispose(FullPolicy);
    }

    /// <summary>Makes a declaration of the main file known, so that all redeclarations of one thing are seen together.</summary>
    public void AddMainDeclaration(CXCursor cursor)
    {
        var canonical = clang.getCanonicalCursor(cursor).Declaration;
        if (!_redeclarations.TryGetValue(canonical, out var list)) _redeclarations[canonical] = list = [];
        list.Add(cursor);
        if (cursor.Kind == CXCursorKind.CXCursor_FunctionDecl) _mainFunctions[cursor.Spelling()] = cursor;
        else Structs.NameAfter(cursor);
    }

    /// <summary>The attributes of one declaration alone.</summary>
    public DeclAttributes AttributesOf(CXCursor cursor)
    {
        if (!_attributes.TryGetValue(cursor.Declaration, out var attributes))
            _attributes[cursor.Declaration] = attributes = DeclAttributes.Of(cursor, TersePolicy);
        return attributes;
    }

    /// <summary>The attributes of all declarations of a thing: <c>BPF_PROG</c> puts the section on the first.</summary>
    public DeclAttributes AllAttributesOf(CXCursor cursor)
    {
        var canonical = clang.getCanonicalCursor(cursor);
        var all = new List<DeclAttributes> { AttributesOf(canonical) };
        foreach (var redeclaration in _redeclarations.GetValueOrDefault(canonical.Declaration, [])) all.Add(AttributesOf(redeclaration));
        all.Add(AttributesOf(cursor));
        return DeclAttributes.Merge(all);
    }

    public string FileName(nint file)
    {
        if (file == 0) return "";
        if (!_fileNames.TryGetValue(file, out var name)) _fileNames[file] = name = Cursors.Take(clang.getFileName(file));
        return name;
    }

    /// <summary>Where a cursor stands: text of a macro's argument keeps its own place, text of its body is at the macro's use.</summary>
    public SourceRange RangeOf(CXCursor cursor)
    {
        var range = clang.getCursorExtent(cursor);
        nint file, endFile;
        uint start, end;
        clang.getFileLocation(clang.getRangeStart(range), &file, null, null, &start);
        clang.getFileLocation(clang.getRangeEnd(range), &endFile, null, null, &end);
        return new SourceRange(file, (int)start, endFile == file ? Math.Max(0, (int)end - (int)start) : 0);
    }

    /// <summary>Where a cursor stands; null where any of its ends comes out of a macro.</summary>
    public SourceRange? PlainRangeOf(CXCursor cursor)
    {
        if (cursor.IsNull) return null;
        var extent = clang.getCursorExtent(cursor);
        var range = RangeOf(cursor);
        return IsPlain(clang.getRangeStart(extent), range.Start) && IsPlain(clang.getRangeEnd(extent), range.End) ? range : null;

        bool IsPlain(CXSourceLocation location, int at)
        {
            nint file;
            uint offset;
            clang.getExpansionLocation(location, &file, null, null, &offset);
            return file == range.File && (int)offset == at;
        }
    }

    public FileSpan FileSpanOf(CXCursor cursor)
    {
        var range = RangeOf(cursor);
        return new FileSpan(FileName(range.File), range.Start, range.Length);
    }

    /// <summary>Where a declaration's name stands. Unlike its end, that is known without its file's text, which is long in vmlinux.h.</summary>
    private FileSpan PlaceOf(CXCursor declaration)
    {
        nint file;
        uint offset;
        clang.getFileLocation(clang.getCursorLocation(declaration), &file, null, null, &offset);
        return new FileSpan(FileName(file), (int)offset, 0);
    }

    /// <summary>Whether a declaration stands in the main file, or is made there by a macro.</summary>
    public bool IsInMainFile(CXCursor cursor)
    {
        nint file;
        clang.getFileLocation(clang.getCursorLocation(cursor), &file, null, null, null);
        return file == MainFile;
    }

    /// <summary>The source text of a range that is short and on one line, else nothing.</summary>
    public string TextOf(SourceRange range, int longest)
    {
        if (range.Length == 0 || range.Length > longest) return "";
        var text = Contents(range.File);
        if (range.End > text.Length) return "";
        var bytes = text.Slice(range.Start, range.Length);
        // A range that begins in a macro's argument and ends in its body is no expression as written.
        return bytes.Contains((byte)'\n') || bytes.Count((byte)'(') != bytes.Count((byte)')') ? "" : Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The main file's text as it is.</summary>
    public ReadOnlyMemory<byte> MainText => Unit.Text ?? Contents(MainFile).ToArray();

    /// <summary>The text of a file as libclang read it; empty where it read none.</summary>
    public ReadOnlySpan<byte> Contents(nint file)
    {
        if (file == 0) return default;
        if (file == MainFile && Unit.Text is { } text) return text.Span;
        nuint size;
        var bytes = clang.getFileContents(Unit.Handle, file, &size);
        return bytes == null ? default : new ReadOnlySpan<byte>(bytes, (int)size);
    }

    /// <summary>The name token of a function, or the macro argument that names it.</summary>
    public FileSpan NameSpan(CXCursor function)
    {
        var name = function.Spelling();
        // BPF_PROG(f) pastes ____f, which stands nowhere; its wrapper's name is the argument.
        if (FunctionIr.ProgramOf(name) is { } program && _mainFunctions.TryGetValue(program, out var wrapper)) function = wrapper;
        nint file;
        uint offset;
        clang.getFileLocation(clang.getCursorLocation(function), &file, null, null, &offset);
        var rest = Contents(file);
        var length = 0;
        while (offset + length < rest.Length && (char.IsAsciiLetterOrDigit((char)rest[(int)offset + length]) || rest[(int)offset + length] == '_')) length++;
        return new FileSpan(FileName(file), (int)offset, length);
    }

    /// <summary>A function that is called or whose address is taken: lowered later where it is defined, an extern where not.</summary>
    /// <remarks>Units: <paramref name="useOffset"/> is the byte in the main file where it is named; an implicit declaration stands there.</remarks>
    public DirectCallee ReferenceFunction(CXCursor declaration, int useOffset = -1)
    {
        var name = declaration.Spelling();
        if (!Recorder.AddFunction(name)) return new DirectCallee(name);
        var definition = clang.getCursorDefinition(declaration);
        if (definition.IsNull) AddExtern(declaration, IsImplicit(declaration, useOffset));
        else if (!IsInMainFile(definition))
        {
            Recorder.AddHeaderFunction(name);
            if (_queued.Add(name)) Pending.Enqueue(definition);
        }
        return new DirectCallee(name);
    }

    private bool IsImplicit(CXCursor declaration, int useOffset)
    {
        if (clang.getCursorType(declaration).Kind != CXTypeKind.CXType_FunctionNoProto) return false;
        nint file;
        uint offset;
        clang.getFileLocation(clang.getCursorLocation(declaration), &file, null, null, &offset);
        return useOffset < 0 || (int)offset == useOffset;
    }

    public void AddExtern(CXCursor declaration, bool isImplicit = false)
    {
        var name = declaration.Spelling();
        var attributes = AllAttributesOf(declaration);
        var function = new ExternFunction(name, PrototypeOf(declaration), FileSpanOf(declaration))
        {
            IsKsym = attributes.Section == ".ksyms",
            IsWeak = attributes.IsWeak,
            IsImplicit = isImplicit,
            InMainFile = IsInMainFile(declaration),
            DeclTags = [.. attributes.DeclTags],
        };
        Recorder.AddExtern(function);

        // Declared by a body, if only because it is called there: code behind that body meets the declaration, too.
        nint file;
        uint offset;
        clang.getFileLocation(clang.getCursorLocation(declaration), &file, null, null, &offset);
        if (file != MainFile) return;
        foreach (var body in Bodies)
            if (body.Holds((int)offset)) Recorder.IsOutward = true;
    }

    /// <summary>A function known by name only: a cleanup handler.</summary>
    public (DirectCallee Callee, FunctionType? Prototype) ReferenceFunctionByName(string name)
    {
        return FunctionNamed(name) is { } found ? (ReferenceFunction(found), PrototypeOf(found)) : (new DirectCallee(name), null);
    }

    /// <summary>A function by the symbol that assembly names; null where the unit has none.</summary>
    public CXCursor? FunctionNamed(string name) => _mainFunctions.TryGetValue(name, out var known) ? known : Headers.Find(name, CXCursorKind.CXCursor_FunctionDecl);

    public FunctionType PrototypeOf(CXCursor declaration)
    {
        if (!_prototypes.TryGetValue(declaration.Declaration, out var prototype))
        {
            var parameters = Array.FindAll(declaration.Children(), static c => c.Kind == CXCursorKind.CXCursor_ParmDecl);
            _prototypes[declaration.Declaration] = prototype = Types.LowerFunction(clang.getCursorType(declaration), parameters);
        }
        Recorder.Types.Add(prototype);
        return prototype;
    }

    /// <summary>The helper that a variable stands for: <c>static … (* const bpf_x)(…) = (void *) N</c>.</summary>
    public HelperCallee? HelperOf(CXCursor variable)
    {
        if (_helpers.TryGetValue(variable.Declaration, out var known)) return known;
        HelperCallee? helper = null;
        var initializer = clang.Cursor_getVarDeclInitializer(variable);
        if (!initializer.IsNull && TypeLowering.IsPointer(clang.getCursorType(variable)))
        {
            var node = new Node(initializer, null);
            while (node.Kind is CXCursorKind.CXCursor_CStyleCastExpr or CXCursorKind.CXCursor_UnexposedExpr or CXCursorKind.CXCursor_ParenExpr
                && node.Parts.Length > 0)
                node = node.Parts[^1];
            if (node.IsExpression && TypeLowering.Canonical(node.Type).Kind is >= CXTypeKind.CXType_UShort and <= CXTypeKind.CXType_LongLong
                && node.Cursor.Evaluate() is { } id)
                helper = new HelperCallee((int)id, variable.Spelling());
        }
        return _helpers[variable.Declaration] = helper;
    }

    /// <summary>libclang's handle of a file; 0 where the unit has none of that name.</summary>
    public nint FileOf(string path)
    {
        var name = System.Runtime.InteropServices.Marshal.StringToCoTaskMemUTF8(path);
        var file = clang.getFile(Unit.Handle, (byte*)name);
        System.Runtime.InteropServices.Marshal.FreeCoTaskMem(name);
        return file;
    }

    public string ReferenceGlobal(CXCursor variable) => Globals.Reference(variable);

    public void AddStaticLocal(CXCursor variable, string function) => Globals.AddStaticLocal(variable, function);
}
