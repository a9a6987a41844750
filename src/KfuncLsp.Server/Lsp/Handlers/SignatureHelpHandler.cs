using System.Text.Json;
using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Workspace.Features;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Shows a kfunc's prototype and the rule of the argument that is being typed.</summary>
internal sealed class SignatureHelpHandler(OpenFiles files, ClientSession session)
{
    public SignatureHelp? Help(SignatureHelpParams parameters)
    {
        if (files.Find(parameters.TextDocument.Uri) is not var (snapshot, kernels)) return null;
        if (SignatureHelpFeature.At(snapshot, parameters.Position.ToText(), session.Encoding, kernels) is not { } help) return null;
        var active = help.Active is { } index ? (uint)index : (uint?)null;
        return new([new(help.Prototype)
        {
            Documentation = help.Summary.Length > 0 ? Markup.Of(help.Summary, session.SignatureIsMarkdown) : null,
            Parameters = [.. help.Parameters.Select(p => new ParameterInformation(Label(help, p)) { Documentation = Markup.Of(p.Rule, session.SignatureIsMarkdown) })],
            // A client that takes none for the first is given one behind the last.
            ActiveParameter = active ?? (uint)help.Parameters.Length,
        }])
        {
            ActiveSignature = 0,
            ActiveParameter = active ?? (uint)help.Parameters.Length,
        };
    }

    private JsonElement Label(KfuncSignatureHelp help, SignatureParameter parameter) => session.TakesLabelOffsets
        ? JsonSerializer.SerializeToElement([(uint)parameter.Start, (uint)(parameter.Start + parameter.Length)], LspJson.Default.UInt32Array)
        : JsonSerializer.SerializeToElement(help.Prototype.Substring(parameter.Start, parameter.Length), LspJson.Default.String);
}
