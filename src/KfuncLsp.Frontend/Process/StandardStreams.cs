using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KfuncLsp.Frontend.Process;

/// <summary>The standard streams of a child that speaks a protocol on them.</summary>
internal static partial class StandardStreams
{
    private const int StandardOutput = 1, StandardError = 2;

    /// <summary>Keeps standard output for the caller; what others print to it from now on goes to standard error.</summary>
    public static Stream TakeOutput()
    {
        Console.SetOut(Console.Error);
        if (OperatingSystem.IsWindows()) return Console.OpenStandardOutput();

        var kept = Dup(StandardOutput);
        if (kept < 0 || Dup2(StandardError, StandardOutput) < 0) return Console.OpenStandardOutput();
        return new FileStream(new SafeFileHandle(kept, ownsHandle: true), FileAccess.Write, bufferSize: 0);
    }

    /// <summary>Ends the process without waiting for threads that are inside libclang.</summary>
    public static void EndProcess(int code)
    {
        if (!OperatingSystem.IsWindows()) QuickExit(code);
        System.Diagnostics.Process.GetCurrentProcess().Kill();
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Dup(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Dup2(int from, int to);

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void QuickExit(int code);
}
