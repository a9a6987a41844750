using KfuncLsp.Analysis.Observation;
using KfuncLsp.Ir;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>A variable of a function, and the point of the code that a place in the text stands for.</summary>
internal sealed record VariablePlace(FunctionIr Function, LocalVar Variable, CodePoint Point)
{
    /// <summary>The variable that a name in the checked text names; null where it is none.</summary>
    /// <remarks>Shape: at its assignment a variable is told as it is afterwards, elsewhere as it is when the code there runs.</remarks>
    public static VariablePlace? Of(DocumentCheck check, Identifier name)
    {
        var text = check.Document.Text.Span;
        var word = name.TextIn(text);
        foreach (var function in FunctionsAt(check, name.Start))
        {
            var at = name.Start - function.Anchor.Start;
            if (Visible(function, word, at) is not { } variable) continue;
            var point = IsAssigned(text, name) || Covers(variable.Declaration, at) ? AfterDefinition(function, variable, at) : BeforeUse(function, variable, at);
            if (point is { } found) return new(function, variable, found);
        }

        return null;
    }

    /// <summary>The point behind everything that stands before a place; null outside functions.</summary>
    public static CodePoint? Before(DocumentCheck check, int offset)
    {
        foreach (var function in FunctionsAt(check, offset))
        {
            var at = offset - function.Anchor.Start;
            (int End, CodePoint Point)? best = null;
            foreach (var (span, point) in PointsOf(function))
                if (span.End <= at && (best is null || span.End >= best.Value.End)) best = (span.End, point with { Index = point.Index + 1 });
            if (best is { } found) return found.Point;
        }

        return null;
    }

    /// <summary>Functions around a place, the inner one of a macro that makes two first.</summary>
    private static IEnumerable<FunctionIr> FunctionsAt(DocumentCheck check, int offset) =>
        check.Unit.Functions.Where(f => f.Anchor.File == check.Document.Path && f.Anchor.Start <= offset && offset < f.Anchor.Start + f.Anchor.Length)
            .OrderByDescending(f => FunctionIr.ProgramOf(f.Name) is not null);

    /// <summary>The variable of a name that was declared last before a place.</summary>
    private static LocalVar? Visible(FunctionIr function, string name, int at)
    {
        LocalVar? found = null;
        foreach (var local in function.Locals)
            if (local.Name == name && local.Kind is LocalKind.Parameter or LocalKind.Variable && local.Declaration.Start <= at
                && (found is null || local.Declaration.Start >= found.Declaration.Start)) found = local;
        return found;
    }

    private static bool IsAssigned(ReadOnlySpan<byte> text, Identifier name)
    {
        var rest = text[name.End..].TrimStart(" \t\r\n"u8);
        return rest.StartsWith("="u8) && !rest.StartsWith("=="u8);
    }

    private static CodePoint? AfterDefinition(FunctionIr function, LocalVar variable, int at)
    {
        (int Distance, CodePoint Point)? best = null;
        foreach (var block in function.Blocks)
            for (var i = 0; i < block.Instructions.Count; i++)
            {
                var instruction = block.Instructions[i];
                var defines = false;
                DefUse.ForEachDefinition(instruction, d => defines |= d == variable.Id);
                if (!defines || (instruction.Span.Start < at && !Covers(instruction.Span, at))) continue;
                var distance = Math.Abs(instruction.Span.Start - at);
                if (best is null || distance < best.Value.Distance) best = (distance, new(function.Name, block.Id, i + 1));
            }

        return best?.Point;
    }

    private static CodePoint? BeforeUse(FunctionIr function, LocalVar variable, int at)
    {
        (bool Uses, int Length, CodePoint Point)? best = null;
        foreach (var block in function.Blocks)
        {
            for (var i = 0; i < block.Instructions.Count; i++)
            {
                var uses = false;
                DefUse.ForEachUse(block.Instructions[i], o => uses |= o.Kind == OperandKind.Local && o.LocalId == variable.Id);
                if (block.Instructions[i] is Assign { Value: AddressOfLocal address } && address.LocalId == variable.Id) uses = true;
                Consider(block.Instructions[i].Span, uses, new(function.Name, block.Id, i));
            }

            var ends = false;
            DefUse.ForEachUse(block.End, o => ends |= o.Kind == OperandKind.Local && o.LocalId == variable.Id);
            Consider(block.End.Span, ends, new(function.Name, block.Id, block.Instructions.Count));
        }

        return best?.Point;

        // The smallest piece of code around the place, one that reads the variable before others.
        void Consider(Span span, bool uses, CodePoint point)
        {
            if (!Covers(span, at)) return;
            if (best is { } known && (known.Uses && !uses || known.Uses == uses && known.Length <= span.Length)) return;
            best = (uses, span.Length, point);
        }
    }

    private static IEnumerable<(Span Span, CodePoint Point)> PointsOf(FunctionIr function)
    {
        foreach (var block in function.Blocks)
            for (var i = 0; i < block.Instructions.Count; i++) yield return (block.Instructions[i].Span, new(function.Name, block.Id, i));
    }

    private static bool Covers(Span span, int at) => span.Start <= at && at <= span.End;
}
