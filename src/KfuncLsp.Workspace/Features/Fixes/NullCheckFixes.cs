using KfuncLsp.Ir;

namespace KfuncLsp.Workspace.Features.Fixes;

/// <summary>Checks a pointer before the statement that needs it: by leaving, or by ruling the statement.</summary>
internal static class NullCheckFixes
{
    public static IEnumerable<CodeFix> Of(FixContext at)
    {
        var variable = at.Fact("variable");
        if (!FixContext.IsName(variable) || at.Function is null || at.Statement is not { } statement || at.Finding.Finding.Message.Contains("always NULL", StringComparison.Ordinal)
            || at.Finding.Finding.Message.Contains("is NULL on this path", StringComparison.Ordinal)) yield break;

        // A head's own expression is evaluated before what it rules over: the check goes before the whole.
        var code = statement.Kind == StatementKind.Simple ? at.CodeOf(statement) : "";
        var isCall = code.IndexOf('(') is var open and > 0 && FixContext.IsName(code[..open].TrimEnd());
        if (isCall)
            yield return new("null-check-around", $"Do this only where `{variable}` is not NULL", at.Finding, at.Guard(statement, variable)) { IsPreferred = true };
        if (statement.Kind == StatementKind.Loop || statement.Parent is not { Kind: StatementKind.Compound }) yield break;
        yield return new("null-check", $"Return where `{variable}` is NULL", at.Finding, at.Before(statement, $"if (!{variable})\n\t{Leave(at.Function)};")) { IsPreferred = !isCall };
    }

    public static string Leave(FunctionIr function) => function.ReturnType switch
    {
        VoidType => "return",
        PointerType => "return NULL",
        _ => "return 0",
    };
}
