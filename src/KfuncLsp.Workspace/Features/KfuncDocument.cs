using System.Text;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Words;

namespace KfuncLsp.Workspace.Features;

/// <summary>The registry's entry of a kfunc as a document in C: what one sees where there is no kernel tree to look into.</summary>
public static class KfuncDocument
{
    /// <summary>The scheme of the URIs: <c>kfunc:/6.12/bpf_task_from_pid.h</c>.</summary>
    public const string Scheme = "kfunc";

    public static string UriOf(KfuncSignature kfunc, KernelModel model) => $"{Scheme}:/{model.Version}/{kfunc.Name}.h";

    /// <summary>The kfunc that a URI names; null where there is none.</summary>
    public static (KfuncSignature Kfunc, KernelModel Model)? Find(string uri, IReadOnlyList<KernelModel> models)
    {
        if (!uri.StartsWith($"{Scheme}:", StringComparison.Ordinal)) return null;
        var parts = uri[(Scheme.Length + 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [var version, var file] || !file.EndsWith(".h", StringComparison.Ordinal)) return null;
        var model = models.FirstOrDefault(m => m.Version.ToString() == version);
        return model?.FindKfunc(file[..^2]) is { } kfunc ? (kfunc, model) : null;
    }

    /// <summary>The document, and the line of it that declares the kfunc. Units: lines from 0.</summary>
    public static (string Text, int Line) Of(KfuncSignature kfunc, KernelModel model, IReadOnlyList<KernelModel> all)
    {
        var page = KfuncPage.Of(kfunc, model, all);
        var text = new StringBuilder("/*\n");
        Say($"{kfunc.Name} on Linux {model.Release}{(page.Source is var (label, _) ? $", {label}" : "")}");
        Say("");
        foreach (var line in new[] { page.Deprecation, page.Does }) if (line is not null) Say(line);
        foreach (var flag in page.Flags) Say($"- {flag}");
        foreach (var argument in page.Arguments) Say($"{argument.Name}: {argument.Text}");
        if (page.Result is { } result) Say($"Result: {result}");
        Say($"Callable from: {page.Callable}");
        if (page.Kernels.Length > 0) Say($"Kernels: {page.Kernels}");
        if (page.Needs is { } needs) Say($"Needs: {needs}");
        text.Append(" */\n");
        var declared = text.ToString().Count(c => c == '\n');
        return (text.Append(KfuncWords.Declaration(kfunc)).Append('\n').ToString(), declared);

        void Say(string line) => text.Append(line.Length == 0 ? " *" : " * ").Append(line.Replace("`", "").Replace("*/", "* /")).Append('\n');
    }
}
