using System.Text;
using KfuncLsp.Frontend.Interop;
using KfuncLsp.Frontend.Parsing;

namespace KfuncLsp.Mutation.Syntax;

/// <summary>A C file's syntax: the declarations of the file itself, not of its headers.</summary>
/// <remarks>Units: <see cref="Text"/> has a character for each byte of the file, so that offsets are the same in both.</remarks>
internal sealed class SyntaxTree
{
    private SyntaxTree(string file, string text, List<SyntaxNode> declarations)
    {
        (File, Text, Declarations) = (file, text, declarations);
        Functions = [.. declarations.Where(d => d.Kind == CXCursorKind.CXCursor_FunctionDecl && BodyOf(d) is not null)];
    }

    public string File { get; }
    public string Text { get; }
    public IReadOnlyList<SyntaxNode> Declarations { get; }

    /// <summary>The functions with a body.</summary>
    public IReadOnlyList<SyntaxNode> Functions { get; }

    public static SyntaxNode? BodyOf(SyntaxNode function) => function.Children.FirstOrDefault(c => c.Kind == CXCursorKind.CXCursor_CompoundStmt);

    public string TextOf(SyntaxNode node) => Text[node.Start..node.End];

    /// <summary>Parses a file in this process.</summary>
    /// <remarks>Errors: null where libclang gives no unit.</remarks>
    public static SyntaxTree? Parse(string file, IReadOnlyList<string> arguments)
    {
        var bytes = System.IO.File.ReadAllBytes(file);
        var (parsed, _) = TranslationUnit.Parse(file, bytes, arguments);
        if (parsed is null) return null;
        using var unit = parsed;
        var reader = new Reader(unit);
        var declarations = LargeStack.Run(reader.Declarations);
        return new SyntaxTree(file, Encoding.Latin1.GetString(bytes), declarations);
    }

    private sealed unsafe class Reader(TranslationUnit unit)
    {
        private nint _file;

        public List<SyntaxNode> Declarations()
        {
            fixed (byte* name = Encoding.UTF8.GetBytes(unit.File + '\0')) _file = clang.getFile(unit.Handle, name);
            var all = clang.getTranslationUnitCursor(unit.Handle).Children();
            return [.. all.Select(c => Read(c, null)).Where(n => n.IsInFile)];
        }

        private SyntaxNode Read(CXCursor cursor, SyntaxNode? parent)
        {
            var range = clang.getCursorExtent(cursor);
            var (start, startPlain, inFile) = Place(clang.getRangeStart(range));
            var (end, endPlain, _) = Place(clang.getRangeEnd(range));
            var node = new SyntaxNode
            {
                Kind = cursor.Kind,
                Parent = parent,
                Name = cursor.Spelling(),
                Type = clang.getCursorType(cursor).Spelling(),
                Start = start,
                End = Math.Max(start, end),
                IsPlain = startPlain && endPlain && inFile && end > start,
                IsInFile = inFile,
            };
            if (inFile)
                foreach (var child in cursor.Children()) node.Children.Add(Read(child, node));
            return node;
        }

        private (int Offset, bool IsPlain, bool IsInFile) Place(CXSourceLocation location)
        {
            nint file, expansionFile, spellingFile;
            uint offset, expansion, spelling;
            clang.getFileLocation(location, &file, null, null, &offset);
            clang.getExpansionLocation(location, &expansionFile, null, null, &expansion);
            clang.getSpellingLocation(location, &spellingFile, null, null, &spelling);
            var inFile = file != 0 && _file != 0 && clang.File_isEqual(file, _file) != 0;
            return ((int)offset, offset == expansion && offset == spelling && file == spellingFile, inFile);
        }
    }
}
