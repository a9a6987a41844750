using System.Runtime.InteropServices;

namespace KfuncLsp.Frontend.Interop;


/// <summary>libclang's functions, named as ClangSharp.Interop names them. <see cref="Libclang"/> finds the library.</summary>
internal static unsafe partial class clang
{
    private const string Library = "libclang";

    [LibraryImport(Library, EntryPoint = "clang_getClangVersion")] public static partial CXString getClangVersion();
    [LibraryImport(Library, EntryPoint = "clang_getCString")] public static partial byte* getCString(CXString text);
    [LibraryImport(Library, EntryPoint = "clang_disposeString")] public static partial void disposeString(CXString text);
    [LibraryImport(Library, EntryPoint = "clang_toggleCrashRecovery")] public static partial void toggleCrashRecovery(uint isEnabled);

    [LibraryImport(Library, EntryPoint = "clang_createIndex")] public static partial nint createIndex(int excludeDeclarationsFromPCH, int displayDiagnostics);
    [LibraryImport(Library, EntryPoint = "clang_createIndexWithOptions")] public static partial nint createIndexWithOptions(CXIndexOptions* options);
    [LibraryImport(Library, EntryPoint = "clang_disposeIndex")] public static partial void disposeIndex(nint index);

    [LibraryImport(Library, EntryPoint = "clang_parseTranslationUnit2")]
    public static partial CXErrorCode parseTranslationUnit2(
        nint index, byte* source, byte** arguments, int argumentCount, CXUnsavedFile* unsaved, uint unsavedCount, uint options, nint* unit);

    [LibraryImport(Library, EntryPoint = "clang_reparseTranslationUnit")]
    public static partial int reparseTranslationUnit(nint unit, uint unsavedCount, CXUnsavedFile* unsaved, uint options);

    [LibraryImport(Library, EntryPoint = "clang_saveTranslationUnit")]
    public static partial int saveTranslationUnit(nint unit, byte* file, uint options);

    [LibraryImport(Library, EntryPoint = "clang_disposeTranslationUnit")] public static partial void disposeTranslationUnit(nint unit);
    [LibraryImport(Library, EntryPoint = "clang_getTranslationUnitCursor")] public static partial CXCursor getTranslationUnitCursor(nint unit);

    [LibraryImport(Library, EntryPoint = "clang_getInclusions")]
    public static partial void getInclusions(nint unit, delegate* unmanaged<nint, CXSourceLocation*, uint, void*, void> visitor, void* data);

    [LibraryImport(Library, EntryPoint = "clang_getFile")] public static partial nint getFile(nint unit, byte* name);
    [LibraryImport(Library, EntryPoint = "clang_getFileName")] public static partial CXString getFileName(nint file);
    [LibraryImport(Library, EntryPoint = "clang_getFileContents")] public static partial byte* getFileContents(nint unit, nint file, nuint* size);
    [LibraryImport(Library, EntryPoint = "clang_getFileTime")] public static partial long getFileTime(nint file);
    [LibraryImport(Library, EntryPoint = "clang_File_isEqual")] public static partial int File_isEqual(nint file1, nint file2);

    [LibraryImport(Library, EntryPoint = "clang_getNumDiagnostics")] public static partial uint getNumDiagnostics(nint unit);
    [LibraryImport(Library, EntryPoint = "clang_getDiagnostic")] public static partial nint getDiagnostic(nint unit, uint index);
    [LibraryImport(Library, EntryPoint = "clang_disposeDiagnostic")] public static partial void disposeDiagnostic(nint diagnostic);
    [LibraryImport(Library, EntryPoint = "clang_getDiagnosticSeverity")] public static partial CXDiagnosticSeverity getDiagnosticSeverity(nint diagnostic);
    [LibraryImport(Library, EntryPoint = "clang_getDiagnosticSpelling")] public static partial CXString getDiagnosticSpelling(nint diagnostic);
    [LibraryImport(Library, EntryPoint = "clang_getDiagnosticCategoryText")] public static partial CXString getDiagnosticCategoryText(nint diagnostic);
    [LibraryImport(Library, EntryPoint = "clang_getDiagnosticOption")] public static partial CXString getDiagnosticOption(nint diagnostic, CXString* disable);
    [LibraryImport(Library, EntryPoint = "clang_getDiagnosticLocation")] public static partial CXSourceLocation getDiagnosticLocation(nint diagnostic);

