namespace KfuncLsp.Tests.Cli;

/// <summary>A directory of its own for one test, gone afterwards.</summary>
internal sealed class Scratch : IDisposable
{
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("kfunc-lsp-test-").FullName;

    public string PathOf(string name) => Path.Combine(Directory, name);

    /// <summary>Writes a file, its directories included. Returns its path.</summary>
    public string Write(string name, string text)
    {
        var path = PathOf(name);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
