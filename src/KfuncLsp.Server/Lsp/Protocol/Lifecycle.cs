using System.Text.Json;
using System.Text.Json.Serialization;

namespace KfuncLsp.Server.Lsp.Protocol;

/// <summary>The parameters of <c>initialize</c>.</summary>
internal sealed record InitializeParams(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? ProcessId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? RootUri,
    ClientCapabilities Capabilities)
{
    public JsonElement? WorkDoneToken { get; init; }
    public ClientInfo? ClientInfo { get; init; }
    public string? Locale { get; init; }
    public string? RootPath { get; init; }
    public JsonElement? InitializationOptions { get; init; }
    public string? Trace { get; init; }
    public WorkspaceFolder[]? WorkspaceFolders { get; init; }
}

internal sealed record ClientInfo(string Name)
{
    public string? Version { get; init; }
}

internal sealed record WorkspaceFolder(string Uri, string Name);

internal sealed record InitializeResult(ServerCapabilities Capabilities)
{
    public ServerInfo? ServerInfo { get; init; }
}

internal sealed record ServerInfo(string Name)
{
    public string? Version { get; init; }
}

/// <summary>The parameters of <c>client/registerCapability</c>.</summary>
internal sealed record RegistrationParams(Registration[] Registrations);

internal sealed record Registration(string Id, string Method)
{
    public JsonElement? RegisterOptions { get; init; }
}
