using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using KfuncLsp.Frontend.Headers;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Frontend.Process;
using KfuncLsp.Server.Cli;
using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Workspace.Documents;
using KfuncLsp.Workspace.Features;

namespace KfuncLsp.Server.Lsp.Handlers;

/// <summary>The answer to <c>kfunc/status</c>: what this server is, what it found here, what it did with each open file, and what that costs.</summary>
/// <remarks>Published as <c>docs/status.schema.json</c>. Units: seconds, bytes.</remarks>
internal sealed record ServerStatus(string Version, int ProcessId, double Uptime, string PositionEncoding, ImmutableArray<string> Folders, ImmutableArray<string> Models)
{
    public required ImmutableArray<ParserStatus> Parsers { get; init; }
    public required ImmutableArray<CacheStatus> Caches { get; init; }
    public required MemoryStatus Memory { get; init; }
    public required ImmutableArray<DocumentStatus> Documents { get; init; }

    /// <summary>What the user was told of the set-up, and what was only logged, in order.</summary>
    public required ImmutableArray<string> Notices { get; init; }

    public string? LogFile { get; init; }
}

/// <summary>A directory of files that are kept from one start to the next.</summary>
internal sealed record CacheStatus(string Directory, int Files, long Bytes);

/// <summary>Memory: what the runtime manages, what this process holds, what the processes that parse hold, how often the oldest generation was collected.</summary>
internal sealed record MemoryStatus(long Managed, long Process, long Parsers, int FullCollections);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ServerStatus))]
internal sealed partial class StatusJson : JsonSerializerContext;

/// <summary>Tells what was analysed and what not, without waiting for any of it.</summary>
internal sealed class StatusHandler(LiveWorkspace workspace, ClientSession session, ShippedModels models, DiagnosticsPublisher publisher, LspLogger log)
{
    private readonly long _started = Stopwatch.GetTimestamp();

    public JsonElement Status()
    {
        var parsers = workspace.Parsers.ToImmutableArray();
        using var own = Process.GetCurrentProcess();
        var status = new ServerStatus(
            ProductVersion.Text, Environment.ProcessId, Stopwatch.GetElapsedTime(_started).TotalSeconds, Positions.NameOf(session.Encoding), session.Folders,
            [.. models.All.Select(m => m.Version.ToString())])
        {
            Parsers = parsers,
            Caches = [.. Caches()],
            Memory = new(GC.GetTotalMemory(forceFullCollection: false), own.WorkingSet64, parsers.Sum(p => p.MemoryBytes), GC.CollectionCount(2)),
            Documents = [.. workspace.OpenPaths.Order(StringComparer.Ordinal).Select(workspace.Find).OfType<FileSnapshot>().Select(StatusFeature.Of)],
            Notices = publisher.Told,
            LogFile = log.File,
        };
        return JsonSerializer.SerializeToElement(status, StatusJson.Default.ServerStatus);
    }

    private static IEnumerable<CacheStatus> Caches()
    {
        foreach (var directory in new[] { PreambleCache.OfThisUser.Directory, Path.Combine(HostEnvironment.Current.CacheDirectory, "vmlinux") })
            if (SizeOf(directory) is { } size) yield return size;
    }

    private static CacheStatus? SizeOf(string directory)
    {
        try
        {
            var files = new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories).Select(f => f.Length).ToList();
            return new(directory, files.Count, files.Sum());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // There is none yet, or it is being cleared.
            return null;
        }
    }
}
