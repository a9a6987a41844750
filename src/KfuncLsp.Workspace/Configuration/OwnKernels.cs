using System.Collections.Immutable;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Btf;
using KfuncLsp.Registry.Built;

namespace KfuncLsp.Workspace.Configuration;

/// <summary>Reads a registry: its model, or why there is none.</summary>
public delegate (KernelModel? Model, string? Error) RegistryReader(string path);

/// <summary>What the user's files describe, as far as they could be read: whole kernels, and modules.</summary>
public sealed record OwnModels(ImmutableArray<(string File, KernelModel Model)> Models, ImmutableArray<ModuleFile> Modules, ImmutableArray<string> Errors)
{
    public static OwnModels None { get; } = new([], [], []);

    /// <summary>The user's model of a release; null where there is none.</summary>
    public KernelModel? For(KernelVersion version) => Models.FirstOrDefault(m => m.Model.Version == version.Series).Model;
}

/// <summary>Models by files of this machine: registries, modules, a kernel's BTF. Each is read once, and again when it changes on disk.</summary>
/// <remarks>Safe to use from several threads.</remarks>
public sealed class OwnKernels
{
    private readonly RegistryReader _read;
    private readonly bool _looksAtKernels;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Stamp, object Value)> _known = new(StringComparer.Ordinal);

    public OwnKernels(RegistryReader read)
        : this(read, looksAtKernels: true)
    {
    }

    private OwnKernels(RegistryReader read, bool looksAtKernels)
    {
        _read = read;
        _looksAtKernels = looksAtKernels;
    }

    /// <summary>For what is judged by releases alone: naming a registry is an error, and no kernel is looked at.</summary>
    public static OwnKernels None { get; } = new(static path => (null, $"{path}: registries are not read here"), looksAtKernels: false);

    /// <summary>What some files describe.</summary>
    /// <remarks>Shape: <paramref name="btf"/> is that of the kernel on which modules stand. Errors: those of each file; a file with one gives nothing.</remarks>
    public OwnModels Read(ImmutableArray<string> files, string? btf)
    {
        if (files.IsEmpty) return OwnModels.None;
        var models = ImmutableArray.CreateBuilder<(string, KernelModel)>();
        var modules = ImmutableArray.CreateBuilder<ModuleFile>();
        var errors = ImmutableArray.CreateBuilder<string>();
        foreach (var file in files.Distinct(StringComparer.Ordinal))
        {
            var (model, module, error) = Once($"{file}\n{btf}", $"{FileStamp.Of(file)} {StampOf(btf)}", () => Read(file, btf));
            if (module is not null) modules.Add(module);
            else if (model is null) errors.Add(error!);
            else if (models.FirstOrDefault(m => m.Item2.Version == model.Version) is (var other, not null)) errors.Add($"{file} and {other} are both of {model.Version}; name one of them");
            else models.Add((file, model));
        }

        return new(models.ToImmutable(), modules.ToImmutable(), errors.ToImmutable());
    }

    /// <summary>A model with the modules' kfuncs in it and, where a BTF is given, as the kernel of that BTF was built.</summary>
    /// <remarks>Errors: the model by itself, and why its kernel could not be looked at.</remarks>
    public (KernelModel Model, string? Notice) Complete(KernelModel model, ImmutableArray<ModuleFile> modules, (string Path, string Release)? kernel)
    {
        if (!_looksAtKernels || (modules.IsEmpty && kernel is null)) return (model, null);
        var name = $"{model.Hash}\n{kernel?.Path}\n{string.Join('\n', modules.Select(m => m.Path))}";
        var stamp = $"{StampOf(kernel?.Path)} {string.Join(' ', modules.Select(m => FileStamp.Of(m.Path)))}";
        return Once<(KernelModel, string?)>(name, stamp, () =>
        {
            var (files, error) = kernel is not var (path, release) ? (null, null) : BuiltKernelFiles.Read(path, release);
            var built = files is null ? model : BuiltModels.On(model, files);
            foreach (var module in modules) built = BuiltModels.With(built, module);
            return (built, error is null ? null : $"{error}; what this kernel really has is not looked at");
        });
    }

    private (KernelModel? Model, ModuleFile? Module, string? Error) Read(string file, string? btf)
    {
        if (!_looksAtKernels || !File.Exists(file)) return Registry(file);
        var (bytes, unread) = NamedFile.Read(file);
        if (bytes is null) return (null, null, unread);
        if (ModuleFile.PackedWith(bytes) is { } program) return (null, null, $"{file}: is packed; unpack it first: {program} -dk {file}");
        if (!ModuleFile.Starts(bytes)) return Registry(file);
        var (module, wrong) = ModuleFile.Read(file, bytes, () => btf is null ? (null, "stands on a kernel's BTF, and none is at hand: name it with \"btf\"") : KernelBtf.Read(btf));
        return (null, module, wrong);

        (KernelModel?, ModuleFile?, string?) Registry(string path)
        {
            var (model, error) = _read(path);
            return (model, null, error);
        }
    }

    private T Once<T>(string name, string stamp, Func<T> make)
        where T : notnull
    {
        lock (_lock)
        {
            if (_known.TryGetValue(name, out var known) && known.Stamp == stamp) return (T)known.Value;
            var value = make();
            _known[name] = (stamp, value);
            return value;
        }
    }

    /// <summary>Of a kernel's BTF, the modules beside it count too.</summary>
    private static string StampOf(string? btf) => btf is null ? "" : $"{FileStamp.Of(btf)} {string.Join(' ', BuiltKernelFiles.ModulesBeside(btf))}";
}
