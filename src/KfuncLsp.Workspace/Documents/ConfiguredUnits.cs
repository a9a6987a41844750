using System.Collections.Concurrent;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;
using KfuncLsp.Workspace.Configuration;

namespace KfuncLsp.Workspace.Documents;

/// <summary>Parses each file with the libclang that its project names; one source for each.</summary>
public sealed class ConfiguredUnits(ProjectConfigurations configurations, Func<ProjectConfiguration, IUnitSource> create) : IUnitSource
{
    private readonly ConcurrentDictionary<string, Lazy<IUnitSource>> _sources = new(StringComparer.Ordinal);

    public void Begin(string directory) => SourceFor(configurations.Read(directory)).Begin(directory);

    public ValueTask<UnitIr> ParseAsync(UnitRequest request, CancellationToken cancel) => SourceFor(configurations.For(request.File)).ParseAsync(request, cancel);

    public async ValueTask CloseAsync(string file)
    {
        foreach (var source in _sources.Values) await source.Value.CloseAsync(file);
    }

    public IEnumerable<ParserStatus> Parsers => _sources.Values.Where(s => s.IsValueCreated).SelectMany(s => s.Value.Parsers);

    public async ValueTask DisposeAsync()
    {
        foreach (var source in _sources.Values) await source.Value.DisposeAsync();
    }

    private IUnitSource SourceFor(ProjectConfiguration configuration) =>
        _sources.GetOrAdd(configuration.Libclang ?? "", _ => new(() => create(configuration))).Value;
}
