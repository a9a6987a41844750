using System.Collections.Immutable;
using KfuncLsp.Frontend.Interop;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Parsing;

/// <summary>One message of clang's.</summary>
/// <remarks>
/// <paramref name="Category"/> is clang's own: "Parse Issue", "Semantic Issue", "Lexical or Preprocessor Issue" …
/// <see cref="Option"/> is the flag that controls it: an error that has one is a warning by nature, and clang keeps the code that it is about.
/// </remarks>
public sealed record ClangDiagnostic(bool IsError, bool IsFatal, string Category, string Message, FileSpan Where)
{
    public string Option { get; init; } = "";

    /// <summary>Whether clang drops or replaces code here.</summary>
    public bool LosesCode => IsError && Option.Length == 0 && Category is "Parse Issue" or "Semantic Issue";

    /// <summary>Whether a function of the C library is called here that nothing declares: clang declares it then for all that comes behind, and says so this once.</summary>
    public bool DeclaresLibraryFunction => Message.StartsWith("call to undeclared library function ", StringComparison.Ordinal);

    internal static unsafe ImmutableArray<ClangDiagnostic> Of(nint unit)
    {
        var count = clang.getNumDiagnostics(unit);
        var result = ImmutableArray.CreateBuilder<ClangDiagnostic>((int)count);
        for (uint i = 0; i < count; i++)
        {
            var diagnostic = clang.getDiagnostic(unit, i);
            var severity = clang.getDiagnosticSeverity(diagnostic);
            nint file;
            uint offset;
            clang.getFileLocation(clang.getDiagnosticLocation(diagnostic), &file, null, null, &offset);
            result.Add(new ClangDiagnostic(
                severity >= CXDiagnosticSeverity.Error,
                severity == CXDiagnosticSeverity.Fatal,
                Cursors.Take(clang.getDiagnosticCategoryText(diagnostic)),
                Cursors.Take(clang.getDiagnosticSpelling(diagnostic)),
                file == 0 ? FileSpan.None : new FileSpan(Cursors.Take(clang.getFileName(file)), (int)offset, 0))
            {
                Option = Cursors.Take(clang.getDiagnosticOption(diagnostic, null)),
            });
            clang.disposeDiagnostic(diagnostic);
        }
        return result.DrainToImmutable();
    }
}
