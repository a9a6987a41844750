using System.Collections.Immutable;
using System.Text.Json.Nodes;
using KfuncLsp.Extraction.Json;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Registry.History;
using KfuncLsp.Registry.Words;

namespace KfuncLsp.Server.Cli;

/// <summary>Kfuncs as the published JSON: the shape is described in <c>docs/registry.md</c>.</summary>
internal static class RegistryJson
{
    /// <summary>Kfuncs of a kernel, each with the members that the contract names and no other.</summary>
    public static string Print(KernelModel model, ImmutableArray<KfuncSignature> kfuncs) => Print(model, kfuncs.Select(Kfunc));

    /// <summary>One kfunc with all that is known: the contract's members, then description, module and history.</summary>
    public static string PrintPage(KernelModel model, KfuncSignature kfunc, IReadOnlyList<KernelModel> models)
    {
        var json = Kfunc(kfunc);
        json["module"] = kfunc.MayBeInModule;
        json["package"] = model.Package is { } package ? new JsonObject { ["name"] = package.Name, ["version"] = package.Version, ["sha256"] = package.Sha256 } : null;
        json["description"] = KfuncDescriptions.Of(kfunc.Name) is { } told ? Description(KfuncPage.Of(kfunc, model, models), told) : null;
        json["history"] = new JsonArray([.. KfuncTimeline.Of(kfunc.Name, models).Steps.SelectMany(s => s.Changes.Select(c => Step(s, c)))]);
        return Print(model, [json]);
    }

    public static string Print(KernelModel older, KernelModel newer, ImmutableArray<KfuncChange> changes) => CanonicalJson.PrintAll(new JsonObject
    {
        ["from"] = older.Release,
        ["to"] = newer.Release,
        ["changes"] = new JsonArray([.. changes.Select(Change)]),
    });

    private static string Print(KernelModel model, IEnumerable<JsonObject> kfuncs) => CanonicalJson.PrintAll(new JsonObject
    {
        ["kernel"] = model.Release,
        ["kfuncs"] = new JsonArray([.. kfuncs]),
    });

    private static JsonObject Kfunc(KfuncSignature kfunc) => new()
    {
        ["name"] = kfunc.Name,
        ["test"] = kfunc.IsTest,
        ["flags"] = Texts(KernelNames.Spell(kfunc.Flags)),
        ["hooks"] = new JsonObject(kfunc.Hooks.OrderBy(h => h.Key).Select(h => KeyValuePair.Create(KernelNames.Spell(h.Key), (JsonNode?)Texts(KernelNames.Spell(h.Value))))),
        ["filters"] = new JsonArray([.. kfunc.Filters.Select(Filter)]),
        ["prototype"] = new JsonObject
        {
            ["returns"] = kfunc.Return.Type.Text,
            ["parameters"] = new JsonArray([.. kfunc.Parameters.Select(p => (p.Index, Json: Parameter(p, false))).Concat(kfunc.ImplicitParameters.Select(p => (p.Index, Json: Parameter(p, true)))).OrderBy(p => p.Index).Select(p => p.Json)]),
        },
        ["since"] = kfunc.Since?.ToString(),
        ["until"] = kfunc.Until?.ToString(),
        ["deprecated"] = kfunc.Deprecated is { } advice ? new JsonObject { ["replacement"] = advice.Replacement, ["reason"] = advice.Reason, ["source"] = advice.Source } : null,
        ["config"] = Texts(kfunc.Config),
        ["source"] = kfunc.Source,
    };

    private static JsonObject Description(KfuncPage page, KfuncDescription told) => new()
    {
        ["does"] = told.Does,
        ["returns"] = told.Returns,
        ["must"] = page.Duty,
        ["arguments"] = new JsonArray([.. page.Arguments.Select(a => new JsonObject { ["name"] = a.Name, ["meaning"] = a.Meaning, ["rule"] = a.Rule })]),
        ["beware"] = Texts(told.Beware),
    };

    /// <summary>A change, and between which kernels it happened: after one, by the other.</summary>
    private static JsonObject Step(KfuncStep step, KfuncChange change)
    {
        var json = Change(change);
        json.Remove("name");
        (json["lastWithout"], json["firstWith"]) = (step.From.ToString(), step.To.ToString());
        return json;
    }

    private static JsonObject Change(KfuncChange change)
    {
        var json = new JsonObject { ["name"] = change.Name, ["kind"] = RegistryText.Word(change.Kind), ["before"] = change.Before, ["after"] = change.After };
        if (change.Place is { } hook) json["hook"] = KernelNames.Spell(hook);
        if (change.Instead is { } instead) json["replacement"] = instead;
        if (change.Reason is { } reason) json["reason"] = reason;
        if (change.Source is { } source) json["source"] = source;
        return json;
    }

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
