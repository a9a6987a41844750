using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KfuncLsp.Frontend.Interop;

/// <summary>The libclang that this process uses.</summary>
/// <remarks>Errors: <see cref="Error"/> is one message for a person, with the install command, where none serves; then nothing else here works.</remarks>
public sealed partial record Libclang(string Path, string Version, string? Error)
{
    private static readonly Lock Gate = new();
    private static Libclang? _loaded;
    private static nint _handle;

    public bool IsUsable => Error is null;

    /// <summary>The major version of clang, 0 where it cannot be told.</summary>
    public int Major { get; private init; }

    /// <summary>Finds and loads libclang; the first call decides for the life of the process.</summary>
    /// <param name="setting">A path of the user's: the library itself or the directory it is in; null where there is no such setting.</param>
    public static Libclang Load(string? setting = null)
    {
        lock (Gate)
        {
            if (_loaded is { IsUsable: true }) return _loaded;
            return _loaded = TryLoad(setting);
        }
    }

    private static Libclang TryLoad(string? setting)
    {
        string? tooOld = null;
        foreach (var candidate in LibclangProbe.Candidates(setting))
        {
            if (!NativeLibrary.TryLoad(candidate, out var handle)) continue;
            if (!NativeLibrary.TryGetExport(handle, "clang_getCursorBinaryOperatorKind", out _))
            {
                tooOld ??= candidate;
                NativeLibrary.Free(handle);
                continue;
            }
            if (_handle == 0) NativeLibrary.SetDllImportResolver(typeof(Libclang).Assembly, Resolve);
            ParseOnOurThread();
            _handle = handle;
            var version = Cursors.Take(clang.getClangVersion());
            return new Libclang(candidate, version, null) { Major = LibclangProbe.MajorOf(version) };
        }
        return new Libclang("", "", LibclangProbe.NotFound(LibclangProbe.Choice(setting), tooOld));
    }

    /// <summary>Keeps libclang from parsing on a thread of its own, whose 8 MB of stack a long <c>else if</c> chain exhausts.</summary>
    private static void ParseOnOurThread()
    {
        // The runtime's own copy of the environment is not the one that libclang reads.
        if (!OperatingSystem.IsWindows()) SetEnvironment("LIBCLANG_NOTHREADS", "1", 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    private static nint Resolve(string name, System.Reflection.Assembly assembly, DllImportSearchPath? paths) =>
        name == "libclang" ? _handle : 0;
}
