using System.Collections.Immutable;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Registry.History;

namespace KfuncLsp.Registry.Words;

/// <summary>Everything that is said of a kfunc on one kernel, before anyone decides how it looks: hover, completion, command line and site read it.</summary>
/// <remarks>Shape: texts hold inline code between backticks and no other markup.</remarks>
public sealed record KfuncPage(string Name, string Prototype)
{
    public string? Deprecation { get; init; }

    /// <summary>That the kernel at hand was built without it, and by which option; null where it has it or is not at hand.</summary>
    public string? NotInThisKernel { get; init; }

    /// <summary>What a call does, in our own words.</summary>
    public string? Does { get; init; }

    /// <summary>Whether the code at hand may call it; null outside programs.</summary>
    public string? Here { get; init; }

    /// <summary>What the user's own kernel tree says of it: where, and its text, line by line. Never shipped.</summary>
    public (string File, string Text)? KernelDoc { get; init; }

    public ImmutableArray<string> Flags { get; init; } = [];
    public ImmutableArray<KfuncPageArgument> Arguments { get; init; } = [];

    /// <summary>What the returned value means.</summary>
    public string? Returns { get; init; }

    /// <summary>What must be done with the returned value.</summary>
    public string? Duty { get; init; }

    /// <summary>The value and what must be done with it, in one text.</summary>
    public string? Result => Returns is null || Duty is null ? Returns ?? Duty : $"{Returns} {Duty}";

    /// <summary>What can go wrong.</summary>
    public ImmutableArray<string> Beware { get; init; } = [];

    public string Callable { get; init; } = "";
    public string Kernels { get; init; } = "";
    public string? Needs { get; init; }

    /// <summary>Where the kernel defines it: a label and a link.</summary>
    public (string Label, string Uri)? Source { get; init; }

    /// <summary>The page of a kfunc on a kernel, for a caller on a hook or for any.</summary>
    /// <remarks>Shape: <paramref name="models"/> are all models at hand, oldest first, for what changed between kernels.</remarks>
    public static KfuncPage Of(KfuncSignature kfunc, KernelModel model, IReadOnlyList<KernelModel> models, KfuncHook? hook = null)
    {
        var told = KfuncDescriptions.Of(kfunc.Name);
        return new(kfunc.Name, KfuncWords.Prototype(kfunc))
        {
            Deprecation = DeprecationOf(kfunc),
            NotInThisKernel = NotInThis(kfunc, model),
            Does = told?.Does,
            Flags = model.Unflagged.ContainsKey(kfunc.Name) ? [$"its flags are not known: nothing but its prototype could be read in {kfunc.Source}"] : [.. KfuncWords.Flags(kfunc.FlagsOn(hook))],
            Arguments = [.. kfunc.Parameters.Select(p => new KfuncPageArgument(p.Name, told?.Of(p), KfuncWords.Rule(p, kfunc, model)) { IsPlain = p.Class == KfuncArgClass.Scalar })],
            Returns = kfunc.Return.Type.Kind == KfuncTypeKind.Void ? null : told?.Returns,
            Duty = KfuncWords.Result(kfunc, model),
            Beware = told?.Beware ?? [],
            Callable = CallableOf(kfunc, model),
            Kernels = KernelsOf(kfunc, models),
            Needs = NeedsOf(kfunc),
            Source = KfuncWords.SourceLink(kfunc.Source),
        };
    }

    private static string? NotInThis(KfuncSignature kfunc, KernelModel model)
    {
        if (model.Built is not { } built || !built.Lacks(kfunc.Name)) return null;
        return built.WhatItNeeds(kfunc) is { Length: > 0 } needs ? $"Not in this kernel ({built.Name}): it needs {needs}." : $"Not in this kernel ({built.Name}).";
    }

    private static string? DeprecationOf(KfuncSignature kfunc) => kfunc.Deprecated switch
    {
        null => null,
        { Replacement: null, Reason: var reason } => $"Deprecated: {reason}.",
        { Replacement: var use, Reason: "" } => $"Deprecated: use `{use}`.",
        { Replacement: var use, Reason: var reason } => $"Deprecated: use `{use}`. {char.ToUpperInvariant(reason[0])}{reason[1..]}.",
    };

    private static string CallableOf(KfuncSignature kfunc, KernelModel model)
    {
        if (kfunc.Hooks.ContainsKey(KfuncHook.Common)) return "any program type";
        var types = kfunc.Hooks.Keys.SelectMany(h => KfuncWords.Callers(model, h)).Distinct().Order(StringComparer.Ordinal).ToList();
        var filters = kfunc.Filters.Select(f => f.Name).Distinct().ToList();
        return (types.Count > 0 ? string.Join(", ", types) : "no program type") + (filters.Count > 0 ? $", as far as {string.Join(" and ", filters.Select(f => $"`{f}`"))} lets" : "");
    }

    private static string KernelsOf(KfuncSignature kfunc, IReadOnlyList<KernelModel> models)
    {
        var timeline = KfuncTimeline.Of(kfunc.Name, models);
        var told = new List<string>();
        if (kfunc.Since is { } since) told.Add($"since {since}");
        if (kfunc.Until is { } until) told.Add($"gone in {until}");
        if (timeline.In.Length > 0) told.Add($"in {string.Join(", ", timeline.In)}");
        if (timeline.NotIn.Length > 0) told.Add($"not in {string.Join(", ", timeline.NotIn)}");
        return string.Join("; ", told.Concat(timeline.Steps.SelectMany(s => s.Changes.Select(c => ChangeOf(s.To, c))).OfType<string>()));
    }

    /// <summary>A change in a few words; null for what <c>in</c> and <c>not in</c> say already.</summary>
    private static string? ChangeOf(KernelVersion to, KfuncChange change) => change.Kind switch
    {
        KfuncChangeKind.Flags => $"{to} changes the flags{(change.Place is { } hook ? $" on {KernelNames.Spell(hook)}" : "")} from `{change.Before}` to `{change.After}`",
        KfuncChangeKind.Hooks => $"{to} changes who may call it",
        KfuncChangeKind.Filters => $"{to} changes what its filter lets pass",
        KfuncChangeKind.Prototype => $"{to} changes the prototype from `{change.Before}`",
        _ => null,
    };

    private static string? NeedsOf(KfuncSignature kfunc)
    {
        var needs = kfunc.Config.Select(c => $"`{c}`").ToList();
        if (kfunc.MayBeInModule) needs.Add("its module loaded, where it is built as one");
        if (kfunc.IsTest) needs.Add("the kernel's own test module");
        return needs.Count == 0 ? null : string.Join(", ", needs);
    }
}

/// <summary>What is said of one argument: what it stands for, and what the verifier asks of it.</summary>
public sealed record KfuncPageArgument(string Name, string? Meaning, string Rule)
{
    /// <summary>Whether the rule asks so little that it adds nothing to a meaning.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Both in one line.</summary>
    public string Text => Meaning is null ? Rule : IsPlain ? Meaning : $"{Meaning}; {Rule}";
}
