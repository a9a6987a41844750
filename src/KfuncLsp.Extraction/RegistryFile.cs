using System.Collections.Immutable;
using KfuncLsp.Extraction.Json;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Built;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction;

/// <summary>A registry of the user's own: the facts of one kernel, as <c>registry extract</c> wrote them, as a model.</summary>
public static class RegistryFile
{
    /// <summary>The model of a file.</summary>
    /// <remarks>
    /// What no tree says by itself (behaviours by version, messages, dates) is that of the shipped kernels.
    /// Errors: null and the reason, for a file that can't be read, is no registry, or is only a part of one.
    /// </remarks>
    public static (KernelModel? Model, string? Error) Read(string path)
    {
        var (bytes, error) = NamedFile.Read(path);
        if (bytes is null) return (null, error);
        if (ModuleFile.PackedWith(bytes) is not null || ModuleFile.Starts(bytes)) return (null, $"{path}: not a registry: a kernel module, a kernel, or something packed; `kfunc-lsp registry btf` lists the kfuncs of a module");
        using var text = new StreamReader(new MemoryStream(bytes));
        return Of(path, text.ReadToEnd());
    }

    /// <summary>The model of such a file's text. Errors: as of <see cref="Read"/>.</summary>
    public static (KernelModel? Model, string? Error) Of(string path, string text)
    {
        var (facts, error) = FactsJson.Read(text);
        if (facts is null) return (null, $"{path}: {error}");
        if (Lack(facts) is { } lack) return (null, $"{path}: not a whole registry: {lack}; `kfunc-lsp registry extract` makes one");
        try
        {
            return (ModelOf(facts), null);
        }
        catch (ArgumentException contradiction)
        {
            // Two facts with one name that say different things.
            return (null, $"{path}: not a registry: it contradicts itself: {contradiction.Message}");
        }
    }

    /// <summary>The model of facts that are not shipped.</summary>
    /// <remarks>Written and read again, so that it is what a shipped one would be, its hash included.</remarks>
    public static KernelModel ModelOf(RegistryFacts facts)
    {
        var shipped = FactsFolder.Shipped();
        var series = SeriesOf(facts);
        var sources = shipped with { Kernels = RegistryFacts.OldestFirst(shipped.Kernels.Where(k => SeriesOf(k) != series).Append(facts)) };
        return ModelReader.Read(new MemoryStream(ModelWriter.Write(ModelBuilder.Build(facts, sources))));
    }

    private static KernelVersion SeriesOf(RegistryFacts facts) => KernelVersion.Parse(facts.Release)!.Value.Series;

    /// <summary>What a registry must have and this one lacks.</summary>
    private static string? Lack(RegistryFacts facts) =>
        KernelVersion.Parse(facts.Release) is null ? $"'{facts.Release}' is no release"
        : facts.Kfuncs.IsEmpty ? "it has no kfuncs"
        : facts.ProgramHooks.IsEmpty ? "it has no hooks of program types"
        : null;
}
