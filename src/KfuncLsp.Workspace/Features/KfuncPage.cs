using System.Collections.Immutable;
using KfuncLsp.Registry;

namespace KfuncLsp.Workspace.Features;

/// <summary>Everything that hover and completion say of a kfunc, before anyone decides how it looks.</summary>
/// <remarks>Shape: lines hold inline code between backticks and no other markup.</remarks>
public sealed record KfuncPage(string Name, string Prototype)
{
    public string? Deprecation { get; init; }
    public string? Description { get; init; }

    /// <summary>Whether the code at hand may call it; null outside programs.</summary>
    public string? Here { get; init; }

    public ImmutableArray<string> Flags { get; init; } = [];

    /// <summary>One line per parameter: its name, then its rule.</summary>
    public ImmutableArray<(string Name, string Rule)> Arguments { get; init; } = [];

    public string? Result { get; init; }
    public string Callable { get; init; } = "";
    public string Kernels { get; init; } = "";
    public string? Needs { get; init; }

    /// <summary>Where the kernel defines it: a label and a link.</summary>
    public (string Label, string Uri)? Source { get; init; }

    /// <summary>The page of a kfunc on a kernel.</summary>
    /// <remarks>Shape: <paramref name="others"/> are all models at hand, for what changed between kernels.</remarks>
    public static KfuncPage Of(KfuncSignature kfunc, KernelModel model, IReadOnlyList<KernelModel> others, ImmutableArray<EnclosingProgram> here) =>
        new(kfunc.Name, KfuncWords.Prototype(kfunc))
        {
            Deprecation = DeprecationOf(kfunc),
            Description = kfunc.Description,
            Here = HereOf(kfunc, model, here),
            Flags = [.. KfuncWords.Flags(kfunc.FlagsOn(here is [var only, ..] ? model.HookOf(only.Context.Program.Type) : null))],
            Arguments = [.. kfunc.Parameters.Select(p => (p.Name, KfuncWords.Rule(p, kfunc, model)))],
            Result = KfuncWords.Result(kfunc, model),
            Callable = CallableOf(kfunc, model),
            Kernels = KernelsOf(kfunc, others),
            Needs = NeedsOf(kfunc),
            Source = SourceOf(kfunc),
        };

    private static string? DeprecationOf(KfuncSignature kfunc) =>
        kfunc.Deprecated is not { } told ? null
        : $"Deprecated{(told.Replacement is { } use ? $": use `{use}`" : "")}{(told.Reason.Length > 0 ? $". {told.Reason}" : "")}";

    private static string? HereOf(KfuncSignature kfunc, KernelModel model, ImmutableArray<EnclosingProgram> here)
    {
        if (here.IsEmpty) return null;
        var refused = here.Select(p => (p.Name, Reason: CallReason.Refusal(kfunc, model, p))).Where(r => r.Reason is not null).ToList();
        var names = string.Join(", ", here.Select(p => $"`{p.Name}` ({ProgramTypeNames.Of(p.Context.Program.Type)}{(p.Context.Program.IsSleepable ? ", sleepable" : "")})"));
        return refused.Count == 0 ? $"May be called in {names} on {model.Version}" : $"May not be called in `{refused[0].Name}` on {model.Version}: {refused[0].Reason}";
    }

    private static string CallableOf(KfuncSignature kfunc, KernelModel model)
    {
        if (kfunc.Hooks.ContainsKey(KfuncHook.Common)) return "any program type";
        var types = model.Hooks.Where(h => kfunc.Hooks.ContainsKey(h.Value)).Select(h => ProgramTypeNames.Of(h.Key)).Order(StringComparer.Ordinal).ToList();
        var filters = kfunc.Filters.Select(f => f.Name).Distinct().ToList();
        return (types.Count > 0 ? string.Join(", ", types) : "no program type") + (filters.Count > 0 ? $", as far as {string.Join(" and ", filters.Select(f => $"`{f}`"))} lets" : "");
    }

    private static string KernelsOf(KfuncSignature kfunc, IReadOnlyList<KernelModel> others)
    {
        var told = new List<string>();
        if (kfunc.Since is { } since) told.Add($"since {since}");
        if (kfunc.Until is { } until) told.Add($"gone in {until}");
        var have = others.Where(m => m.FindKfunc(kfunc.Name) is not null).Select(m => m.Version.ToString()).ToList();
        var lack = others.Where(m => m.FindKfunc(kfunc.Name) is null).Select(m => m.Version.ToString()).ToList();
        if (have.Count > 0) told.Add($"in {string.Join(", ", have)}");
        if (lack.Count > 0) told.Add($"not in {string.Join(", ", lack)}");
        return string.Join("; ", told.Concat(ChangesOf(kfunc, others)));
    }

    private static IEnumerable<string> ChangesOf(KfuncSignature kfunc, IReadOnlyList<KernelModel> models)
    {
        KfuncSignature? before = null;
        foreach (var model in models)
        {
            if (model.FindKfunc(kfunc.Name) is not { } now) continue;
            if (before is not null)
            {
                var gained = now.Flags & ~before.Flags;
                var lost = before.Flags & ~now.Flags;
                if (gained != 0) yield return $"{model.Version} adds {Names(gained)}";
                if (lost != 0) yield return $"{model.Version} drops {Names(lost)}";
                if (KfuncWords.Prototype(now) != KfuncWords.Prototype(before)) yield return $"{model.Version} changes the prototype";
            }

            before = now;
        }
    }

    private static string Names(KfuncFlags flags) =>
        string.Join(", ", Enum.GetValues<KfuncFlags>().Where(f => f != KfuncFlags.None && (flags & f) != 0).Select(f => $"`{ProgramTypeNames.Of(f)}`"));

    private static string? NeedsOf(KfuncSignature kfunc)
    {
        var needs = kfunc.Config.Select(c => $"`{c}`").ToList();
        if (kfunc.MayBeInModule) needs.Add("its module loaded, where it is built as one");
        if (kfunc.IsTest) needs.Add("the kernel's own test module");
        return needs.Count == 0 ? null : string.Join(", ", needs);
    }

    /// <summary>From <c>kernel/bpf/helpers.c:2989@7.3.4</c> to a page that shows the line.</summary>
    private static (string, string)? SourceOf(KfuncSignature kfunc)
    {
        var at = kfunc.Source.LastIndexOf('@');
        var colon = kfunc.Source.LastIndexOf(':');
        if (at < 0 || colon < 0 || colon > at) return null;
        var (file, line, version) = (kfunc.Source[..colon], kfunc.Source[(colon + 1)..at], kfunc.Source[(at + 1)..].TrimStart('v'));
        return ($"{file}:{line} (v{version})", $"https://elixir.bootlin.com/linux/v{version}/source/{file}#L{line}");
    }
}
