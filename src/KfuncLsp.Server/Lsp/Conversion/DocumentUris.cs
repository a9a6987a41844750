using System.Collections.Concurrent;

namespace KfuncLsp.Server.Lsp.Conversion;

/// <summary>Remembers how the client spells the URIs of its documents: answers use the same spelling.</summary>
internal sealed class DocumentUris
{
    private readonly ConcurrentDictionary<string, string> _byPath = new(StringComparer.Ordinal);

    /// <summary>The path of a document that the client opens; null where it is no file.</summary>
    public string? Open(string uri)
    {
        var path = Uris.PathOf(uri);
        if (path is not null) _byPath[path] = uri;
        return path;
    }

    public void Close(string path) => _byPath.TryRemove(path, out _);

    public string UriOf(string path) => _byPath.TryGetValue(path, out var uri) ? uri : Uris.Of(path);
}
