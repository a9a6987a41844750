using System.Collections.Immutable;
using KfuncLsp.Frontend.Headers;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Parsing;

/// <summary>Finds the clang arguments for a file.</summary>
public static class CompileCommandResolver
{
    /// <summary>The commands for a file: one, or as many as the compile database has entries for it.</summary>
    /// <remarks>
    /// Shape: <paramref name="text"/> is the buffer of an editor, null reads the file. Never empty. The sources, first to last:
    /// <c>compile_commands.json</c>, <c>compile_flags.txt</c>; changed by <c>.clangd</c>, the project's configuration and the caller's extra
    /// arguments; completed by what BPF needs. May run bpftool once per kernel, to make a missing vmlinux.h.
    /// Errors: what could not be read or had to be dropped is in <see cref="CompileCommand.Issues"/>.
    /// </remarks>
    public static ImmutableArray<CompileCommand> Resolve(string file, CompileSettings settings, ReadOnlyMemory<byte>? text = null)
    {
        var path = Path.GetFullPath(file);
        var notes = ImmutableArray.CreateBuilder<string>();
        var issues = ImmutableArray.CreateBuilder<UnitIssue>();

        var clangd = ReadDotClangd(path, issues);
        var database = settings.BuildDirectory ?? clangd.Database;
        var headers = new HeaderCache();
        var looksLikeBpf = LooksLikeBpf(path, IncludeScan.Run(path, text, settings.Host.SystemIncludes, headers));
        var bases = BaseCommands.Find(path, database, looksLikeBpf, notes, issues);
        return [.. bases.Select(b => Complete(path, text, settings, b, clangd, looksLikeBpf, headers, [.. notes], [.. issues]))];
    }

    private static CompileCommand Complete(
        string file, ReadOnlyMemory<byte>? text, CompileSettings settings, BaseCommand source, ClangdFlags clangd, bool looksLikeBpf, HeaderCache headers,
        ImmutableArray<string> notes, ImmutableArray<UnitIssue> issues)
    {
        // Without a word from the project, whoever asks about a file holds it to be a BPF program.
        var isBpf = looksLikeBpf || source.IsBpf || !source.IsFromProject;
        var written = FlagFilter.Remove(source.Arguments, clangd.Remove);
        written = [.. written, .. clangd.Add];
        written = [.. FlagFilter.Remove(written, settings.Remove), .. settings.Add, .. settings.ExtraArguments];
        var target = TargetFlag.Of(written);
        var filtered = FlagFilter.Apply(written, source.Directory, isBpf && target?.StartsWith("bpf", StringComparison.Ordinal) != false);

        var completion = BpfCompletion.Of(file, text, settings, filtered.Arguments, isBpf, target, headers);
        var origin = source.Origin
            + (clangd.Files.IsEmpty ? "" : $"; {string.Join(", ", clangd.Files)}")
            + (settings.Add.IsEmpty && settings.Remove.IsEmpty ? "" : "; the project's configuration")
            + (settings.ExtraArguments.IsEmpty ? "" : "; the arguments after --");
        if (!filtered.Dropped.IsEmpty)
        {
            issues = issues.Add(new UnitIssue(
                UnitIssueKind.Flags, $"Compile flags that are not used for parsing were dropped: {string.Join(' ', filtered.Dropped.Distinct())}", new FileSpan(file, 0, 0)));
        }

        return new CompileCommand(file, source.Directory, completion.Arguments)
        {
            Origin = origin,
            Notes = [.. notes, .. completion.Notes],
            Issues = [.. issues, .. completion.Issues],
        };
    }

    /// <summary>By its name, or by headers that only BPF programs include.</summary>
    private static bool LooksLikeBpf(string file, IncludeScan scan) =>
        file.EndsWith(".bpf.c", StringComparison.Ordinal) || file.EndsWith(".bpf.h", StringComparison.Ordinal)
        || scan.IncludesFile("vmlinux.h") || scan.IncludesFile("bpf_helpers.h") || scan.IncludesFile("bpf_tracing.h") || scan.IncludesFile("bpf_core_read.h");

    private sealed record ClangdFlags(ImmutableArray<string> Files, ImmutableArray<string> Add, ImmutableArray<string> Remove, string? Database);

    /// <summary>All <c>.clangd</c> files above, the outermost first, as clangd merges them.</summary>
    private static ClangdFlags ReadDotClangd(string file, ImmutableArray<UnitIssue>.Builder issues)
    {
        var all = new ClangdFlags([], [], [], null);
        foreach (var path in Ancestors.Of(file).Select(d => Path.Combine(d, DotClangd.FileName)).Where(File.Exists).Reverse())
        {
            var read = DotClangd.Read(path, file);
            issues.AddRange(read.Issues);
            if (read is { Add: [], Remove: [], CompilationDatabase: null }) continue;
            all = new(
                all.Files.Add(path), [.. FlagFilter.Remove(all.Add, read.Remove), .. read.Add], all.Remove.AddRange(read.Remove),
                read.CompilationDatabase is { } place && place is not ("Ancestors" or "None") && !place.Contains('\0') ? Path.GetFullPath(place, Path.GetDirectoryName(path)!) : all.Database);
        }

        return all;
    }
}
