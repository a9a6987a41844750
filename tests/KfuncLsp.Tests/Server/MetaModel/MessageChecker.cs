using System.Text.Json;

namespace KfuncLsp.Tests.Server.MetaModel;

/// <summary>Watches a session from outside and notes what is against the protocol: shapes, directions, pairing.</summary>
internal sealed class MessageChecker
{
    private readonly Dictionary<string, string> _askedByClient = [];
    private readonly Dictionary<string, string> _askedByServer = [];
    private readonly List<string> _problems = [];

    /// <summary>What the server did wrong.</summary>
    public IReadOnlyList<string> Problems
    {
        get { lock (_problems) return [.. _problems]; }
    }

    public int Messages { get; private set; }

    /// <summary>The methods that were seen, answered where they are requests, by who called them.</summary>
    public HashSet<(string Method, bool FromClient)> Methods { get; } = [];

    /// <param name="isDeliberate">A message that a test makes wrong on purpose: it is only remembered for pairing.</param>
    public void See(JsonElement message, bool fromClient, bool isDeliberate = false)
    {
        lock (_problems)
        {
            Messages++;
            var found = Look(message, fromClient).ToList();
            if (!isDeliberate) _problems.AddRange(found.Select(p => $"{(fromClient ? "->" : "<-")} {p}"));
        }
    }

    private IEnumerable<string> Look(JsonElement message, bool fromClient)
    {
        if (message.GetProperty("jsonrpc").GetString() != "2.0") yield return "jsonrpc is not 2.0";
        var hasId = message.TryGetProperty("id", out var id);
        if (message.TryGetProperty("method", out var method))
        {
            JsonElement? parameters = message.TryGetProperty("params", out var given) ? given : null;
            if (hasId && !(fromClient ? _askedByClient : _askedByServer).TryAdd(id.GetRawText(), method.GetString()!)) yield return $"the id {id} is used again";
            if (!hasId) Methods.Add((method.GetString()!, fromClient));
            foreach (var problem in MetaModel.Official.CheckCall(method.GetString()!, hasId, fromClient, parameters)) yield return problem;
            yield break;
        }

        if (message.TryGetProperty("result", out var result) == message.TryGetProperty("error", out var error)) yield return "neither result nor error alone";
        if (!(fromClient ? _askedByServer : _askedByClient).Remove(id.GetRawText(), out var asked))
        {
            if (id.ValueKind != JsonValueKind.Null) yield return $"an answer to nothing: {id}";
        }
        else if (error.ValueKind == JsonValueKind.Object)
        {
            if (!error.GetProperty("code").TryGetInt32(out _) || error.GetProperty("message").ValueKind != JsonValueKind.String) yield return "an error without code and message";
        }
        else
        {
            Methods.Add((asked, !fromClient));
            foreach (var problem in MetaModel.Official.CheckResult(asked, result)) yield return problem;
        }
    }
}
