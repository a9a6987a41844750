using KfuncLsp.Frontend.Parsing;

namespace KfuncLsp.Frontend.Preambles;

/// <summary>Leading directives that are parsed once for all that begin with them.</summary>
/// <remarks>
/// Shape: <see cref="Text"/> is what is parsed, under a name beside the file that nothing else has, so that quoted includes find the same headers.
/// Units: <see cref="Length"/> is how many bytes of the file it stands for.
/// </remarks>
internal sealed record PreambleText(PreambleKey Key, string Directory, ReadOnlyMemory<byte> Text, int Length)
{
    public string VirtualFile => Path.Combine(Directory, $".kfunc-lsp-{Key.Name}.h");

    /// <summary>The preambles of a file.</summary>
    /// <remarks>
    /// Shape: <c>Shared</c> ends with the first include, nearly always <c>vmlinux.h</c>, and leaves comments out, so that the files of a project have it in
    /// common; <c>Whole</c> is all of it, to be parsed on top of the shared one, whose bytes are blank in it. Errors: null where the file begins with no include.
    /// </remarks>
    public static (PreambleText Shared, PreambleText Whole)? Of(string file, ReadOnlySpan<byte> text, IReadOnlyList<string> arguments, string libclang)
    {
        var length = Directives.LeadingLength(text, out var first);
        if (first == 0) return null;

        var shared = Directives.WithoutComments(text[..first]);
        var whole = Blanked(text[..length], first);
        var directory = DirectoryFor(file, shared);
        var key = PreambleKey.Of([libclang, directory, .. arguments], shared);
        var ownDirectory = DirectoryFor(file, whole);
        return (new(key, directory, shared, first), new(PreambleKey.Of([key.MadeOf, libclang, ownDirectory, .. arguments], whole), ownDirectory, whole, length));
    }

    /// <summary>A copy in which the first bytes are spaces, their lines kept: places in it are those of the original.</summary>
    public static byte[] Blanked(ReadOnlySpan<byte> text, int length)
    {
        var copy = text.ToArray();
        for (var i = 0; i < length; i++)
            if (copy[i] != '\n') copy[i] = (byte)' ';
        return copy;
    }

    /// <summary>Where the text is parsed: only a name in quotes is looked for beside the file.</summary>
    private static string DirectoryFor(string file, ReadOnlySpan<byte> text) =>
        (text.Contains((byte)'"') ? Path.GetDirectoryName(file) : Path.GetPathRoot(file)) ?? "";
}
