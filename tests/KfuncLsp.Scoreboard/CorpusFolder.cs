namespace KfuncLsp.Scoreboard;

/// <summary>Where the repository's labelled programs are.</summary>
public static class CorpusFolder
{
    /// <summary>The repository that a path is in.</summary>
    /// <remarks>Errors: throws where no folder above has the solution.</remarks>
    public static string RepositoryOf(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "KfuncLsp.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"{path} is not in the repository");
    }

    public static string Labels(string repository) => Path.Combine(repository, "tests", "corpus", "labels.json");

    public static string Programs(string repository) => Path.Combine(repository, "tests", "corpus", "programs");

    public static string Baseline(string repository) => Path.Combine(repository, "tests", "corpus", "scoreboard.json");

    public static string Parity(string repository) => Path.Combine(repository, "docs", "parity.md");

    public static string ExampleLabels(string repository) => Path.Combine(repository, "tests", "corpus", "examples.json");

    public static string Examples(string repository) => Path.Combine(repository, "examples");
}
