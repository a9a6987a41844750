using System.Runtime.InteropServices;
using KfuncLsp.Frontend.Interop;
using KfuncLsp.Frontend.Parsing;

namespace KfuncLsp.Frontend.Preambles;

/// <summary>Turns a preamble into clang's precompiled form.</summary>
internal static unsafe partial class PreambleCompiler
{
    private const CXTranslationUnit_Flags Flags = CXTranslationUnit_Flags.Incomplete | CXTranslationUnit_Flags.ForSerialization
        | CXTranslationUnit_Flags.KeepGoing | CXTranslationUnit_Flags.IncludeAttributedTypes;

    /// <summary>Parses a preamble, on top of another where there is one, and writes its precompiled form.</summary>
    /// <remarks>
    /// Shape: → the files that it read. Errors: null where it does not compile without an error (what clang says of it would be lost in the
    /// precompiled form), or cannot be written.
    /// </remarks>
    public static IReadOnlyList<string>? Compile(PreambleText preamble, StoredPreamble? under, IReadOnlyList<string> arguments, string target, string? libclang)
    {
        string[] all = [.. arguments, .. under is null ? Array.Empty<string>() : ["-include-pch", under.Path], "-x", "c-header"];
        var (unit, _) = TranslationUnit.Parse(preamble.VirtualFile, preamble.Text, all, Flags, libclang);
        if (unit is null) return null;
        using (unit)
        {
            if (unit.Diagnostics.Any(d => d.IsError) || !Save(unit, target)) return null;
            return [.. Inclusions.Of(unit.Handle).Select(f => Cursors.Take(clang.getFileName(f))).Where(f => f.Length > 0 && f != preamble.VirtualFile)];
        }
    }

    /// <summary>Gives the memory of a large parse back to the system: this process lives as long as the editor.</summary>
    public static void ReleaseMemory()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            TrimHeap(0);
        }
        catch (EntryPointNotFoundException)
        {
            // A C library that keeps nothing back.
        }
    }

    private static bool Save(TranslationUnit unit, string target)
    {
        var path = Marshal.StringToCoTaskMemUTF8(target);
        try
        {
            return clang.saveTranslationUnit(unit.Handle, (byte*)path, 0) == 0;
        }
        finally
        {
            Marshal.FreeCoTaskMem(path);
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimHeap(nuint keep);
}
