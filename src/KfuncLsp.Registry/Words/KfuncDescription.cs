using System.Collections.Immutable;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Registry.Words;

/// <summary>A kfunc in our own words: what no fact says. Rules that follow from flags and types are in <see cref="KfuncWords"/>.</summary>
/// <remarks><see cref="Does"/>: one sentence, what a call does.</remarks>
public sealed record KfuncDescription(string Name, string Does)
{
    /// <summary>What the returned value means; null where nothing is returned.</summary>
    public string? Returns { get; init; }

    /// <summary>What an argument stands for, by the parameter's bare name.</summary>
    public ImmutableDictionary<string, string> Arguments { get => field ?? ImmutableDictionary<string, string>.Empty; init; }

    /// <summary>What can go wrong, or surprises: a sentence each.</summary>
    public ImmutableArray<string> Beware { get => field.OrEmpty(); init; } = [];

    /// <summary>What a parameter stands for; null where its rule says enough, as that of a size does, which shares its bare name with the memory.</summary>
    public string? Of(KfuncParameter parameter) =>
        parameter.Class is KfuncArgClass.MemSize or KfuncArgClass.ConstMemSize ? null : Arguments.GetValueOrDefault(BareName(parameter.Name));

    /// <summary>A parameter's name without the suffixes that the verifier reads: <c>buffer__szk</c> is <c>buffer</c>.</summary>
    public static string BareName(string parameter) =>
        parameter.IndexOf("__", StringComparison.Ordinal) is var at and > 0 ? parameter[..at] : parameter;
}
