using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using KfuncLsp.Frontend.Interop;
using KfuncLsp.Frontend.Preambles;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Parsing;

/// <summary>A C file that libclang holds parsed. One thread at a time.</summary>
public sealed unsafe class TranslationUnit : IDisposable
{
    private const CXTranslationUnit_Flags Plain = CXTranslationUnit_Flags.KeepGoing | CXTranslationUnit_Flags.IncludeAttributedTypes;
    private const CXTranslationUnit_Flags KeepsPreamble = Plain | CXTranslationUnit_Flags.PrecompiledPreamble | CXTranslationUnit_Flags.CreatePreambleOnFirstParse;

    private readonly CXTranslationUnit_Flags _flags;
    private readonly byte[] _preamble;
    private nint _index;
    private ImmutableArray<ClangDiagnostic>? _diagnostics;

    private TranslationUnit(string file, nint index, nint handle, CXTranslationUnit_Flags flags, byte[] preamble)
    {
        File = file;
        _index = index;
        Handle = handle;
        _flags = flags;
        _preamble = preamble;
    }

    public string File { get; }
    internal nint Handle { get; private set; }

    /// <summary>Where words stand in headers, by file and word: a header that did not change is searched once.</summary>
    internal Dictionary<(string File, string Word), ((int Length, long Time) Stamp, int[] Positions)> Words { get; } = [];

    /// <summary>Whether clang would not take the stored preamble: it says so at no place, and knows nothing of what was in it.</summary>
    internal bool IsStoredPreambleRefused => Diagnostics.Any(d => d.IsFatal && d.Where == FileSpan.None);

    /// <summary>What clang said about the file, in its order.</summary>
    public ImmutableArray<ClangDiagnostic> Diagnostics => Handle == 0 ? [] : _diagnostics ??= ClangDiagnostic.Of(Handle);

    /// <summary>The main file's text as it is, where libclang was given another; null where it was not.</summary>
    internal ReadOnlyMemory<byte>? Text { get; private set; }

    /// <summary>The files that a stored preamble was made from: libclang does not name them.</summary>
    internal ImmutableArray<string> PreambleFiles { get; private init; } = [];

    /// <summary>Parses a file; libclang keeps its preamble in this process.</summary>
    /// <remarks>
    /// Shape: <paramref name="text"/> is the buffer in UTF-8, null reads the file; <paramref name="arguments"/> are clang's, without the file.
    /// Errors: null and a message where there is no libclang, or libclang gives no unit.
    /// </remarks>
    public static (TranslationUnit? Unit, string? Error) Parse(
        string file, ReadOnlyMemory<byte>? text, IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? overlays = null, string? libclang = null) =>
        LargeStack.Run(() => ParseHere(file, text, arguments, overlays, KeepsPreamble, libclang));

    /// <summary>Parses a file as a plan says.</summary>
    /// <inheritdoc cref="Parse(string, ReadOnlyMemory{byte}?, IReadOnlyList{string}, IReadOnlyDictionary{string, ReadOnlyMemory{byte}}?, string?)" path="/remarks"/>
    internal static (TranslationUnit? Unit, string? Error) Parse(UnitRequest request, ParsePlan plan, IReadOnlyList<string> arguments, string? libclang)
    {
        var flags = plan.KeepsInMemory ? KeepsPreamble : Plain;
        if (plan.Stored is not { } stored) return LargeStack.Run(() => ParseHere(request.File, plan.Text, arguments, request.Overlays, flags, libclang));

        string[] all = [.. arguments, "-include-pch", stored.Path];
        var (unit, error) = LargeStack.Run(() => ParseHere(request.File, Uncovered(plan, plan.Text), all, request.Overlays, flags, libclang, [.. stored.Files.Select(f => f.Path)]));
        if (unit is not null) unit.Text = plan.Text;
        return (unit, error);
    }

    /// <summary>Parses a text that is no file's.</summary>
    internal static (TranslationUnit? Unit, string? Error) Parse(
        string file, ReadOnlyMemory<byte> text, IReadOnlyList<string> arguments, CXTranslationUnit_Flags flags, string? libclang) =>
        LargeStack.Run(() => ParseHere(file, text, arguments, null, flags, libclang));

