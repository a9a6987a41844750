using System.Collections.Immutable;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Parsing;

/// <summary>What the project says about a file, before anything is completed: arguments as written, and whence.</summary>
internal sealed record BaseCommand(string Directory, ImmutableArray<string> Arguments, string Origin, bool IsFromProject)
{
    /// <summary>Whether the project surely compiles it for BPF.</summary>
    public bool IsBpf { get; init; }
}

/// <summary>Looks for compile flags where projects keep them.</summary>
internal static class BaseCommands
{
    private const string FlagsFile = "compile_flags.txt";

    /// <summary>From <c>compile_commands.json</c>, else <c>compile_flags.txt</c>, else nothing but the directory.</summary>
    public static ImmutableArray<BaseCommand> Find(
        string file, string? buildDirectory, bool isBpf, ImmutableArray<string>.Builder notes, ImmutableArray<UnitIssue>.Builder issues)
    {
        foreach (var path in DatabasePaths(file, buildDirectory, issues))
        {
            var (database, problem) = CompileDatabase.Read(path);
            if (database is null)
            {
                issues.Add(Issue(path, problem!));
                continue;
            }

            if (database.Exact(file) is { Length: > 0 } exact)
            {
                return
                [
                    .. exact.Select((entry, i) => new BaseCommand(
                        entry.Directory, entry.Arguments, $"{path}, the file's own entry{(exact.Length > 1 ? $" ({i + 1} of {exact.Length})" : "")}", true) { IsBpf = entry.IsBpf }),
                ];
            }

            if (database.Nearest(file, isBpf) is { } near)
                return [new(near.Directory, near.Arguments, $"{path}, the entry of {near.File}, as the file has none", true) { IsBpf = near.IsBpf }];
            notes.Add($"{path} has no entry of the file{(isBpf ? ", nor of another BPF program" : "")}");
        }

        foreach (var directory in Ancestors.Of(file))
        {
            var path = Path.Combine(directory, FlagsFile);
            if (!File.Exists(path)) continue;
            try
            {
                var flags = PlainFile.ReadText(path).Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#').ToImmutableArray();
                return [new(directory, flags, path, true)];
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                issues.Add(Issue(path, $"{path} cannot be read: {unreadable.Message}"));
            }
        }

        return [new(Path.GetDirectoryName(file)!, [], "defaults, as the project has no compile_commands.json or compile_flags.txt for it", false)];
    }

    public static UnitIssue Issue(string path, string message) => new(UnitIssueKind.Flags, message, new FileSpan(path, 0, 0));

    private static IEnumerable<string> DatabasePaths(string file, string? buildDirectory, ImmutableArray<UnitIssue>.Builder issues)
    {
        if (buildDirectory is not null)
        {
            var given = Path.Combine(Path.GetFullPath(buildDirectory), CompileDatabase.FileName);
            if (File.Exists(given)) return [given];
            issues.Add(Issue(given, $"{given} does not exist"));
            return [];
        }

        return Ancestors.Of(file)
            .SelectMany(d => new[] { Path.Combine(d, CompileDatabase.FileName), Path.Combine(d, "build", CompileDatabase.FileName) })
            .Where(File.Exists);
    }
}

/// <summary>The directories above a file, nearest first.</summary>
internal static class Ancestors
{
    public static IEnumerable<string> Of(string file)
    {
        for (var directory = Path.GetDirectoryName(file); directory is not null; directory = Path.GetDirectoryName(directory)) yield return directory;
    }

    /// <summary>Those that belong to the file's project: up to the one that holds <c>.git</c> or our configuration, and never many.</summary>
    public static IEnumerable<string> InProject(string file)
    {
        foreach (var directory in Of(file).Take(8))
        {
            if (directory.Length <= 1) yield break;
            yield return directory;
            if (Path.Exists(Path.Combine(directory, ".git")) || File.Exists(Path.Combine(directory, ".kfunc-lsp.json"))) yield break;
        }
    }
}
