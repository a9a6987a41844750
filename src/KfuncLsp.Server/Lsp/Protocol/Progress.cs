using System.Text.Json;

namespace KfuncLsp.Server.Lsp.Protocol;

/// <summary>The parameters of <c>$/progress</c>.</summary>
internal sealed record ProgressParams(JsonElement Token, WorkDoneProgress Value);

/// <summary>The parameters of <c>window/workDoneProgress/create</c>.</summary>
internal sealed record WorkDoneProgressCreateParams(JsonElement Token);

/// <summary>A begin (with a title), report or end of work.</summary>
internal sealed record WorkDoneProgress(string Kind)
{
    public string? Title { get; init; }
    public bool? Cancellable { get; init; }
    public string? Message { get; init; }
    public uint? Percentage { get; init; }
}
