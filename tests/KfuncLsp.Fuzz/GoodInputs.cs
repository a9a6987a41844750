using System.Text;

namespace KfuncLsp.Fuzz;

/// <summary>Where good inputs lie.</summary>
internal static class GoodInputs
{
    public static string Repository { get; } = Find();

    public static IReadOnlyList<byte[]> Files(string directory, string pattern) =>
        [.. Directory.EnumerateFiles(directory, pattern).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    public static IReadOnlyList<byte[]> Texts(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static string Find()
    {
        for (var directory = AppContext.BaseDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
            if (File.Exists(Path.Combine(directory, "KfuncLsp.sln"))) return directory;
        throw new InvalidOperationException("run it inside the repository");
    }
}