    private static (TranslationUnit? Unit, string? Error) ParseHere(
        string file, ReadOnlyMemory<byte>? text, IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? overlays, CXTranslationUnit_Flags flags, string? libclang, ImmutableArray<string>? preambleFiles = null)
    {
        var library = Libclang.Load(libclang);
        if (library.Error is { } missing) return (null, missing);

        var index = CreateIndex();
        nint handle = 0;
        using var unsaved = new UnsavedFiles(file, text, overlays);
        using var strings = new NativeStrings(arguments);
        var source = Marshal.StringToCoTaskMemUTF8(file);
        CXErrorCode code;
        fixed (CXUnsavedFile* files = unsaved.Files)
            code = clang.parseTranslationUnit2(index, (byte*)source, strings.Pointers, arguments.Count, files, (uint)unsaved.Files.Length, (uint)flags, &handle);
        Marshal.FreeCoTaskMem(source);
        if (code == CXErrorCode.Success && handle != 0) return (new TranslationUnit(file, index, handle, flags, PreambleOf(text, flags)) { PreambleFiles = preambleFiles ?? [] }, null);

        clang.disposeIndex(index);
        return (null, code switch
        {
            CXErrorCode.Crashed => "libclang crashed on this file",
            CXErrorCode.InvalidArguments => "libclang does not take these arguments",
            _ => "libclang gave no translation unit; is the file readable?",
        });
    }

    /// <remarks>
    /// A walk of a unit takes 0.2 ms without its declarations from a precompiled preamble, with them a second. The preamble that libclang keeps stays in
    /// its memory: as a file among the temporary ones others could read it, and it would outlive a process that is killed.
    /// </remarks>
    private static nint CreateIndex()
    {
        // Temporary files are the user's own there, and the structure is another.
        if (OperatingSystem.IsWindows()) return clang.createIndex(excludeDeclarationsFromPCH: 1, displayDiagnostics: 0);
        var options = new CXIndexOptions
        {
            Size = (uint)sizeof(CXIndexOptions),
            Flags = CXIndexFlags.ExcludeDeclarationsFromPCH | CXIndexFlags.StorePreamblesInMemory,
        };
        return clang.createIndexWithOptions(&options);
    }

    /// <summary>Parses the file anew; the preamble is reused where it did not change.</summary>
    /// <remarks>Errors: false where libclang gave up; the unit is then of no use and must be disposed.</remarks>
    public bool Reparse(ReadOnlyMemory<byte>? text, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? overlays = null) =>
        LargeStack.Run(() => ReparseHere(text, overlays));

    /// <summary>Parses the file anew as a plan says that fits the one it was parsed with.</summary>
    /// <remarks>
    /// Shape: <paramref name="blanked"/> is the plan's text with bodies left out, every place kept, which is parsed in its stead.
    /// Errors: false where libclang gave up; the unit is then of no use and must be disposed.
    /// </remarks>
    internal bool Reparse(UnitRequest request, ParsePlan plan, ReadOnlyMemory<byte>? blanked = null)
    {
        Text = plan.Stored is null && blanked is null ? null : plan.Text;
        var text = blanked ?? plan.Text;
        return Reparse(plan.Stored is null ? text : Uncovered(plan, text), request.Overlays);
    }

    private static ReadOnlyMemory<byte> Uncovered(ParsePlan plan, ReadOnlyMemory<byte>? text) => PreambleText.Blanked(text!.Value.Span, plan.Covered);

    /// <remarks>
    /// Where libclang kept a preamble and has none for the next version, it leaves out what the main file includes when it is asked for the files that
    /// were read (seen with 19). So another preamble, and a header that is no more, make another unit.
    /// </remarks>
    private bool ReparseHere(ReadOnlyMemory<byte>? text, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? overlays)
    {
        ObjectDisposedException.ThrowIf(Handle == 0, this);
        if (!PreambleOf(text, _flags).AsSpan().SequenceEqual(_preamble)) return false;
        var lacksHeader = LacksHeader;
        _diagnostics = null;
        using var unsaved = new UnsavedFiles(File, text, overlays);
        fixed (CXUnsavedFile* files = unsaved.Files)
            return clang.reparseTranslationUnit(Handle, (uint)unsaved.Files.Length, files, (uint)_flags) == 0 && (lacksHeader || !LacksHeader);
    }

    private bool LacksHeader => _flags == KeepsPreamble && Diagnostics.Any(d => d.IsFatal);

    /// <summary>What libclang keeps of a text for its next version.</summary>
    private static byte[] PreambleOf(ReadOnlyMemory<byte>? text, CXTranslationUnit_Flags flags) =>
        flags == KeepsPreamble && text is { } t ? t.Span[..Directives.PreambleLength(t.Span, out _)].ToArray() : [];

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
