using System.Text;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Registry.Words;

namespace KfuncLsp.Server.Lsp.Conversion;

/// <summary>A kfunc's page as markdown, or as plain text for a client that shows no other.</summary>
internal static class KfuncMarkup
{
    public static MarkupContent Of(KfuncPage page, bool markdown) =>
        markdown ? new(MarkupKind.Markdown, Markdown(page)) : new(MarkupKind.PlainText, Plain(page));

    private static string Markdown(KfuncPage page)
    {
        var text = new StringBuilder().Append("```c\n").Append(page.Prototype).Append(";\n```\n");
        if (page.Deprecation is { } deprecation) text.Append($"\n**{deprecation}**\n");
        if (page.NotInThisKernel is { } missing) text.Append($"\n**{missing}**\n");
        if (page.Does is { } does) text.Append($"\n{does}\n");
        if (page.Here is { } here) text.Append($"\n{here}\n");
        if (page.Flags.Length > 0) text.Append('\n').AppendJoin("", page.Flags.Select(f => $"- {f}\n"));
        if (page.Arguments.Length > 0) text.Append("\n**Arguments**\n").AppendJoin("", page.Arguments.Select(a => $"- `{a.Name}`: {a.Text}\n"));
        if (page.Result is { } result) text.Append($"\n**Result** {result}\n");
        if (page.Beware.Length > 0) text.Append("\n**Beware**\n").AppendJoin("", page.Beware.Select(b => $"- {b}\n"));
        text.Append($"\n**Callable from** {page.Callable}\n");
        if (page.Kernels.Length > 0) text.Append($"\n**Kernels** {page.Kernels}\n");
        if (page.Needs is { } needs) text.Append($"\n**Needs** {needs}\n");
        if (page.Source is var (label, uri)) text.Append($"\n[{label}]({uri})\n");
        if (page.KernelDoc is var (file, doc)) text.Append($"\n**Your tree** {file}\n```text\n{doc}\n```\n");
        return text.ToString().TrimEnd();
    }

    private static string Plain(KfuncPage page)
    {
        var text = new StringBuilder(page.Prototype).Append(";\n");
        foreach (var line in new[] { page.Deprecation, page.NotInThisKernel, page.Does, page.Here })
            if (line is not null) text.Append(line).Append('\n');
        foreach (var flag in page.Flags) text.Append($"- {flag}\n");
        foreach (var argument in page.Arguments) text.Append($"{argument.Name}: {argument.Text}\n");
        if (page.Result is { } result) text.Append($"Result: {result}\n");
        foreach (var beware in page.Beware) text.Append($"Beware: {beware}\n");
        text.Append($"Callable from: {page.Callable}\n");
        if (page.Kernels.Length > 0) text.Append($"Kernels: {page.Kernels}\n");
        if (page.Needs is { } needs) text.Append($"Needs: {needs}\n");
        if (page.Source is var (label, _)) text.Append(label).Append('\n');
        if (page.KernelDoc is var (file, doc)) text.Append($"Your tree, {file}:\n{doc}\n");
        return text.Replace("`", "").ToString().TrimEnd();
    }
}
