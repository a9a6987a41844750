using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KfuncLsp.Scoreboard;

/// <summary>What a real kernel said of one program.</summary>
/// <remarks>Units: <see cref="Line"/> counts from 1. Source: <c>tests/oracle/label</c>.</remarks>
public sealed record Label(
    [property: JsonPropertyName("file")] string File,
    [property: JsonPropertyName("prog")] string Program,
    [property: JsonPropertyName("verdict")] string Verdict,
    [property: JsonPropertyName("message")] string Message)
{
    /// <summary>The kernel's series; null in a file of labels that is all for one kernel.</summary>
    [JsonPropertyName("kernel")]
    public string? Kernel { get; init; }

    /// <summary>The program's section; empty where the labels do not tell.</summary>
    [JsonPropertyName("sec")]
    public string Section { get; init; } = "";

    [JsonPropertyName("src_line")]
    public int? Line { get; init; }

    /// <summary>Whether a rejection is about a kfunc; null where the labels do not tell.</summary>
    [JsonPropertyName("kfunc")]
    public bool? AboutKfunc { get; init; }

    [JsonIgnore]
    public bool IsRejected => Verdict == "reject";

    /// <summary>Reads a file of labels.</summary>
    public static ImmutableArray<Label> ReadAll(string path)
    {
        using var stream = System.IO.File.OpenRead(path);
        return JsonSerializer.Deserialize(stream, LabelJson.Default.ImmutableArrayLabel);
    }
}

[JsonSerializable(typeof(ImmutableArray<Label>))]
internal sealed partial class LabelJson : JsonSerializerContext;
