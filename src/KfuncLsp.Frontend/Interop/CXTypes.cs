using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]
[assembly: InternalsVisibleTo("KfuncLsp.Tests")]

namespace KfuncLsp.Frontend.Interop;

// The structs of clang-c/*.h, field by field; names as ClangSharp.Interop has them.

[StructLayout(LayoutKind.Sequential)]
internal struct CXString
{
    public nint Data;
    public uint PrivateFlags;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CXUnsavedFile
{
    public byte* Filename;
    public byte* Contents;
    public CULong Length;
}

/// <summary>Layout: that of all platforms but Windows, where <see cref="Flags"/>, which are single bits in C, begin a word of their own.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CXIndexOptions
{
    public uint Size;
    public byte ThreadBackgroundPriorityForIndexing;
    public byte ThreadBackgroundPriorityForEditing;
    public CXIndexFlags Flags;
    public byte* PreambleStoragePath;
    public byte* InvocationEmissionPath;
}

/// <summary>A node of clang's AST. <see cref="Declaration"/> and <see cref="Statement"/> identify it while the unit lives.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CXCursor
{
    public CXCursorKind Kind;
    public int XData;
    public nint Data0;
    public nint Data1;
    public nint Data2;

    public readonly nint Declaration => Data0;
    public readonly nint Statement => Data1;
    public readonly bool IsNull => Kind is >= CXCursorKind.CXCursor_FirstInvalid and <= CXCursorKind.CXCursor_LastInvalid || Kind == 0;
}

[StructLayout(LayoutKind.Sequential)]
internal struct CXType
{
    public CXTypeKind Kind;
    public nint Data0;
    public nint Data1;
}

[StructLayout(LayoutKind.Sequential)]
internal struct CXSourceLocation
{
    public nint Data0;
    public nint Data1;
    public uint IntData;
}

[StructLayout(LayoutKind.Sequential)]
internal struct CXSourceRange
{
    public nint Data0;
    public nint Data1;
    public uint BeginIntData;
    public uint EndIntData;
}
