using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using KfuncLsp.Frontend.Interop;

namespace KfuncLsp.Frontend.Parsing;

/// <summary>A C file that libclang holds parsed. One thread at a time.</summary>
public sealed unsafe class TranslationUnit : IDisposable
{
    private const CXTranslationUnit_Flags Flags = CXTranslationUnit_Flags.PrecompiledPreamble
        | CXTranslationUnit_Flags.CreatePreambleOnFirstParse
        | CXTranslationUnit_Flags.KeepGoing
        | CXTranslationUnit_Flags.IncludeAttributedTypes;

    private nint _index;

    private TranslationUnit(string file, nint index, nint handle)
    {
        File = file;
        _index = index;
        Handle = handle;
    }

    public string File { get; }
    internal nint Handle { get; private set; }

    /// <summary>Where words stand in headers, by file and word: a header that did not change is searched once.</summary>
    internal Dictionary<(string File, string Word), ((int Length, long Time) Stamp, int[] Positions)> Words { get; } = [];

    /// <summary>What clang said about the file, in its order.</summary>
    public ImmutableArray<ClangDiagnostic> Diagnostics => Handle == 0 ? [] : ClangDiagnostic.Of(Handle);

    /// <summary>Parses a file.</summary>
    /// <remarks>
    /// Shape: <paramref name="text"/> is the buffer in UTF-8, null reads the file; <paramref name="arguments"/> are clang's, without the file.
    /// Errors: null and a message where there is no libclang, or libclang gives no unit.
    /// </remarks>
    public static (TranslationUnit? Unit, string? Error) Parse(
        string file, ReadOnlyMemory<byte>? text, IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? overlays = null, string? libclang = null) =>
        LargeStack.Run(() => ParseHere(file, text, arguments, overlays, libclang));

    private static (TranslationUnit? Unit, string? Error) ParseHere(
        string file, ReadOnlyMemory<byte>? text, IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? overlays, string? libclang)
    {
        var library = Libclang.Load(libclang);
        if (library.Error is { } missing) return (null, missing);

        // Without its declarations from the preamble's own file a walk of the unit costs 0.2 ms, with them a second.
        var index = clang.createIndex(excludeDeclarationsFromPCH: 1, displayDiagnostics: 0);
        nint handle = 0;
        using var unsaved = new UnsavedFiles(file, text, overlays);
        using var strings = new NativeStrings(arguments);
        var source = Marshal.StringToCoTaskMemUTF8(file);
        CXErrorCode code;
        fixed (CXUnsavedFile* files = unsaved.Files)
            code = clang.parseTranslationUnit2(index, (byte*)source, strings.Pointers, arguments.Count, files, (uint)unsaved.Files.Length, (uint)Flags, &handle);
        Marshal.FreeCoTaskMem(source);
        if (code == CXErrorCode.Success && handle != 0) return (new TranslationUnit(file, index, handle), null);

        clang.disposeIndex(index);
        return (null, code switch
        {
            CXErrorCode.Crashed => "libclang crashed on this file",
            CXErrorCode.InvalidArguments => "libclang does not take these arguments",
            _ => "libclang gave no translation unit; is the file readable?",
        });
    }

    /// <summary>Parses the file anew; the preamble is reused where it did not change.</summary>
    /// <remarks>Errors: false where libclang gave up; the unit is then of no use and must be disposed.</remarks>
    public bool Reparse(ReadOnlyMemory<byte>? text, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? overlays = null) =>
        LargeStack.Run(() => ReparseHere(text, overlays));

    private bool ReparseHere(ReadOnlyMemory<byte>? text, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? overlays)
    {
        ObjectDisposedException.ThrowIf(Handle == 0, this);
        using var unsaved = new UnsavedFiles(File, text, overlays);
        fixed (CXUnsavedFile* files = unsaved.Files)
            return clang.reparseTranslationUnit(Handle, (uint)unsaved.Files.Length, files, (uint)Flags) == 0;
    }

    public void Dispose() => LargeStack.Run(DisposeHere);

    private bool DisposeHere()
    {
        if (Handle != 0) clang.disposeTranslationUnit(Handle);
        if (_index != 0) clang.disposeIndex(_index);
        Handle = 0;
        _index = 0;
        return true;
    }

    /// <summary>Buffers in the form that libclang reads; it copies them during the call.</summary>
    private sealed class UnsavedFiles : IDisposable
    {
        private readonly List<System.Buffers.MemoryHandle> _pins = [];
        private readonly List<nint> _names = [];
        public readonly CXUnsavedFile[] Files;

        public UnsavedFiles(string file, ReadOnlyMemory<byte>? text, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? overlays)
        {
            var all = new List<(string Name, ReadOnlyMemory<byte> Text)>();
            if (text is { } own) all.Add((file, own));
            foreach (var (name, bytes) in overlays ?? ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty)
                if (name != file) all.Add((name, bytes));
            Files = new CXUnsavedFile[all.Count];
            for (var i = 0; i < all.Count; i++)
            {
                var pin = all[i].Text.Pin();
                var name = Marshal.StringToCoTaskMemUTF8(all[i].Name);
                _pins.Add(pin);
                _names.Add(name);
                Files[i] = new CXUnsavedFile { Filename = (byte*)name, Contents = (byte*)pin.Pointer, Length = new CULong((uint)all[i].Text.Length) };
                if (Files[i].Contents == null) Files[i].Contents = (byte*)name; // An empty buffer has no address, and needs one.
            }
        }

        public void Dispose()
        {
            foreach (var pin in _pins) pin.Dispose();
            foreach (var name in _names) Marshal.FreeCoTaskMem(name);
        }
    }

    private sealed class NativeStrings : IDisposable
    {
        private readonly int _count;
        public readonly byte** Pointers;

        public NativeStrings(IReadOnlyList<string> strings)
        {
            _count = strings.Count;
            Pointers = (byte**)NativeMemory.AllocZeroed((nuint)Math.Max(1, _count), (nuint)sizeof(byte*));
            for (var i = 0; i < _count; i++) Pointers[i] = (byte*)Marshal.StringToCoTaskMemUTF8(strings[i]);
        }

        public void Dispose()
        {
            for (var i = 0; i < _count; i++) Marshal.FreeCoTaskMem((nint)Pointers[i]);
            NativeMemory.Free(Pointers);
        }
    }
}
