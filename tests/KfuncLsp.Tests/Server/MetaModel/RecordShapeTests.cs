using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using KfuncLsp.Server.Lsp.Protocol;
using Xunit;

namespace KfuncLsp.Tests.Server.MetaModel;

/// <summary>Each record of the protocol has the properties of the official model: all of them, and no others.</summary>
public sealed class RecordShapeTests
{
    /// <summary>Records that stand for structures of another name; after it, properties that some of those leave out.</summary>
    private static readonly Dictionary<Type, (string Structure, string[] Loose)> s_renamed = new()
    {
        [typeof(WindowMessageParams)] = ("LogMessageParams", []),
        [typeof(EmptyParams)] = ("InitializedParams", []),
        [typeof(TextDocumentContentChangeEvent)] = ("TextDocumentContentChangePartial", ["range"]),
        [typeof(DocumentDiagnosticReport)] = ("RelatedFullDocumentDiagnosticReport", ["items"]),
        [typeof(WorkspaceDocumentDiagnosticReport)] = ("WorkspaceFullDocumentDiagnosticReport", ["items"]),
        [typeof(DocumentParams)] = ("CodeLensParams", []),
        [typeof(PositionParams)] = ("DefinitionParams", []),
        [typeof(ResolveOptions)] = ("CodeLensOptions", []),
        [typeof(RefreshClientCapabilities)] = ("DiagnosticWorkspaceClientCapabilities", []),
        [typeof(WorkDoneProgress)] = ("WorkDoneProgressBegin", ["title"]),
    };

    public static TheoryData<string> Records() =>
        new(typeof(LspJson).Assembly.GetTypes()
            .Where(t => t.Namespace == typeof(LspJson).Namespace && !t.IsEnum && !t.IsNested && (t.IsValueType || t.GetMethod("<Clone>$") is not null))
            .Where(t => t != typeof(CompletionItemData) && t != typeof(CodeActionData))
            .Select(t => t.Name));

    [Theory]
    [MemberData(nameof(Records))]
    public void ARecordHasTheModelsProperties(string name)
    {
        var type = typeof(LspJson).Assembly.GetType($"{typeof(LspJson).Namespace}.{name}")!;
        var (structure, loose) = s_renamed.GetValueOrDefault(type, (name, []));
        var official = MetaModel.Official.PropertiesOf(structure);
        var ours = LspJson.Default.GetTypeInfo(type)!.Properties.ToDictionary(p => p.Name);

        Assert.Equal(official.Keys.Order(StringComparer.Ordinal), ours.Keys.Order(StringComparer.Ordinal));
        foreach (var (property, definition) in official)
        {
            var optional = MetaModel.IsOptional(definition) || loose.Contains(property);
            Assert.True(ours[property].IsRequired == !optional, $"{name}.{property} is {(optional ? "optional" : "required")} in the model");
            if (optional) Assert.True(IsNullable(ours[property]), $"{name}.{property} may be absent, so it may be null");
            if (!optional && IsNullable(ours[property])) Assert.True(WritesNull(type, property), $"{name}.{property} must be written when it is null");
        }
    }

    [Theory]
    [InlineData("CodeLensParams", "FoldingRangeParams", "DocumentLinkParams", "DocumentSymbolParams", "SemanticTokensParams")]
    [InlineData("DefinitionParams", "DocumentHighlightParams")]
    [InlineData("CodeLensOptions", "DocumentLinkOptions")]
    [InlineData("DiagnosticWorkspaceClientCapabilities", "CodeLensWorkspaceClientCapabilities", "InlayHintWorkspaceClientCapabilities", "SemanticTokensWorkspaceClientCapabilities")]
    public void OneRecordServesStructuresOfOneShape(string first, params string[] others) =>
        Assert.All(others, o => Assert.Equal(MetaModel.Official.PropertiesOf(first).Keys.Order(), MetaModel.Official.PropertiesOf(o).Keys.Order()));

    [Fact]
    public void TheSameShapeServesBothMessageNotifications()
    {
        Assert.Equal(MetaModel.Official.PropertiesOf("LogMessageParams").Keys, MetaModel.Official.PropertiesOf("ShowMessageParams").Keys);
        Assert.True(Records().Count > 50);
    }

    private static bool IsNullable(JsonPropertyInfo property) => property.IsGetNullable && (!property.PropertyType.IsValueType || Nullable.GetUnderlyingType(property.PropertyType) is not null);

    private static bool WritesNull(Type type, string property) =>
        type.GetProperty(char.ToUpperInvariant(property[0]) + property[1..])!.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.Never;
}
