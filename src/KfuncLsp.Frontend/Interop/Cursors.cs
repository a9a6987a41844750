using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace KfuncLsp.Frontend.Interop;

/// <summary>What lowering asks of cursors and types, in managed terms.</summary>
internal static unsafe class Cursors
{
    [ThreadStatic] private static List<CXCursor>? _collected;

    /// <summary>The direct children, in source order.</summary>
    public static CXCursor[] Children(this CXCursor cursor)
    {
        var list = Begin();
        clang.visitChildren(cursor, &Collect, null);
        return list.Count == 0 ? [] : list.ToArray();
    }

    /// <summary>The attribute children; they come first, so the visit stops at the first other child.</summary>
    public static CXCursor[] Attributes(this CXCursor cursor)
    {
        if (clang.Cursor_hasAttrs(cursor) == 0) return [];
        var list = Begin();
        clang.visitChildren(cursor, &CollectAttributes, null);
        return list.ToArray();
    }

    /// <summary>The members of a struct or union, anonymous ones included.</summary>
    public static CXCursor[] Fields(this CXType type)
    {
        var list = Begin();
        clang.Type_visitFields(type, &CollectField, null);
        return list.ToArray();
    }

    public static string Spelling(this CXCursor cursor) => Take(clang.getCursorSpelling(cursor));
    public static string Spelling(this CXType type) => Take(clang.getTypeSpelling(type));

    /// <summary>The value of an integer constant expression, or null. Ask only of expressions without side effects.</summary>
    public static long? Evaluate(this CXCursor cursor)
    {
        var result = clang.Cursor_Evaluate(cursor);
        if (result == 0) return null;
        try
        {
            if (clang.EvalResult_getKind(result) != CXEvalResultKind.Int) return null;
            return clang.EvalResult_isUnsignedInt(result) != 0
                ? (long)clang.EvalResult_getAsUnsigned(result)
                : clang.EvalResult_getAsLongLong(result);
        }
        finally
        {
            clang.EvalResult_dispose(result);
        }
    }

    public static string Take(CXString text)
    {
        var bytes = clang.getCString(text);
        var managed = bytes == null ? "" : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(bytes));
        clang.disposeString(text);
        return managed;
    }

    private static List<CXCursor> Begin()
    {
        var list = _collected ??= new List<CXCursor>(64);
        list.Clear();
        return list;
    }

    // No exception may cross these: adding to a list fails only when memory is out, which ends the process anyway.
    [UnmanagedCallersOnly]
    private static CXChildVisitResult Collect(CXCursor cursor, CXCursor parent, void* data)
    {
        _collected!.Add(cursor);
        return CXChildVisitResult.Continue;
    }

    [UnmanagedCallersOnly]
    private static CXChildVisitResult CollectAttributes(CXCursor cursor, CXCursor parent, void* data)
    {
        if (cursor.Kind is < CXCursorKind.CXCursor_UnexposedAttr or > CXCursorKind.CXCursor_LastAttr) return CXChildVisitResult.Break;
        _collected!.Add(cursor);
        return CXChildVisitResult.Continue;
    }

    [UnmanagedCallersOnly]
    private static CXVisitorResult CollectField(CXCursor cursor, void* data)
    {
        _collected!.Add(cursor);
        return CXVisitorResult.Continue;
    }
}
