using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>A program, and what the kernel knows of it when it looks at a call.</summary>
public sealed record EnclosingProgram(FunctionIr Function, CallContext Context)
{
    public string Name => Function.DisplayName;
}

/// <summary>Finds the programs in which the code at a place runs.</summary>
internal static class EnclosingPrograms
{
    /// <summary>The program around a place, or those that reach the function around it; none outside functions and where nothing is known.</summary>
    /// <remarks>Shape: the offset is in the text as it is now. A text that does not parse is read through the last one that did.</remarks>
    public static ImmutableArray<EnclosingProgram> At(FileSnapshot snapshot, int offset)
    {
        foreach (var check in Candidates(snapshot))
        {
            if (check.Model is not { } model) continue;
            var at = new TextShift(check.Document.Text.Span, snapshot.Document.Text.Span).Nearest(offset);
            var around = check.Unit.Functions.Where(f => f.Anchor.File == check.Document.Path && f.Anchor.Start < at && at < f.Anchor.Start + f.Anchor.Length).ToList();
            if (around.Count > 0) return [.. Reaching(check.Unit, around).Select(p => Describe(check.Unit, p, model)).OfType<EnclosingProgram>()];
        }

        return [];
    }

    /// <summary>The program around a place, or else the next one behind it: the one that a <c>SEC</c> belongs to.</summary>
    public static EnclosingProgram? Near(FileSnapshot snapshot, int offset, KernelModel model)
    {
        if (snapshot.Parsed is not { } check) return null;
        var at = new TextShift(check.Document.Text.Span, snapshot.Document.Text.Span).Nearest(offset);
        var next = check.Unit.Functions.Where(f => f.IsProgram && f.Anchor.File == check.Document.Path && f.Anchor.Start + f.Anchor.Length > at).MinBy(f => f.Anchor.Start);
        return next is null ? null : Describe(check.Unit, next, model);
    }

    /// <summary>Newest first where it parsed; else the last whole one first.</summary>
    private static IEnumerable<DocumentCheck> Candidates(FileSnapshot snapshot)
    {
        if (snapshot.LastWhole is { } whole) yield return whole;
        if (snapshot.Last is { } last && last != snapshot.LastWhole) yield return last;
    }

    private static IEnumerable<FunctionIr> Reaching(UnitIr unit, List<FunctionIr> targets)
    {
        var programs = targets.Where(f => f.IsProgram).ToList();
        if (programs.Count > 0) return programs;
        var callers = s_callers.GetValue(unit, CallersOf);
        var reaching = targets.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var open = new Queue<string>(reaching);
        while (open.TryDequeue(out var name))
            foreach (var caller in callers[name])
                if (reaching.Add(caller)) open.Enqueue(caller);
        return unit.Functions.Where(f => f.IsProgram && reaching.Contains(f.Name));
    }

    /// <summary>Who names whom, read once of each unit: every question about a place in a helper wants it.</summary>
    private static readonly ConditionalWeakTable<UnitIr, ILookup<string, string>> s_callers = [];

    private static ILookup<string, string> CallersOf(UnitIr unit) =>
        unit.Functions.SelectMany(f => Caching.FunctionReferences.Of(f).Functions.Select(called => (Called: called, Caller: f.Name)))
            .ToLookup(c => c.Called, c => c.Caller, StringComparer.Ordinal);

    /// <summary>What the kernel knows of a program; null where libbpf does not know its section.</summary>
    public static EnclosingProgram? Describe(UnitIr unit, FunctionIr program, KernelModel model)
    {
        if (program.Section is not { } section || model.Sections.Match(section) is not { } kind) return null;
        if (kind.Type != ProgramType.StructOps) return new(program, new(kind));
        foreach (var ops in unit.StructOps)
            foreach (var member in ops.Members)
                if (member.Function == program.Name || member.Function == program.DisplayName) return new(program, new(kind, ops.TypeName, member.Member));
        return new(program, new(kind));
    }
}
