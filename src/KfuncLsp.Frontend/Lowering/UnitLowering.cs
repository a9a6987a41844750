using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Frontend.Interop;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>A parsed C file → <see cref="UnitIr"/>.</summary>
public static class UnitLowering
{
    private const int MaxCompileErrors = 20;

    /// <summary>Lowers a unit.</summary>
    /// <remarks>
    /// Shape: what comes out is managed, immutable and independent of <paramref name="unit"/>.
    /// Errors: bad C never throws; what could not be lowered says why in <see cref="UnitIr.Issues"/> and <see cref="FunctionIr.NotLowered"/>.
    /// </remarks>
    public static UnitIr Lower(TranslationUnit unit, CancellationToken cancel = default) => LargeStack.Run(() =>
    {
        using var context = new UnitContext(unit);
        return Lower(context, cancel);
    });

    private static UnitIr Lower(UnitContext context, CancellationToken cancel)
    {
        var definitions = ReadMainFile(context);
        var diagnostics = context.Unit.Diagnostics;
        var issues = ImmutableArray.CreateBuilder<UnitIssue>();
        AddCompileIssues(context, diagnostics, issues);

        var functions = new List<FunctionIr>();
        foreach (var definition in definitions)
        {
            cancel.ThrowIfCancellationRequested();
            functions.Add(LowerFunction(context, definition, diagnostics));
        }

        var globals = ImmutableArray.CreateBuilder<GlobalVar>();
        var maps = ImmutableArray.CreateBuilder<MapDef>();
        var structOps = ImmutableArray.CreateBuilder<StructOpsVar>();
        LowerPending(context, functions, diagnostics, cancel);
        context.Globals.Lower(globals, maps, structOps);
        LowerPending(context, functions, diagnostics, cancel); // Those that initialisers name.

        foreach (var function in functions)
            if (function.NotLowered is { } reason)
                issues.Add(new UnitIssue(UnitIssueKind.NotAnalysed, reason, function.Anchor.Name) { Function = function.Name });
        var main = context.Unit.File;
        return new UnitIr
        {
            MainFile = main,
            Functions = [.. functions.OrderBy(f => f.Anchor.File != main).ThenBy(f => f.Anchor.File, StringComparer.Ordinal).ThenBy(f => f.Anchor.Start)],
            Globals = globals.ToImmutable(),
            Maps = maps.ToImmutable(),
            StructOps = structOps.ToImmutable(),
            Externs = [.. context.Externs.Values.OrderBy(e => e.Name, StringComparer.Ordinal)],
            License = LicenseOf(globals),
            TracepointPrototypes = TracepointPrototypes(context, functions),
            Structs = context.Structs.ToImmutable(),
            Files = [main, .. context.IncludedFiles().Select(context.FileName).Where(f => f != main && f.Length > 0)],
            Issues = issues.ToImmutable(),
        };
    }

    /// <summary>Notes every declaration of the main file. Shape: → the function definitions, in order.</summary>
    private static List<CXCursor> ReadMainFile(UnitContext context)
    {
        var definitions = new List<CXCursor>();
        var variables = new List<CXCursor>();
        var externs = new List<CXCursor>();
        foreach (var cursor in context.Root.Children())
        {
            if (cursor.Kind is not (CXCursorKind.CXCursor_FunctionDecl or CXCursorKind.CXCursor_VarDecl) || !context.IsInMainFile(cursor)) continue;
            context.AddMainDeclaration(cursor);
            if (cursor.Kind == CXCursorKind.CXCursor_VarDecl) variables.Add(cursor);
            else if (clang.isCursorDefinition(cursor) != 0) definitions.Add(cursor);
            else externs.Add(cursor);
        }
        foreach (var cursor in context.SectionedInHeaders())
        {
            context.AddMainDeclaration(cursor);
            if (cursor.Kind == CXCursorKind.CXCursor_VarDecl) variables.Add(cursor);
            else if (clang.isCursorDefinition(cursor) != 0) definitions.Add(cursor);
        }
        foreach (var variable in variables) context.Globals.AddMain(variable);
        foreach (var function in externs)
            if (clang.getCursorDefinition(function).IsNull && context.AllAttributesOf(function).Section == ".ksyms") context.AddExtern(function);
        return definitions;
    }

    private static FunctionIr LowerFunction(UnitContext context, CXCursor definition, ImmutableArray<ClangDiagnostic> diagnostics)
    {
        var span = context.FileSpanOf(definition);
        // What clang drops may be a release or a check: what is left must not be judged.
        var broken = diagnostics.FirstOrDefault(d => d.LosesCode && IsWithin(d.Where, span));
        return FunctionLowering.Lower(context, definition, context.AllAttributesOf(definition), broken is null ? null
            : $"{(broken.Category == "Parse Issue" ? "syntax error" : "compile error")}: {broken.Message}");
    }

    private static bool IsWithin(FileSpan inner, FileSpan outer) =>
        inner.File == outer.File && inner.Start >= outer.Start && inner.Start <= outer.Start + outer.Length;

    private static void LowerPending(UnitContext context, List<FunctionIr> functions, ImmutableArray<ClangDiagnostic> diagnostics, CancellationToken cancel)
    {
        while (context.Pending.TryDequeue(out var definition))
        {
            cancel.ThrowIfCancellationRequested();
            functions.Add(LowerFunction(context, definition, diagnostics));
        }
    }

    private static string? LicenseOf(IEnumerable<GlobalVar> globals)
    {
        foreach (var global in globals)
            if (global.Section == "license" && global.InitialBytes is { } bytes)
            {
                var text = bytes.AsSpan();
                var end = text.IndexOf((byte)0);
                return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
            }
        return null;
    }

    private static ImmutableDictionary<string, FunctionType> TracepointPrototypes(UnitContext context, List<FunctionIr> functions)
    {
        var result = ImmutableDictionary.CreateBuilder<string, FunctionType>();
        foreach (var function in functions)
        {
            if (function.Section is not { } section || section.IndexOf('/') is not (> 0 and var slash)) continue;
            var kind = section[..slash].TrimStart('?');
            if (kind is not ("tp_btf" or "raw_tp" or "raw_tracepoint" or "raw_tp.w" or "raw_tracepoint.w")) continue;
            var name = section[(slash + 1)..];
            if (name.Length == 0 || result.ContainsKey(name)) continue;
            if (context.FindInHeaders($"btf_trace_{name}", CXCursorKind.CXCursor_TypedefDecl) is not { } typedef) continue;
            if (context.Types.Lower(clang.getTypedefDeclUnderlyingType(typedef)) is PointerType { Pointee: FunctionType { Parameters.Count: > 0 } type })
                result[name] = type with { Parameters = [.. type.Parameters.Skip(1)] };
        }
        return result.ToImmutable();
    }

    private static void AddCompileIssues(UnitContext context, ImmutableArray<ClangDiagnostic> diagnostics, ImmutableArray<UnitIssue>.Builder issues)
    {
        foreach (var diagnostic in diagnostics)
        {
            if (!diagnostic.IsError || issues.Count >= MaxCompileErrors) continue;
            // An undeclared function hides nothing from us: the call is lowered, and its extern says IsImplicit.
            if (diagnostic.Message.StartsWith("call to undeclared function", StringComparison.Ordinal)) continue;
            var kind = diagnostic.Message.EndsWith("file not found", StringComparison.Ordinal) ? UnitIssueKind.MissingHeader : UnitIssueKind.CompileError;
            issues.Add(new UnitIssue(kind, diagnostic.Message, diagnostic.Where));
        }
    }
}
