using System.Text;

namespace KfuncLsp.Frontend.Parsing;

/// <summary>Reads files that a project brought with it: a pipe or a device under a source's name holds nobody up.</summary>
/// <remarks>
/// Opening a pipe waits for its writer, and <c>/dev/zero</c> never ends; both say that they are empty, and what is empty is not opened.
/// Errors: as of <see cref="File.ReadAllBytes(string)"/>.
/// </remarks>
public static class PlainFile
{
    public static byte[] ReadBytes(string path) => IsHollow(path) ? [] : File.ReadAllBytes(path);

    /// <summary>Whether a path is there and has no content, whatever links lead to it.</summary>
    public static bool IsHollow(string path)
    {
        var file = new FileInfo(path);
        return file.Exists && (file.ResolveLinkTarget(returnFinalTarget: true) ?? file) is not FileInfo { Exists: true, Length: > 0 };
    }

    /// <summary>JSON that is to be read: bytes that are no UTF-8 become U+FFFD, as the reader of a string would throw at them.</summary>
    public static byte[] AsUtf8(byte[] text) => System.Text.Unicode.Utf8.IsValid(text) ? text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));

    public static string ReadText(string path)
    {
        using var reader = new StreamReader(new MemoryStream(ReadBytes(path)), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
