using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Workspace.Features.Fixes;

/// <summary>Mends what stands around a call: the declaration, the guard, the name of the kfunc, the licence.</summary>
internal static class DeclarationFixes
{
    /// <summary>Declares a kfunc that is not, or adds the <c>__ksym</c> that its declaration lacks.</summary>
    public static IEnumerable<CodeFix> Declare(FixContext at)
    {
        var kfunc = at.Fact("kfunc");
        if (at.Check.Unit.Externs.FirstOrDefault(e => e.Name == kfunc) is { IsImplicit: false } declared)
        {
            if (!declared.InMainFile || declared.Anchor.File != at.Check.Document.Path || EndOfDeclaration(at, declared) is not { } end) return [];
            return [new("add-ksym", $"Declare `{kfunc}` as a kernel symbol", at.Finding, [new(end, end, " __ksym")]) { IsPreferred = true, IsSafe = true }];
        }

        ImmutableArray<FixEdit> edits = [.. at.Declare(kfunc)];
        return edits.IsEmpty ? [] : [new("declare-kfunc", $"Declare `{kfunc}`", at.Finding, edits) { IsPreferred = true, IsSafe = true }];
    }

    /// <summary>Makes a kfunc weak that some kernel lacks, and calls it only where it is there.</summary>
    public static IEnumerable<CodeFix> Guard(FixContext at)
    {
        var kfunc = at.Fact("kfunc");
        if (at.Function is null || at.Statement is not { Kind: StatementKind.Simple } statement || at.Check.Unit.Externs.FirstOrDefault(e => e.Name == kfunc) is not { } declared) yield break;
        var edits = ImmutableArray.CreateBuilder<FixEdit>();
        if (!declared.IsWeak)
        {
            if (declared.Anchor.File != at.Check.Document.Path || EndOfDeclaration(at, declared) is not { } end) yield break;
            edits.Add(new(end, end, " __weak"));
        }

        var code = at.CodeOf(statement);
        if (code.IndexOf('(') is var open and > 0 && FixContext.IsName(code[..open].TrimEnd())) edits.AddRange(at.Guard(statement, $"bpf_ksym_exists({kfunc})"));
        else if (statement.IsInBlock) edits.AddRange(at.Before(statement, $"if (!bpf_ksym_exists({kfunc}))\n\t{NullCheckFixes.Leave(at.Function)};"));
        else yield break;
        yield return new("weak-guard", $"Call `{kfunc}` only where the kernel has it", at.Finding, edits.ToImmutable()) { IsPreferred = true };
    }

    /// <summary>Puts the kfunc's successor in its place, where it takes the same arguments.</summary>
    public static IEnumerable<CodeFix> Replace(FixContext at)
    {
        var kfunc = at.Fact("kfunc");
        if (kfunc.Length == 0 || ReplacementOf(at, kfunc) is not { } successor || NameAt(at) is not { } name || at.TextOf(name.Start, name.End) != kfunc) yield break;
        yield return new("replace", $"Call `{successor.Name}` instead", at.Finding, [.. at.Declare(successor.Name), new(name.Start, name.End, successor.Name)]) { IsPreferred = true };
    }

    /// <summary>Releases an object with the function that takes its type.</summary>
    public static IEnumerable<CodeFix> RightRelease(FixContext at)
    {
        if (at.Function is null || at.Model.FindKfunc(at.Fact("kfunc")) is not { } wrong || !wrong.Has(KfuncFlags.Release)) yield break;
        var variable = at.Fact("variable");
        var local = at.Function.Locals.FirstOrDefault(l => l.Name == variable && l.Kind is LocalKind.Parameter or LocalKind.Variable);
        if (local?.Type is not PointerType { Pointee: StructType pointee }) yield break;
        var right = at.Model.Kfuncs.Values.Where(k => k.Has(KfuncFlags.Release) && !k.IsTest && k.Parameters is [{ PointeeStruct: { } s }, ..] && s == pointee.Name)
            .OrderByDescending(k => k.Name.EndsWith("_release", StringComparison.Ordinal)).ThenBy(k => k.Name, StringComparer.Ordinal).FirstOrDefault();
        if (right is null || right.Name == wrong.Name || at.Statement is not { Kind: StatementKind.Simple } statement) yield break;
        var call = at.TextOf(statement.Start, statement.End).IndexOf(wrong.Name + "(", StringComparison.Ordinal);
        if (call < 0) yield break;
        var start = statement.Start + Encoding.UTF8.GetByteCount(at.TextOf(statement.Start, statement.End)[..call]);
        yield return new("right-release", $"Release it with `{right.Name}`", at.Finding, [.. at.Declare(right.Name), new(start, start + wrong.Name.Length, right.Name)]) { IsPreferred = true };
    }

    /// <summary>Adds the licence that a file has none of. A licence that is there is nobody's to change but its author's.</summary>
    public static IEnumerable<CodeFix> Licence(FixContext at)
    {
        if (at.Check.Unit.License is not null) return [];
        var end = at.Text.Length;
        var gap = end == 0 || at.Text[end - 1] == '\n' ? at.NewLine : at.NewLine + at.NewLine;
        return [new("licence", "Add the GPL licence that kfuncs need", at.Finding, [new(end, end, $"{gap}char LICENSE[] SEC(\"license\") = \"GPL\";{at.NewLine}")]) { IsPreferred = true, IsSafe = true }];
    }

    private static KfuncSignature? ReplacementOf(FixContext at, string kfunc)
    {
        foreach (var model in at.Check.Setup.Targets.Kernels.SelectMany(k => k.Models).Concat(KernelModels.Versions.Select(KernelModels.For).OfType<KernelModel>()))
            if (model.FindKfunc(kfunc) is { Deprecated.Replacement: { } name } old && at.Model.FindKfunc(name) is { } successor && TakesTheSame(old, successor)) return successor;
        return null;
    }

    private static bool TakesTheSame(KfuncSignature a, KfuncSignature b) =>
        a.Parameters.Length == b.Parameters.Length && a.Parameters.Zip(b.Parameters).All(p => p.First.Type.Equals(p.Second.Type) || p.First.PointeeStruct is not null && p.First.PointeeStruct == p.Second.PointeeStruct);

    private static Identifier? NameAt(FixContext at) => Identifier.At(at.Text, at.Finding.Where.Start) is { Length: > 0 } name ? name : null;

    /// <summary>Before the <c>;</c> of a declaration.</summary>
    private static int? EndOfDeclaration(FixContext at, ExternFunction declared)
    {
        var semicolon = at.Text[declared.Anchor.Start..].IndexOf((byte)';');
        return semicolon < 0 ? null : declared.Anchor.Start + semicolon;
    }
}
