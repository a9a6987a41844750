using KfuncLsp.Frontend.Interop;
using KfuncLsp.Mutation.Syntax;
using KfuncLsp.Registry;

namespace KfuncLsp.Mutation.Editing;

/// <summary>Arguments that a kfunc does not take.</summary>
internal static class ArgumentEdits
{
    /// <summary>Ways to come to an object that nothing keeps alive.</summary>
    private static readonly (string Type, string Expression)[] Walks =
    [
        ("struct task_struct *", "{0}->real_parent"), ("struct task_struct *", "{0}->group_leader"), ("struct task_struct *", "{0}->last_wakee"),
        ("struct cgroup *", "bpf_get_current_task_btf()->cgroups->dfl_cgrp"), ("struct cgroup *", "((struct cgroup *){0}->self.parent)"),
        ("struct file *", "bpf_get_current_task_btf()->mm->exe_file"),
    ];

    private static readonly (string Format, string What)[] Variable =
    [
        ("(({0}) + (bpf_get_prandom_u32() & 1))", "that or one more"), ("((bpf_get_prandom_u32() & 1) ? ({0}) : 1)", "that or one"),
        ("(bpf_get_prandom_u32() & 15)", "any below 16"), ("(({0}) * (bpf_ktime_get_ns() & 1))", "that or none"),
        // Nothing that the verifier may know of the machine: with one CPU, that CPU's number is the constant 0.
        ("bpf_get_prandom_u32()", "a helper's answer"),
    ];

    private static readonly (string Format, string What)[] TooLarge = 
        // Not by less than a stack slot: whether bytes of padding follow is the compiler's choice.
        [("({0} + 8)", "8 larger"), ("({0} * 2)", "twice as large"), ("({0} + 512)", "a stack larger"), ("({0} + 4096)", "a page larger")];

    public static IEnumerable<EditKind> Kinds =>
    [
        new("pass a walked pointer", WalkedPointer),
        new("make a constant variable", s => Constants(s).SelectMany(a => Variable.Take(MustBeConstant(s, a) ? Variable.Length : 1).Select(v => Replace(s, a, v.Format, v.What)))),
        new("a size too large", s => Constants(s).Where(a => IsSize(s, a)).SelectMany(a => TooLarge.Select(t => Replace(s, a, t.Format, t.What)))),
        new("pass NULL", s => Pointers(s).Select(a => Replace(s, a, "(void *)0", "NULL"))),
        new("pass memory of the stack", s => Pointers(s).Select(a => Replace(s, a, "(void *)&(unsigned long long[4]){{}}", "memory of the stack"))),
        new("pass with an offset", s => Pointers(s).Select(a => Replace(s, a, "(void *)((char *){0} + 8)", "8 bytes on"))),
        new("pass another object", PassAnother),
        new("write to an object", WriteToObject),
    ];

    private static IEnumerable<SyntaxNode> Arguments(Subject s) =>
        s.Calls.Where(c => s.Model.FindKfunc(c.Name) is not null).SelectMany(c => c.Arguments).Where(a => s.RangeOf(a) is not null);

    private static IEnumerable<SyntaxNode> Pointers(Subject s) => Arguments(s).Where(a => a.IsPointer);

    private static IEnumerable<SyntaxNode> Constants(Subject s) => Arguments(s)
        .Where(a => !a.IsPointer && a.IsPlain && a.Bare().Kind is CXCursorKind.CXCursor_IntegerLiteral or CXCursorKind.CXCursor_UnaryExpr);

    /// <summary>Whether an argument says how large the memory is that another one points to.</summary>
    private static bool IsSize(Subject s, SyntaxNode argument) => PlaceOf(s, argument) is var (kfunc, index) && kfunc.Parameters.Any(p => p.SizeParameter == index);

    private static bool MustBeConstant(Subject s, SyntaxNode argument) => PlaceOf(s, argument) is var (kfunc, index) && index < kfunc.Parameters.Length
        && kfunc.Parameters[index].Class is KfuncArgClass.ConstScalar or KfuncArgClass.ConstMemSize or KfuncArgClass.ReturnBufSize;

    /// <summary>The kfunc that an argument is given to, and its index there.</summary>
    private static (KfuncSignature Kfunc, int Index) PlaceOf(Subject s, SyntaxNode argument)
    {
        var call = argument.Ancestors().First(a => a.Kind == CXCursorKind.CXCursor_CallExpr);
        return (s.Model.FindKfunc(call.Name)!, call.Arguments.ToList().IndexOf(argument));
    }

    private static string CallOf(SyntaxNode argument) => argument.Ancestors().First(a => a.Kind == CXCursorKind.CXCursor_CallExpr).Name;

    private static Edit Replace(Subject s, SyntaxNode argument, string format, string what)
    {
        var (start, end) = s.RangeOf(argument)!.Value;
        var old = s.Tree.Text[start..end];
        return new Edit($"{CallOf(argument)}: {old} → {what}", new Replacement(start, end, string.Format(System.Globalization.CultureInfo.InvariantCulture, format, old)));
    }

    private static IEnumerable<Edit> WalkedPointer(Subject s)
    {
        foreach (var argument in Pointers(s).Where(a => a.Bare().Kind == CXCursorKind.CXCursor_DeclRefExpr))
            foreach (var (type, expression) in Walks)
                if (argument.Bare().Type == type) yield return Replace(s, argument, expression, expression);
    }

    private static IEnumerable<Edit> PassAnother(Subject s)
    {
        foreach (var argument in Pointers(s))
            foreach (var other in Subject.PointersAt(argument).Where(p => p.Name != argument.Bare().Name).DistinctBy(p => p.Name))
                yield return Replace(s, argument, $"(void *){other.Name}", other.Name);
    }

    /// <summary>A store to a member of an object of the kernel's that the program reads.</summary>
    private static IEnumerable<Edit> WriteToObject(Subject s)
    {
        foreach (var read in s.Tree.Functions.SelectMany(f => f.Descendants()).Where(n => n.Kind == CXCursorKind.CXCursor_MemberRefExpr && n.IsPlain))
        {
            if (read.Type.Contains('*') || read.Type.Contains('[') || read.Type.StartsWith("struct", StringComparison.Ordinal)) continue;
            if (read.Children.FirstOrDefault()?.Bare() is not { Kind: CXCursorKind.CXCursor_DeclRefExpr } holder || !holder.Type.StartsWith("struct", StringComparison.Ordinal)) continue;
            if (Subject.StatementOf(read) is not { } statement || s.EndOf(statement) is not { } end || statement.Kind is CXCursorKind.CXCursor_ReturnStmt) continue;
            yield return new Edit($"{s.Tree.TextOf(read)} is written", new Replacement(end, end, $" {s.Tree.TextOf(read)} = 0;"));
            yield return new Edit($"{s.Tree.TextOf(read)} is written first", new Replacement(statement.Start, statement.Start, $"{s.Tree.TextOf(read)} = 0; "));
        }
    }
}