    [LibraryImport(Library, EntryPoint = "clang_visitChildren")]
    public static partial uint visitChildren(CXCursor parent, delegate* unmanaged<CXCursor, CXCursor, void*, CXChildVisitResult> visitor, void* data);

    [LibraryImport(Library, EntryPoint = "clang_Type_visitFields")]
    public static partial uint Type_visitFields(CXType type, delegate* unmanaged<CXCursor, void*, CXVisitorResult> visitor, void* data);

    [LibraryImport(Library, EntryPoint = "clang_getCursor")] public static partial CXCursor getCursor(nint unit, CXSourceLocation location);
    [LibraryImport(Library, EntryPoint = "clang_getLocationForOffset")] public static partial CXSourceLocation getLocationForOffset(nint unit, nint file, uint offset);
    [LibraryImport(Library, EntryPoint = "clang_getCursorSpelling")] public static partial CXString getCursorSpelling(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_getCursorType")] public static partial CXType getCursorType(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_getCursorReferenced")] public static partial CXCursor getCursorReferenced(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_getCursorDefinition")] public static partial CXCursor getCursorDefinition(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_getCanonicalCursor")] public static partial CXCursor getCanonicalCursor(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_getCursorSemanticParent")] public static partial CXCursor getCursorSemanticParent(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_getCursorLocation")] public static partial CXSourceLocation getCursorLocation(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_getCursorExtent")] public static partial CXSourceRange getCursorExtent(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_getRangeStart")] public static partial CXSourceLocation getRangeStart(CXSourceRange range);
    [LibraryImport(Library, EntryPoint = "clang_getRangeEnd")] public static partial CXSourceLocation getRangeEnd(CXSourceRange range);
    [LibraryImport(Library, EntryPoint = "clang_isCursorDefinition")] public static partial uint isCursorDefinition(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_getCursorBinaryOperatorKind")] public static partial CXBinaryOperatorKind getCursorBinaryOperatorKind(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_getCursorUnaryOperatorKind")] public static partial CXUnaryOperatorKind getCursorUnaryOperatorKind(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_Cursor_getVarDeclInitializer")] public static partial CXCursor Cursor_getVarDeclInitializer(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_Cursor_getStorageClass")] public static partial CX_StorageClass Cursor_getStorageClass(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_Cursor_getOffsetOfField")] public static partial long Cursor_getOffsetOfField(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_Cursor_isBitField")] public static partial uint Cursor_isBitField(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_getFieldDeclBitWidth")] public static partial int getFieldDeclBitWidth(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_Cursor_isAnonymous")] public static partial uint Cursor_isAnonymous(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_Cursor_hasAttrs")] public static partial uint Cursor_hasAttrs(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_getEnumDeclIntegerType")] public static partial CXType getEnumDeclIntegerType(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_getEnumConstantDeclValue")] public static partial long getEnumConstantDeclValue(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_getTypedefDeclUnderlyingType")] public static partial CXType getTypedefDeclUnderlyingType(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_getTypeDeclaration")] public static partial CXCursor getTypeDeclaration(CXType type);

    [LibraryImport(Library, EntryPoint = "clang_Cursor_Evaluate")] public static partial nint Cursor_Evaluate(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_EvalResult_getKind")] public static partial CXEvalResultKind EvalResult_getKind(nint result);
    [LibraryImport(Library, EntryPoint = "clang_EvalResult_getAsLongLong")] public static partial long EvalResult_getAsLongLong(nint result);
    [LibraryImport(Library, EntryPoint = "clang_EvalResult_isUnsignedInt")] public static partial uint EvalResult_isUnsignedInt(nint result);
    [LibraryImport(Library, EntryPoint = "clang_EvalResult_getAsUnsigned")] public static partial ulong EvalResult_getAsUnsigned(nint result);
    [LibraryImport(Library, EntryPoint = "clang_EvalResult_dispose")] public static partial void EvalResult_dispose(nint result);

    [LibraryImport(Library, EntryPoint = "clang_getCursorPrintingPolicy")] public static partial nint getCursorPrintingPolicy(CXCursor cursor);
    [LibraryImport(Library, EntryPoint = "clang_PrintingPolicy_setProperty")] public static partial void PrintingPolicy_setProperty(nint policy, CXPrintingPolicyProperty property, uint value);
    [LibraryImport(Library, EntryPoint = "clang_PrintingPolicy_dispose")] public static partial void PrintingPolicy_dispose(nint policy);
    [LibraryImport(Library, EntryPoint = "clang_getCursorPrettyPrinted")] public static partial CXString getCursorPrettyPrinted(CXCursor cursor, nint policy);

    [LibraryImport(Library, EntryPoint = "clang_getTypeSpelling")] public static partial CXString getTypeSpelling(CXType type);
    [LibraryImport(Library, EntryPoint = "clang_getCanonicalType")] public static partial CXType getCanonicalType(CXType type);
    [LibraryImport(Library, EntryPoint = "clang_getPointeeType")] public static partial CXType getPointeeType(CXType type);
    [LibraryImport(Library, EntryPoint = "clang_getResultType")] public static partial CXType getResultType(CXType type);
    [LibraryImport(Library, EntryPoint = "clang_getNumArgTypes")] public static partial int getNumArgTypes(CXType type);
    [LibraryImport(Library, EntryPoint = "clang_getArgType")] public static partial CXType getArgType(CXType type, uint index);
    [LibraryImport(Library, EntryPoint = "clang_isFunctionTypeVariadic")] public static partial uint isFunctionTypeVariadic(CXType type);
    [LibraryImport(Library, EntryPoint = "clang_getArrayElementType")] public static partial CXType getArrayElementType(CXType type);
    [LibraryImport(Library, EntryPoint = "clang_getArraySize")] public static partial long getArraySize(CXType type);
    [LibraryImport(Library, EntryPoint = "clang_getElementType")] public static partial CXType getElementType(CXType type);
    [LibraryImport(Library, EntryPoint = "clang_Type_getSizeOf")] public static partial long Type_getSizeOf(CXType type);
    [LibraryImport(Library, EntryPoint = "clang_Type_getNamedType")] public static partial CXType Type_getNamedType(CXType type);
    [LibraryImport(Library, EntryPoint = "clang_Type_getModifiedType")] public static partial CXType Type_getModifiedType(CXType type);
    [LibraryImport(Library, EntryPoint = "clang_Type_getValueType")] public static partial CXType Type_getValueType(CXType type);
    [LibraryImport(Library, EntryPoint = "clang_isConstQualifiedType")] public static partial uint isConstQualifiedType(CXType type);
    [LibraryImport(Library, EntryPoint = "clang_isVolatileQualifiedType")] public static partial uint isVolatileQualifiedType(CXType type);
    [LibraryImport(Library, EntryPoint = "clang_getAddressSpace")] public static partial uint getAddressSpace(CXType type);

    [LibraryImport(Library, EntryPoint = "clang_getFileLocation")]
    public static partial void getFileLocation(CXSourceLocation location, nint* file, uint* line, uint* column, uint* offset);

    [LibraryImport(Library, EntryPoint = "clang_getSpellingLocation")]
    public static partial void getSpellingLocation(CXSourceLocation location, nint* file, uint* line, uint* column, uint* offset);

    [LibraryImport(Library, EntryPoint = "clang_getExpansionLocation")]
    public static partial void getExpansionLocation(CXSourceLocation location, nint* file, uint* line, uint* column, uint* offset);
}
