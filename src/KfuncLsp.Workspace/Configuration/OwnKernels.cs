using System.Collections.Immutable;
using KfuncLsp.Registry;

namespace KfuncLsp.Workspace.Configuration;

/// <summary>Reads a registry: its model, or why there is none.</summary>
public delegate (KernelModel? Model, string? Error) RegistryReader(string path);

/// <summary>The kernels that the user describes, as far as their files could be read.</summary>
public sealed record OwnModels(ImmutableArray<(string File, KernelModel Model)> Models, ImmutableArray<string> Errors)
{
    public static OwnModels None { get; } = new([], []);

    /// <summary>The user's model of a release; null where there is none.</summary>
    public KernelModel? For(KernelVersion version) => Models.FirstOrDefault(m => m.Model.Version == version.Series).Model;
}

/// <summary>Models out of files of the user's own, each read once and again when it changes on disk.</summary>
/// <remarks>Safe to use from several threads.</remarks>
public sealed class OwnKernels(RegistryReader read)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (FileStamp Stamp, KernelModel? Model, string? Error)> _known = new(StringComparer.Ordinal);

    /// <summary>For what has no use of registries: naming one is an error.</summary>
    public static OwnKernels None { get; } = new(static path => (null, $"{path}: registries are not read here"));

    /// <summary>The models of some files. Errors: those of each file; a file with one gives no model.</summary>
    public OwnModels Read(ImmutableArray<string> files)
    {
        if (files.IsEmpty) return OwnModels.None;
        var models = ImmutableArray.CreateBuilder<(string, KernelModel)>();
        var errors = ImmutableArray.CreateBuilder<string>();
        foreach (var file in files.Distinct(StringComparer.Ordinal))
        {
            var (model, error) = Read(file);
            if (model is null) errors.Add(error!);
            else if (models.FirstOrDefault(m => m.Item2.Version == model.Version) is (var other, not null)) errors.Add($"{file} and {other} are both of {model.Version}; name one of them");
            else models.Add((file, model));
        }

        return new(models.ToImmutable(), errors.ToImmutable());
    }

    private (KernelModel? Model, string? Error) Read(string file)
    {
        lock (_lock)
        {
            var stamp = FileStamp.Of(file);
            if (_known.TryGetValue(file, out var known) && known.Stamp == stamp) return (known.Model, known.Error);
            var (model, error) = read(file);
            _known[file] = (stamp, model, error);
            return (model, error);
        }
    }
}

/// <summary>What tells one content of a file from the next without reading it; default for a file that is not there.</summary>
internal readonly record struct FileStamp(DateTime Written, long Size)
{
    public static FileStamp Of(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists ? new(file.LastWriteTimeUtc, file.Length) : default;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
