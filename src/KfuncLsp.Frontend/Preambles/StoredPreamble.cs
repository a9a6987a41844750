using System.Collections.Immutable;
using System.Globalization;
using KfuncLsp.Frontend.Parsing;

namespace KfuncLsp.Frontend.Preambles;

/// <summary>A preamble that lies on disk in clang's precompiled form, and the files that it was made from.</summary>
/// <remarks>The precompiled form names the one that it stands on by path, so <see cref="Parts"/> has both.</remarks>
internal sealed record StoredPreamble(PreambleKey Key, ImmutableArray<FileStamp> Parts, ImmutableArray<FileStamp> Files)
{
    private const string Header = "kfunc-lsp preamble 2";

    /// <summary>The file to give to clang.</summary>
    public string Path => Parts[0].Path;

    /// <summary>Whether every file is as it was when the preamble was made.</summary>
    public bool IsCurrent()
    {
        foreach (var part in Parts)
            if (!part.IsCurrent) return false;
        foreach (var file in Files)
            if (!file.IsCurrent) return false;
        return true;
    }

    public void Write(Stream stream)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Header);
        writer.WriteLine(Key.MadeOf);
        writer.WriteLine(Parts.Length.ToString(CultureInfo.InvariantCulture));
        foreach (var (path, length, time) in Parts.Concat(Files)) writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{length} {time} {path}"));
        writer.WriteLine("end");
    }

    /// <remarks>Errors: null for anything that <see cref="Write"/> did not write whole.</remarks>
    public static StoredPreamble? Read(string name, IReadOnlyList<string> lines)
    {
        if (lines.Count < 5 || lines[0] != Header || lines[^1] != "end" || !int.TryParse(lines[2], CultureInfo.InvariantCulture, out var parts)) return null;
        var stamps = ImmutableArray.CreateBuilder<FileStamp>(lines.Count - 4);
        foreach (var line in lines.Skip(3).SkipLast(1))
        {
            var words = line.Split(' ', 3);
            if (words.Length < 3 || !long.TryParse(words[0], CultureInfo.InvariantCulture, out var length) || !long.TryParse(words[1], CultureInfo.InvariantCulture, out var time)) return null;
            stamps.Add(new(words[2], length, time));
        }

        return parts is 1 or 2 && parts <= stamps.Count ? new(new(name, lines[1]), [.. stamps.Take(parts)], [.. stamps.Skip(parts)]) : null;
    }
}
