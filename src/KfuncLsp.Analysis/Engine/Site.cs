using System.Collections.Immutable;
using KfuncLsp.Analysis.Rules;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Engine;

/// <summary>A point on a path: what a rule may ask, and where its finding goes.</summary>
internal readonly record struct Site(ProgramContext Program, VerifierState State, Span Span)
{
    public KernelModel Model => Program.Model;
    public VerifierTraits Traits => Program.Model.Traits;

    /// <summary>Where findings go instead, for a point whose own place says nothing to a person.</summary>
    public Location? ShownAt { get; init; }

    /// <summary>Why what is found here may not be so; null where it is.</summary>
    public string? Doubt { get; init; }

    /// <summary>The call that is applied here; null at any other instruction.</summary>
    public Location? Call { get; init; }

    public Location Where => ShownAt ?? new(State.Top.Function.Name, Span);

    public Site At(Span span) => this with { Span = span, ShownAt = null };

    /// <summary>The name of an operand as written; <paramref name="fallback"/> where it has none.</summary>
    public string NameOf(Operand operand, string fallback)
    {
        if (operand.Kind != OperandKind.Local) return fallback;
        var name = State.Top.Facts.Names[operand.LocalId];
        return name.Length > 0 ? name : fallback;
    }

    /// <summary>The pointer that an access goes through: <c>task</c> of <c>task-&gt;tgid</c>.</summary>
    public string PointerNameOf(Operand operand, string fallback)
    {
        var name = NameOf(operand, fallback);
        if (!name.StartsWith('&')) return name;
        var step = name.LastIndexOf("->", StringComparison.Ordinal);
        return step > 0 ? name[1..step] : name;
    }

    /// <summary>An argument in messages that count arguments: <c>arg#0</c> on older kernels, <c>R1</c> on newer ones.</summary>
    /// <remarks>Units: <paramref name="index"/> from 0.</remarks>
    public string ArgumentName(int index) => Traits.ArgumentsAreRegisters ? $"R{index + 1}" : $"{index}";

    /// <summary>An argument in messages that name registers: the format holds the <c>R</c> on older kernels.</summary>
    public string RegisterName(int index) => Traits.ArgumentsAreRegisters ? $"R{index + 1}" : $"{index + 1}";

    /// <summary>The kernel's words for a condition.</summary>
    public string Kernel(string condition, string? containing, params object?[] arguments) =>
        Model.Messages.Format(condition, containing, arguments);

    /// <summary>The path since a reference was acquired, with both ends.</summary>
    public ImmutableArray<TraceStep> TraceFrom(ReferenceState reference, string last)
    {
        var what = reference.Variable.Length > 0 ? $"`{reference.Variable}` is acquired here" : "acquired here";
        return
        [
            .. reference.AcquiredAt.Span.Length > 0 ? new[] { new TraceStep(what, reference.AcquiredAt) } : [],
            .. PathTrace.Since(State.Trace, reference.TraceOrder),
            new TraceStep(last, Where),
        ];
    }

    /// <summary>Reports a finding of a rule at this place.</summary>
    public void Report(RuleInfo rule, string message, string condition, string kernelMessage,
        IEnumerable<TraceStep>? trace = null, params (string Key, string Value)[] facts)
    {
        if (Doubt is not null)
        {
            Program.GiveUp(Doubt, Where);
            return;
        }

        if (State.MayBeLeftOut)
        {
            Program.GiveUp($"whether {rule.Id.Slug} holds here depends on the compiler, which may leave out the call of `{State.Frames[0].Function.DisplayName}`", Where);
            return;
        }

        if (State.IsSpeculative)
        {
            Program.GiveUp($"whether {rule.Id.Slug} holds here depends on the kernel that the program runs on", Where);
            return;
        }

        Program.Report(Finding(rule, message, condition, kernelMessage, trace, facts), State);
    }

    /// <summary>The same for what the path has to go on from before it is certain.</summary>
    public void Withhold(RuleInfo rule, string message, string condition, string kernelMessage, params (string Key, string Value)[] facts)
    {
        if (!State.MayBeLeftOut && !State.IsSpeculative) State.Withheld ??= Finding(rule, message, condition, kernelMessage, null, facts);
    }

    private Finding Finding(RuleInfo rule, string message, string condition, string kernelMessage, IEnumerable<TraceStep>? trace, (string Key, string Value)[] facts)
    {
        var table = ImmutableDictionary<string, string>.Empty;
        foreach (var (key, value) in facts) table = table.SetItem(key, value);
        return new(rule.Id, rule.Severity, Shorten(message), Where)
        {
            Call = Call,
            Condition = condition,
            KernelMessage = kernelMessage,
            Trace = [.. trace ?? PathTrace.Since(State.Trace, 0)],
            Facts = table,
        };
    }

    /// <summary>What is too long for a line loses its advice first, which follows the last semicolon.</summary>
    private static string Shorten(string message) =>
        message.Length <= 100 ? message : message.LastIndexOf("; ", StringComparison.Ordinal) is > 0 and <= 100 and var end ? message[..end] : message[..99] + "…";
}
