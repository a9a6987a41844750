using System.Runtime.InteropServices;

namespace KfuncLsp.Frontend.Headers;

/// <summary>Writes into the per-user cache so that a reader never sees half a file, and another user sees nothing.</summary>
internal static partial class CacheFiles
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes a directory that only its owner may enter, and its parents.</summary>
    public static void MakeDirectory(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Whether a directory is this user's own and closed to all others.</summary>
    /// <remarks>Nobody but root can write in another user's closed directory; root learns whose it is from Linux, and trusts none elsewhere.</remarks>
    public static bool IsPrivate(string path)
    {
        if (OperatingSystem.IsWindows()) return true;
        if ((File.GetUnixFileMode(path) & Others) != 0) return false;
        var user = EffectiveUser();
        return user != 0 || (OperatingSystem.IsLinux() && OwnerOf(path) == user);
    }

    private static unsafe uint? OwnerOf(string path)
    {
        const int currentDirectory = -100;
        const uint owner = 0x8;
        var status = stackalloc uint[64];
        return StatusOf(currentDirectory, path, 0, owner, status) == 0 && (status[0] & owner) != 0 ? status[5] : null;
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    /// <summary>The one form of stat whose result is laid out alike on all architectures: mask, block size, attributes (8 bytes), links, owner.</summary>
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int StatusOf(int directory, string path, int flags, uint mask, uint* status);

    /// <summary>Writes a file by way of a temporary beside it.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = $"{path}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write)) write(stream);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
