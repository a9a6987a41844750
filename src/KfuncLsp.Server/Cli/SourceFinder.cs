using System.Collections.Immutable;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Configuration;

namespace KfuncLsp.Server.Cli;

/// <summary>What the command line's files and directories stand for.</summary>
/// <remarks><see cref="Problems"/> are directories that cannot be listed or hold nothing to check, with the reason.</remarks>
public sealed record FoundSources(ImmutableArray<string> Files, ImmutableArray<KeyValuePair<string, string>> Problems);

/// <summary>Finds the BPF programs below directories.</summary>
public static class SourceFinder
{
    /// <summary>Files as given; of a directory every <c>*.bpf.c</c>, and every other <c>*.c</c> that has a <c>SEC("…")</c>, sorted.</summary>
    /// <remarks>Hidden directories, links to directories and what the configuration excludes are passed by; a file that is named is checked. A file that is named twice is checked once.</remarks>
    public static FoundSources Find(IEnumerable<string> targets, string directory, CancellationToken cancel)
    {
        var files = ImmutableArray.CreateBuilder<string>();
        var problems = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var target in targets)
        {
            var path = Path.GetFullPath(target, directory);
            if (!Directory.Exists(path))
            {
                if (seen.Add(path)) files.Add(path);
                continue;
            }

            var found = new List<string>();
            var failed = problems.Count;
            Walk(path, found, problems, cancel);
            found.Sort(StringComparer.Ordinal);
            foreach (var file in found)
                if (!ConfigurationFile.FindFor(file).Excludes(file) && seen.Add(file)) files.Add(file);
            if (found.Count == 0 && problems.Count == failed)
                problems.Add(new(path, "no BPF programs in this directory: no *.bpf.c, and no *.c with SEC(\"…\")"));
        }

        return new(files.ToImmutable(), problems.ToImmutable());
    }

    private static void Walk(string directory, List<string> found, ImmutableArray<KeyValuePair<string, string>>.Builder problems, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            foreach (var file in Directory.EnumerateFiles(directory, "*.c"))
                if (file.EndsWith(".bpf.c", StringComparison.Ordinal) || HasPrograms(file)) found.Add(file);
            foreach (var child in Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal))
            {
                if (Path.GetFileName(child).StartsWith('.') || new DirectoryInfo(child).LinkTarget is not null) continue;
                Walk(child, found, problems, cancel);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(directory, e is UnauthorizedAccessException ? "cannot read this directory: permission denied" : $"cannot read this directory: {e.Message}"));
        }
    }

    /// <summary>Whether a C file has what every program has; a file that cannot be read is kept, so that checking it says why.</summary>
    private static bool HasPrograms(string file)
    {
        try
        {
            if (new FileInfo(file).Length > SourceFiles.MaximumBytes) return false;
            return PlainFile.ReadBytes(file).AsSpan().IndexOf("SEC(\""u8) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
