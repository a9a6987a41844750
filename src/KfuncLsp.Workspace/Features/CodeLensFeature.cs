using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Caching;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>A line above a program.</summary>
public sealed record ProgramLens(TextRange Range, string Title);

/// <summary>Says above each program what it is, what it needs, and what each target kernel says of it.</summary>
public static class CodeLensFeature
{
    /// <summary>Two lenses for each program: its facts, and the verdicts where they are known.</summary>
    public static ImmutableArray<ProgramLens> Of(FileSnapshot snapshot, PositionEncoding encoding, KernelView kernels)
    {
        if (ParsedCode.Of(snapshot) is not { } code) return [];
        var lenses = ImmutableArray.CreateBuilder<ProgramLens>();
        foreach (var program in Analyzer.ProgramsOf(code.Unit))
        {
            if (code.Place(program.Anchor.Name) is not { } name) continue;
            var range = name.In(snapshot.Document.Lines, encoding);
            lenses.Add(new(range, Facts(code.Unit, program, kernels)));
            if (Verdicts(snapshot.Judged, program) is { Length: > 0 } verdicts) lenses.Add(new(range, verdicts));
        }

        return lenses.ToImmutable();
    }

    private static string Facts(UnitIr unit, FunctionIr program, KernelView kernels)
    {
        if (EnclosingPrograms.Describe(unit, program, kernels.Target) is not { Context: var context }) return $"libbpf knows no section \"{program.Section}\"";
        var type = ProgramTypeNames.Of(context.Program.Type);
        if (context.StructOpsMember is { } member) type += $" {context.StructOpsType}.{member}";
        else if (context.Program.AttachType.Length > 0 && context.Program.Type is ProgramType.Tracing or ProgramType.Lsm) type += $" {context.Program.AttachType}";
        var kfuncs = KfuncsOf(unit, program, kernels);
        var count = kfuncs.Count switch { 0 => "no kfuncs", 1 => "1 kfunc", var n => $"{n} kfuncs" };
        var needed = RequiredKernel.Of(kfuncs.Where(k => !k.IsWeak).Select(k => k.Kfunc.Since));
        return $"{type} | {(context.Program.IsSleepable ? "sleepable" : "not sleepable")} | {count}{(needed is { } version ? $" | Linux {version} or newer" : "")}";
    }

    /// <summary>The kfuncs that a program reaches, each once.</summary>
    private static List<(KfuncSignature Kfunc, bool IsWeak)> KfuncsOf(UnitIr unit, FunctionIr program, KernelView kernels)
    {
        var functions = unit.Functions.ToLookup(f => f.Name, StringComparer.Ordinal);
        var externs = unit.Externs.ToLookup(e => e.Name, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal) { program.Name };
        var open = new Queue<string>(seen);
        var kfuncs = new List<(KfuncSignature, bool)>();
        while (open.TryDequeue(out var name))
        {
            foreach (var function in functions[name])
                foreach (var used in FunctionReferences.Of(function).Functions)
                    if (seen.Add(used)) open.Enqueue(used);
            if (!functions.Contains(name) && kernels.Find(name) is var (kfunc, _)) kfuncs.Add((kfunc, externs[name].Any(e => e.IsWeak)));
        }

        return kfuncs;
    }

    private static string Verdicts(DocumentCheck? judged, FunctionIr program)
    {
        if (judged is null) return "";
        var byKernel = judged.File.Reports.SelectMany(r => r.Programs.Where(p => p.Name == program.DisplayName).Select(p => (r.Kernel, Words: Word(p))));
        return string.Join(" | ", byKernel.GroupBy(v => v.Words).Select(g => $"{g.Key} on {string.Join(", ", g.Select(v => v.Kernel))}"));
    }

    private static string Word(ProgramReport report) => report.Verdict switch
    {
        Verdict.Accepted => "accepted",
        Verdict.Inconclusive => "no verdict",
        _ => report.Findings.Count(f => f.Severity == Severity.Error) is var errors and > 1 ? $"rejected ({errors} errors)" : "rejected",
    };
}
