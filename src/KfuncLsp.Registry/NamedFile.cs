namespace KfuncLsp.Registry;

/// <summary>Reads a file that somebody named: one that is no regular file holds nobody up.</summary>
/// <remarks>Opening a pipe waits for its writer, and <c>/dev/zero</c> never ends; both say that they are empty, and what is empty is not opened.</remarks>
public static class NamedFile
{
    /// <summary>Its content. Errors: null and the reason, which begins with the path.</summary>
    public static (byte[]? Bytes, string? Error) Read(string path)
    {
        try
        {
            if (Directory.Exists(path)) return (null, $"{path}: is a directory");
            FileSystemInfo named = new FileInfo(path);
            return !named.Exists ? (null, $"{path}: no such file")
                : (named.ResolveLinkTarget(returnFinalTarget: true) ?? named) is FileInfo { Exists: true, Length: > 0 } ? (File.ReadAllBytes(path), null)
                : (null, $"{path}: is empty, or a pipe or a device");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"{path}: {e.Message}");
        }
    }
}
