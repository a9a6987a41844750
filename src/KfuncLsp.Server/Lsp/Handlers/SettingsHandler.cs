using System.Collections.Immutable;
using System.Text.Json;
using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Workspace.Configuration;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>Keeps the editor's settings: those of <c>initialize</c>, then those that the client is asked for or tells.</summary>
/// <remarks>The client's answer for a folder is complete; where it has none, what it told before holds.</remarks>
internal sealed class SettingsHandler(ClientSession session, LspClient client, LspLogger log, LspServerOptions options, ProjectConfigurations configurations)
{
    private const string Section = "kfunc";

    private ReadOnlyMemory<byte> _initial;

    /// <summary>Takes the <c>initializationOptions</c>.</summary>
    public void Begin(JsonElement? options)
    {
        _initial = options is { } given ? SectionOf(given) : default;
        Use(_initial, ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty);
    }

    /// <summary>Asks for the settings, where the client can be asked. True: they differ from those before.</summary>
    public async Task<bool> AskAsync()
    {
        if (session.Capabilities.Workspace?.Configuration != true) return false;
        var folders = session.Folders;
        var items = folders.Select(f => new ConfigurationItem { ScopeUri = Uris.Of(f), Section = Section }).Prepend(new() { Section = Section });
        if (await client.ConfigurationAsync(new([.. items])) is not { ValueKind: JsonValueKind.Array } answer) return false;
        var texts = answer.EnumerateArray().Select(SectionOf).ToList();
        if (texts.Count != folders.Length + 1) return false;
        var everywhere = texts[0].IsEmpty ? _initial : texts[0];
        return Use(everywhere, folders.Zip(texts.Skip(1)).Where(pair => !pair.Second.IsEmpty).ToImmutableDictionary(p => p.First, p => p.Second));
    }

    /// <summary>The client tells of a change. True: something differs.</summary>
    public Task<bool> ChangedAsync(JsonElement settings)
    {
        if (session.Capabilities.Workspace?.Configuration == true) return AskAsync();
        return Task.FromResult(Use(SectionOf(settings), ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty));
    }

    private bool Use(ReadOnlyMemory<byte> everywhere, ImmutableDictionary<string, ReadOnlyMemory<byte>> byFolder)
    {
        var complete = session.Folders.ToImmutableDictionary(f => f, f => byFolder.GetValueOrDefault(f, everywhere));
        var before = session.Settings;
        session.Settings = new() { Everywhere = everywhere, ByFolder = complete };
        configurations.Forget();
        if (options.LogFile is null && configurations.For((session.Folders.FirstOrDefault() ?? "") + "/.").LogFile is { } file) log.AlsoTo(file);
        return !Same(before.Everywhere, everywhere) || before.ByFolder.Count != complete.Count
            || complete.Any(f => !before.ByFolder.TryGetValue(f.Key, out var old) || !Same(old, f.Value));
    }

    private static bool Same(ReadOnlyMemory<byte> a, ReadOnlyMemory<byte> b) => a.Span.SequenceEqual(b.Span);

    /// <summary>The text of the <c>kfunc</c> section, or of the settings where they are that section by themselves; empty where they say nothing.</summary>
    private static ReadOnlyMemory<byte> SectionOf(JsonElement settings)
    {
        if (settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty(Section, out var section)) settings = section;
        if (settings.ValueKind != JsonValueKind.Object || !settings.EnumerateObject().Any()) return default;

        // Editors answer null for settings that are declared and not set.
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer)) WriteWithoutNulls(json, settings);
        return buffer.ToArray() is var text && text.AsSpan().SequenceEqual("{}"u8) ? default : text;
    }

    private static void WriteWithoutNulls(Utf8JsonWriter json, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            value.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        foreach (var property in value.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null) continue;
            json.WritePropertyName(property.Name);
            WriteWithoutNulls(json, property.Value);
        }

        json.WriteEndObject();
    }
}
