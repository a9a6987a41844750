using System.Text.Json;
using KfuncLsp.Tests.Cli;

namespace KfuncLsp.Tests.Server.MetaModel;

/// <summary>The methods that are ours and not LSP's, with the published schemas of their answers.</summary>
internal static class OwnMethods
{
    private static readonly Dictionary<string, Lazy<JsonSchema>> s_requests = new(StringComparer.Ordinal)
    {
        ["kfunc/status"] = new(() => new(JsonElement.Parse(File.ReadAllText(Repository.PathOf("docs", "status.schema.json"))))),
    };

    public static bool IsRequest(string method) => s_requests.ContainsKey(method);

    public static IEnumerable<string> CheckResult(string method, JsonElement result) => s_requests[method].Value.Validate(result).Select(p => $"{method} result: {p}");
}
