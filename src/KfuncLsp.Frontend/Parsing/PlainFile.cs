using System.Text;

namespace KfuncLsp.Frontend.Parsing;

/// <summary>Reads files that a project brought with it: a pipe or a device under a source's name holds nobody up.</summary>
/// <remarks>
/// Opening a pipe waits for its writer, and <c>/dev/zero</c> never ends; both say that they are empty, and what is empty is not opened.
/// Errors: as of <see cref="File.ReadAllBytes(string)"/>.
/// </remarks>
public static class PlainFile
{
    public static byte[] ReadBytes(string path)
    {
        var file = new FileInfo(path);
        return file is { Exists: true, Length: 0 } ? [] : File.ReadAllBytes(path);
    }

    public static string ReadText(string path)
    {
        using var reader = new StreamReader(new MemoryStream(ReadBytes(path)), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
