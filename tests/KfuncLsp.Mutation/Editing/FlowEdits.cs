using KfuncLsp.Frontend.Interop;
using KfuncLsp.Mutation.Syntax;

namespace KfuncLsp.Mutation.Editing;

/// <summary>Paths that leave too soon, and statements that are not there.</summary>
internal static class FlowEdits
{
    public static IEnumerable<EditKind> Kinds =>
    [
        new("return early", ReturnEarly),
        new("break early", BreakEarly),
        new("drop a call", s => s.Calls.Where(c => Subject.IsStatement(c) && s.EndOf(c) is not null).Select(c => s.Remove(c, $"{c.Name} is gone"))),
    ];

    private static IEnumerable<Edit> ReturnEarly(Subject s)
    {
        foreach (var statement in s.Statements.Where(p => p.Kind is not (CXCursorKind.CXCursor_DeclStmt or CXCursorKind.CXCursor_LabelStmt)))
        {
            if (Subject.FunctionOf(statement) is not { } function) continue;
            var type = function.Type.Split('(')[0].Trim();
            var leave = type == "void" ? "return;" : "return 0;";
            yield return s.InsertBefore(statement, $"if (bpf_get_prandom_u32() == {s.Random.Next(1, 1000)}) {leave}", "a way out");
        }
    }

    private static IEnumerable<Edit> BreakEarly(Subject s)
    {
        foreach (var statement in s.Statements)
        {
            var loop = statement.Ancestors().FirstOrDefault(a =>
                a.Kind is CXCursorKind.CXCursor_WhileStmt or CXCursorKind.CXCursor_ForStmt or CXCursorKind.CXCursor_DoStmt or CXCursorKind.CXCursor_SwitchStmt);
            if (loop is null || statement.Kind == CXCursorKind.CXCursor_DeclStmt) continue;
            string[] words = loop.Kind == CXCursorKind.CXCursor_SwitchStmt ? ["break"] : ["break", "continue"];
            foreach (var word in words)
                yield return s.InsertBefore(statement, $"if (bpf_get_prandom_u32() == {s.Random.Next(1, 1000)}) {word};", $"a {word}");
        }
    }
}
