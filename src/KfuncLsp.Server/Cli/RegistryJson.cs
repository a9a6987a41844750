using System.Collections.Immutable;
using System.Text.Json.Nodes;
using KfuncLsp.Extraction.Json;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Server.Cli;

/// <summary>Kfuncs as the published JSON: the shape is described in <c>docs/registry.md</c>.</summary>
internal static class RegistryJson
{
    public static string Print(KernelModel model, ImmutableArray<KfuncSignature> kfuncs) => CanonicalJson.PrintAll(new JsonObject
    {
        ["kernel"] = model.Release,
        ["kfuncs"] = new JsonArray([.. kfuncs.Select(Kfunc)]),
    });

    public static string Print(KernelModel older, KernelModel newer, ImmutableArray<RegistryChange> changes) => CanonicalJson.PrintAll(new JsonObject
    {
        ["from"] = older.Release,
        ["to"] = newer.Release,
        ["changes"] = new JsonArray([.. changes.Select(c => new JsonObject { ["name"] = c.Name, ["kind"] = c.Kind, ["before"] = c.Before, ["after"] = c.After })]),
    });

    private static JsonObject Kfunc(KfuncSignature kfunc) => new()
    {
        ["name"] = kfunc.Name,
        ["test"] = kfunc.IsTest,
        ["description"] = kfunc.Description,
        ["flags"] = Texts(KernelNames.Spell(kfunc.Flags)),
        ["hooks"] = new JsonObject(kfunc.Hooks.OrderBy(h => h.Key).Select(h => KeyValuePair.Create(KernelNames.Spell(h.Key), (JsonNode?)Texts(KernelNames.Spell(h.Value))))),
        ["filters"] = new JsonArray([.. kfunc.Filters.Select(Filter)]),
        ["prototype"] = new JsonObject
        {
            ["returns"] = kfunc.Return.Type.Text,
            ["parameters"] = new JsonArray([.. kfunc.Parameters.Select(p => Parameter(p, false)), .. kfunc.ImplicitParameters.Select(p => Parameter(p, true))]),
        },
        ["since"] = kfunc.Since?.ToString(),
        ["until"] = kfunc.Until?.ToString(),
        ["deprecated"] = kfunc.Deprecated is { } advice ? new JsonObject { ["replacement"] = advice.Replacement, ["reason"] = advice.Reason, ["source"] = advice.Source } : null,
        ["config"] = Texts(kfunc.Config),
        ["module"] = kfunc.MayBeInModule,
        ["source"] = kfunc.Source,
    };

    private static JsonObject Parameter(KfuncParameter parameter, bool isImplicit)
    {
        var json = new JsonObject { ["name"] = parameter.Name, ["type"] = parameter.Type.Text };
        if (isImplicit) json["implicit"] = true;
        return json;
    }

    private static JsonObject Filter(KfuncFilter filter) => new()
    {
        ["function"] = filter.Name,
        ["hook"] = KernelNames.Spell(filter.Hook),
        ["exact"] = filter.Rule.IsExact,
        ["programTypes"] = Texts(filter.Rule.ProgramTypes.Select(KernelNames.Spell)),
        ["attachTypes"] = Texts(filter.Rule.AttachTypes),
        ["structOpsMembers"] = Texts(filter.Rule.StructOpsMembers),
        ["excludedTargets"] = Texts(filter.Rule.ExcludedTargets),
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)JsonValue.Create(t))]);
}
