using System.Runtime.CompilerServices;

namespace KfuncLsp.Tests.Cli;

/// <summary>Files of the repository that tests read.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find([CallerFilePath] string here = "")
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(here) ?? "/" })
            for (var at = start; at is not null; at = Path.GetDirectoryName(at))
                if (File.Exists(Path.Combine(at, "KfuncLsp.sln"))) return at;
        throw new InvalidOperationException("the tests run outside the repository");
    }
}
