using System.Collections.Immutable;
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
    public static UnitIr Lower(TranslationUnit unit, CancellationToken cancel = default) => LowerWhole(unit, cancel).Ir;

    /// <summary>Lowers a unit, and keeps its parts for its next version.</summary>
    internal static LoweredUnit LowerWhole(TranslationUnit unit, CancellationToken cancel = default) => LargeStack.Run(() =>
    {
        using var context = new UnitContext(unit);
        return Lower(context, cancel);
    });

    /// <summary>Lowers the next version of a unit, of which only what the edit touched was parsed.</summary>
    /// <remarks>Errors: null where the edit reaches farther than it seemed; the version must then be parsed and lowered whole.</remarks>
    internal static LoweredUnit? LowerEdit(TranslationUnit unit, LoweredUnit before, BodyEdit edit, CancellationToken cancel = default) => LargeStack.Run(() =>
    {
        using var context = new UnitContext(unit);
        return Lower(context, before, edit, cancel);
    });

    private static LoweredUnit Lower(UnitContext context, CancellationToken cancel)
    {
        var diagnostics = context.Unit.Diagnostics;
        var declarations = context.Root.Children();
        var outline = Outline.Of(context, declarations, context.MainText);
        context.Bodies = outline.Bodies;
        var (definitions, file) = context.Record(() => ReadMainFile(context, declarations));
        var functions = LowerFunctions(context, definitions, diagnostics, cancel);
        var headers = new Dictionary<string, LoweredFunction>();
        LowerPending();
        var globals = context.Globals.Lower(static _ => true);
        LowerPending(); // Those that initialisers name.

        var (prototypes, targets) = context.Record(() => TracepointPrototypes(context, [.. functions, .. headers.Values]));
        var main = context.Unit.File;
        return new LoweredUnit
        {
            MainFile = main,
            File = file with { Structs = [.. file.Structs, .. targets.Structs] },
            Functions = functions,
            HeaderFunctions = headers.ToImmutableDictionary(),
            Globals = [.. globals],
            TracepointPrototypes = prototypes,
            Files = [main, .. context.Headers.Files().Select(context.FileName).Where(f => f != main && f.Length > 0)],
            CompileIssues = CompileIssues(diagnostics),
            Outline = headers.Values.Any(h => h.Uses.IsOutward) ? null : Settled(context, outline, functions, diagnostics),
        }.Join();

        void LowerPending()
        {
            while (context.Pending.TryDequeue(out var definition))
            {
                cancel.ThrowIfCancellationRequested();
                var lowered = LowerOne(context, definition, diagnostics);
                headers.TryAdd(lowered.Ir.Name, lowered);
            }
        }
    }

    private static LoweredUnit? Lower(UnitContext context, LoweredUnit before, BodyEdit edit, CancellationToken cancel)
    {
        var diagnostics = context.Unit.Diagnostics;
        var declarations = context.Root.Children();
        var outline = Outline.Of(context, declarations, edit.Text);
        if (!edit.Keeps(outline) || ReachesOut(before.Functions.First(f => f.Ir.Name == edit.Old.Function), edit.Old, before.Outline!)) return null;
        context.Bodies = outline.Bodies;

        var names = before.Outline!.Bodies.Where(edit.IsRead).Select(b => b.Function).ToHashSet();
        var definitions = new List<CXCursor>();
        foreach (var cursor in declarations)
        {
            if (cursor.Kind is not (CXCursorKind.CXCursor_FunctionDecl or CXCursorKind.CXCursor_VarDecl) || !context.IsInMainFile(cursor)) continue;
            context.AddMainDeclaration(cursor);
            if (cursor.Kind == CXCursorKind.CXCursor_FunctionDecl && clang.isCursorDefinition(cursor) != 0 && names.Contains(cursor.Spelling())) definitions.Add(cursor);
        }

        foreach (var cursor in context.Headers.Sectioned()) context.AddMainDeclaration(cursor);

        var lowered = LowerFunctions(context, definitions, diagnostics, cancel).ToDictionary(f => f.Ir.Name);
        var mainGlobals = before.Globals.Where(g => g.IsMain).Select(g => g.Name).ToHashSet();
        var globals = context.Globals.Lower(name => !mainGlobals.Contains(name));
        var replaced = globals.Select(g => g.Name).ToHashSet();
        // A header's function that is met for the first time may be declared in ways that only a whole walk sees.
        if (context.Structs.IsAmbiguous || context.Pending.Any(f => !before.HeaderFunctions.ContainsKey(f.Spelling()) && before.Functions.All(b => b.Ir.Name != f.Spelling()))) return null;

        ImmutableArray<LoweredFunction> functions = [.. before.Functions.Select(f => lowered.GetValueOrDefault(f.Ir.Name) ?? edit.Shift(f))];
        outline = outline with { Macros = before.Outline.Macros.With(edit.Text.Span[edit.Old.Start..edit.Shift(edit.Old.End)]) };
        if (Settled(outline, functions, diagnostics, context.Unit.File, b => names.Contains(b.Function)) is not { } settled) return null;
        if (ReachesOut(lowered[edit.Old.Function], settled.Bodies.First(b => b.Function == edit.Old.Function), settled)) return null;
        var after = (before with
        {
            File = edit.Shift(before.File),
            Functions = functions,
            Globals = [.. before.Globals.Where(g => !replaced.Contains(g.Name)).Select(edit.Shift), .. globals],
            CompileIssues = CompileIssues(diagnostics),
            Outline = settled,
        }).Join();
        return after.IsAmbiguous ? null : after;
    }

    /// <summary>Whether a body declares something that code behind it can see; of one that was not understood whole its text decides.</summary>
    /// <remarks>Code in a naked function spoils the function itself, for all that name it.</remarks>
    private static bool ReachesOut(LoweredFunction function, Body body, Outline outline) =>
        function.Uses.IsOutward || function.Ir.NotLowered is not null && (function.Ir.IsNaked || BodyText.MayDeclare(outline.Text.Span[body.Start..body.End]));

    /// <summary>The outline with what is known of its bodies now; null where the next version must be lowered whole.</summary>
    private static Outline? Settled(UnitContext context, Outline outline, ImmutableArray<LoweredFunction> functions, ImmutableArray<ClangDiagnostic> diagnostics)
    {
        if (context.Structs.IsAmbiguous || context.Headers.MacrosSight() is not { } macros) return null;
        return Settled(outline with { Macros = macros }, functions, diagnostics, context.Unit.File, static _ => true);
    }

    /// <inheritdoc cref="Settled(UnitContext, Outline, ImmutableArray{LoweredFunction}, ImmutableArray{ClangDiagnostic})"/>
    /// <remarks>Shape: <paramref name="wasRead"/> tells the bodies that were parsed; the others are closed, as they were.</remarks>
    private static Outline? Settled(
        Outline outline, ImmutableArray<LoweredFunction> functions, ImmutableArray<ClangDiagnostic> diagnostics, string main, Func<Body, bool> wasRead)
    {
        var byName = new Dictionary<string, LoweredFunction>();
        foreach (var function in functions)
            if (!byName.TryAdd(function.Ir.Name, function)) return null;
        foreach (var diagnostic in diagnostics)
            if (diagnostic.IsFatal || diagnostic.IsError && !(diagnostic.Where.File == main && outline.Bodies.Any(b => b.Holds(diagnostic.Where.Start)))) return null;
        return outline with { Bodies = [.. outline.Bodies.Select(b => b with { IsOpen = wasRead(b) && IsOpen(b) })] };

        bool IsOpen(Body body) =>
            !byName.TryGetValue(body.Function, out var function) || function.Ir.NotLowered is not null || function.Uses.IsOutward
            || diagnostics.Any(d => d.IsError && body.Holds(d.Where.Start)) || MayReachOut(outline.Text.Span[body.Start..body.End]);

        bool MayReachOut(ReadOnlySpan<byte> body) => BodyText.MayReachOut(body) || outline.Macros.Counts(body);
    }

    private static ImmutableArray<LoweredFunction> LowerFunctions(UnitContext context, List<CXCursor> definitions, ImmutableArray<ClangDiagnostic> diagnostics, CancellationToken cancel)
    {
        var functions = ImmutableArray.CreateBuilder<LoweredFunction>(definitions.Count);
        foreach (var definition in definitions)
        {
            cancel.ThrowIfCancellationRequested();
            functions.Add(LowerOne(context, definition, diagnostics));
        }
        return functions.ToImmutable();
    }

    private static LoweredFunction LowerOne(UnitContext context, CXCursor definition, ImmutableArray<ClangDiagnostic> diagnostics)
    {
        var (ir, uses) = context.Record(() => LowerFunction(context, definition, diagnostics));
        return new(ir, uses);
    }

    /// <summary>Notes every declaration of the main file. Shape: → the function definitions, in order.</summary>
    private static List<CXCursor> ReadMainFile(UnitContext context, CXCursor[] declarations)
    {
        var definitions = new List<CXCursor>();
        var variables = new List<CXCursor>();
        var externs = new List<CXCursor>();
        foreach (var cursor in declarations)
        {
            if (cursor.Kind is not (CXCursorKind.CXCursor_FunctionDecl or CXCursorKind.CXCursor_VarDecl) || !context.IsInMainFile(cursor)) continue;
            context.AddMainDeclaration(cursor);
            if (cursor.Kind == CXCursorKind.CXCursor_VarDecl) variables.Add(cursor);
            else if (clang.isCursorDefinition(cursor) != 0) definitions.Add(cursor);
            else externs.Add(cursor);
        }
        foreach (var cursor in context.Headers.Sectioned())
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
        // Code behind it meets its declaration, and clang says nothing there.
        if (diagnostics.Any(d => d.DeclaresLibraryFunction && IsWithin(d.Where, span))) context.Recorder.IsOutward = true;
        return FunctionLowering.Lower(context, definition, context.AllAttributesOf(definition), broken is null ? null
            : $"{(broken.Category == "Parse Issue" ? "syntax error" : "compile error")}: {broken.Message}");
    }

    private static bool IsWithin(FileSpan inner, FileSpan outer) =>
        inner.File == outer.File && inner.Start >= outer.Start && inner.Start <= outer.Start + outer.Length;

    private static ImmutableDictionary<string, FunctionType> TracepointPrototypes(UnitContext context, IEnumerable<LoweredFunction> functions)
    {
        var result = ImmutableDictionary.CreateBuilder<string, FunctionType>();
        foreach (var function in functions)
        {
            if (function.Ir.Section is not { } section || section.IndexOf('/') is not (> 0 and var slash)) continue;
            var kind = section[..slash].TrimStart('?');
            if (kind is not ("tp_btf" or "raw_tp" or "raw_tracepoint" or "raw_tp.w" or "raw_tracepoint.w")) continue;
            var name = section[(slash + 1)..];
            if (name.Length == 0 || result.ContainsKey(name)) continue;
            if (context.Headers.Find($"btf_trace_{name}", CXCursorKind.CXCursor_TypedefDecl) is not { } typedef) continue;
            if (context.Types.Lower(clang.getTypedefDeclUnderlyingType(typedef)) is PointerType { Pointee: FunctionType { Parameters.Count: > 0 } type })
                result[name] = type with { Parameters = [.. type.Parameters.Skip(1)] };
        }
        return result.ToImmutable();
    }

    private static ImmutableArray<UnitIssue> CompileIssues(ImmutableArray<ClangDiagnostic> diagnostics)
    {
        var issues = ImmutableArray.CreateBuilder<UnitIssue>();
        foreach (var diagnostic in diagnostics)
        {
            if (!diagnostic.IsError || issues.Count >= MaxCompileErrors) continue;
            // An undeclared function hides nothing from us: the call is lowered, and its extern says IsImplicit.
            if (diagnostic.Message.StartsWith("call to undeclared function", StringComparison.Ordinal)) continue;
            var kind = diagnostic.Message.EndsWith("file not found", StringComparison.Ordinal) ? UnitIssueKind.MissingHeader : UnitIssueKind.CompileError;
            issues.Add(new UnitIssue(kind, diagnostic.Message, diagnostic.Where));
        }
        return issues.ToImmutable();
    }
}
