namespace KfuncLsp.Workspace.Configuration;

/// <summary>Tells libraries that were installed on the machine from files that a project may have brought with it.</summary>
/// <remarks>A project that was only just cloned decides what its own files are, and its configuration with them. Nothing of it may be loaded.</remarks>
internal static class InstalledCode
{
    private static readonly string[] s_roots = OperatingSystem.IsWindows()
        ? [.. new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86 }.Select(Environment.GetFolderPath).Where(p => p.Length > 0)]
        : ["/usr", "/lib", "/lib64", "/opt", "/nix/store", "/gnu/store", "/Library", "/Applications"];

    public static string Places => string.Join(", ", s_roots);

    /// <summary>Whether a path is where programs are installed, and the project whose file names it is not.</summary>
    public static bool IsInstalled(string path, string projectFile) => s_roots.Any(root => IsBelow(path, root) && !IsBelow(projectFile, root));

    private static bool IsBelow(string path, string root) => path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
