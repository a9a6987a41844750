using System.Collections.Immutable;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Words;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Features;

/// <summary>A kfunc's prototype while its arguments are typed.</summary>
/// <remarks>Units: <see cref="Active"/> counts parameters from 0; it is null behind the last one.</remarks>
public sealed record KfuncSignatureHelp(string Prototype, string Summary, ImmutableArray<SignatureParameter> Parameters, int? Active);

/// <summary>A parameter and its rule. Units: the place in the prototype, in characters; it is ASCII.</summary>
public sealed record SignatureParameter(int Start, int Length, string Rule);

/// <summary>Says what the argument that is being typed must be.</summary>
public static class SignatureHelpFeature
{
    /// <summary>The help at a place; null outside a kfunc's parentheses.</summary>
    public static KfuncSignatureHelp? At(FileSnapshot snapshot, TextPosition position, PositionEncoding encoding, KernelView kernels)
    {
        var lines = snapshot.Document.Lines;
        var text = lines.Text.Span;
        if (OpenCall.At(text, lines.OffsetAt(position, encoding)) is not { } call) return null;
        if (KfuncNames.Find(snapshot, text, call.Callee, kernels) is not var (_, kfunc, model)) return null;

        var told = KfuncDescriptions.Of(kfunc.Name);
        var prototype = KfuncWords.Prototype(kfunc);
        var parameters = ImmutableArray.CreateBuilder<SignatureParameter>();
        var from = prototype.IndexOf('(') + 1;
        foreach (var parameter in kfunc.Parameters)
        {
            var written = KfuncWords.Parameter(parameter);
            var start = prototype.IndexOf(written, from, StringComparison.Ordinal);
            parameters.Add(new(start, written.Length, RuleOf(parameter, kfunc, model, told)));
            from = start + written.Length;
        }

        var summary = string.Join("\n\n", new[] { told?.Does, KfuncWords.Result(kfunc, model) }.OfType<string>());
        return new(prototype, summary, parameters.ToImmutable(), call.Argument < kfunc.Parameters.Length ? call.Argument : null);
    }

    private static string RuleOf(KfuncParameter parameter, KfuncSignature kfunc, KernelModel model, KfuncDescription? told) =>
        new KfuncPageArgument(parameter.Name, told?.Of(parameter), KfuncWords.Rule(parameter, kfunc, model)) { IsPlain = parameter.Class == KfuncArgClass.Scalar }.Text;
}
