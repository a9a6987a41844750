using KfuncLsp.Analysis.Rules;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Words;

namespace KfuncLsp.Workspace.Features;

/// <summary>Explains the kernel's words about kfuncs: flags, parameter suffixes; and our own rules.</summary>
internal static class WordHover
{
    /// <summary>A <c>KF_*</c> flag; null for another word.</summary>
    public static HoverPage? OfFlag(string word, KernelModel model)
    {
        foreach (var flag in Enum.GetValues<KfuncFlags>())
        {
            if (flag == KfuncFlags.None || KfuncWords.FlagNames(flag) != word) continue;
            var count = model.Kfuncs.Values.Count(k => !k.IsTest && k.Has(flag));
            return new(word) { Lines = [$"On a kfunc: {FlagWords.Of(flag)}.", .. FlagWords.Paragraphs(flag), $"{count} kfuncs of {model.Version} have it."] };
        }

        return null;
    }

    /// <summary>A suffix of a kfunc's parameter; null for another word.</summary>
    public static HoverPage? OfParameter(string word) =>
        AnnotationWords.SuffixOf(word) is { } suffix ? new(word) { Lines = [$"`{suffix}` on a kfunc's parameter: {AnnotationWords.Of(suffix)}."] } : null;

    public static HoverPage OfRule(RuleInfo rule, KernelModel model)
    {
        var words = rule.Conditions.SelectMany(c => model.Messages.Formats(c)).Select(f => f.TrimEnd('\n')).Distinct().Take(4).ToList();
        return new($"{rule.Id.Code} {rule.Id.Slug}")
        {
            Lines = [rule.Title, .. words.Select(w => $"- the verifier of {model.Version} says `{w.Replace('`', '\'')}`")],
            Rule = rule.Id,
        };
    }
}
