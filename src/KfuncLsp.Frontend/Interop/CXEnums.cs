namespace KfuncLsp.Frontend.Interop;

// Only the members that are used; values are those of libclang's stable C API.

internal enum CXCursorKind
{
    CXCursor_UnexposedDecl = 1,
    CXCursor_StructDecl = 2,
    CXCursor_UnionDecl = 3,
    CXCursor_EnumDecl = 5,
    CXCursor_FieldDecl = 6,
    CXCursor_EnumConstantDecl = 7,
    CXCursor_FunctionDecl = 8,
    CXCursor_VarDecl = 9,
    CXCursor_ParmDecl = 10,
    CXCursor_TypedefDecl = 20,
    CXCursor_TypeRef = 43,
    CXCursor_MemberRef = 47,
    CXCursor_LabelRef = 48,
    CXCursor_FirstInvalid = 70,
    CXCursor_LastInvalid = 73,
    CXCursor_UnexposedExpr = 100,
    CXCursor_DeclRefExpr = 101,
    CXCursor_MemberRefExpr = 102,
    CXCursor_CallExpr = 103,
    CXCursor_IntegerLiteral = 106,
    CXCursor_FloatingLiteral = 107,
    CXCursor_StringLiteral = 109,
    CXCursor_CharacterLiteral = 110,
    CXCursor_ParenExpr = 111,
    CXCursor_UnaryOperator = 112,
    CXCursor_ArraySubscriptExpr = 113,
    CXCursor_BinaryOperator = 114,
    CXCursor_CompoundAssignOperator = 115,
    CXCursor_ConditionalOperator = 116,
    CXCursor_CStyleCastExpr = 117,
    CXCursor_CompoundLiteralExpr = 118,
    CXCursor_InitListExpr = 119,
    CXCursor_AddrLabelExpr = 120,
    CXCursor_StmtExpr = 121,
    CXCursor_GenericSelectionExpr = 122,
    CXCursor_GNUNullExpr = 123,
    CXCursor_CXXBoolLiteralExpr = 130,
    CXCursor_CXXNullPtrLiteralExpr = 131,
    CXCursor_UnaryExpr = 136,
    CXCursor_UnexposedStmt = 200,
    CXCursor_LabelStmt = 201,
    CXCursor_CompoundStmt = 202,
    CXCursor_CaseStmt = 203,
    CXCursor_DefaultStmt = 204,
    CXCursor_IfStmt = 205,
    CXCursor_SwitchStmt = 206,
    CXCursor_WhileStmt = 207,
    CXCursor_DoStmt = 208,
    CXCursor_ForStmt = 209,
    CXCursor_GotoStmt = 210,
    CXCursor_IndirectGotoStmt = 211,
    CXCursor_ContinueStmt = 212,
    CXCursor_BreakStmt = 213,
    CXCursor_ReturnStmt = 214,
    CXCursor_GCCAsmStmt = 215,
    CXCursor_NullStmt = 230,
    CXCursor_DeclStmt = 231,
    CXCursor_BuiltinBitCastExpr = 280,
    CXCursor_UnexposedAttr = 400,
    CXCursor_LastAttr = 499,
    CXCursor_StaticAssert = 602,
}

internal enum CXTypeKind
{
    CXType_Invalid = 0,
    CXType_Unexposed = 1,
    CXType_Void = 2,
    CXType_Bool = 3,
    CXType_Char_U = 4,
    CXType_UChar = 5,
    CXType_Char16 = 6,
    CXType_Char32 = 7,
    CXType_UShort = 8,
    CXType_UInt = 9,
    CXType_ULong = 10,
    CXType_ULongLong = 11,
    CXType_UInt128 = 12,
    CXType_Char_S = 13,
    CXType_SChar = 14,
    CXType_WChar = 15,
    CXType_Short = 16,
    CXType_Int = 17,
    CXType_Long = 18,
    CXType_LongLong = 19,
    CXType_Int128 = 20,
    CXType_Float = 21,
    CXType_Double = 22,
    CXType_LongDouble = 23,
    CXType_NullPtr = 24,
    CXType_Dependent = 26,
    CXType_Float128 = 30,
    CXType_Half = 31,
    CXType_Float16 = 32,
    CXType_BFloat16 = 39,
    CXType_Pointer = 101,
    CXType_BlockPointer = 102,
    CXType_Record = 105,
    CXType_Enum = 106,
    CXType_Typedef = 107,
    CXType_FunctionNoProto = 110,
    CXType_FunctionProto = 111,
    CXType_ConstantArray = 112,
    CXType_Vector = 113,
    CXType_IncompleteArray = 114,
    CXType_VariableArray = 115,
    CXType_Elaborated = 119,
    CXType_Attributed = 163,
    CXType_Atomic = 177,
    CXType_BTFTagAttributed = 178,
}

internal enum CXBinaryOperatorKind
{
    Invalid, PtrMemD, PtrMemI, Mul, Div, Rem, Add, Sub, Shl, Shr, Cmp, LT, GT, LE, GE, EQ, NE, And, Xor, Or, LAnd, LOr,
    Assign, MulAssign, DivAssign, RemAssign, AddAssign, SubAssign, ShlAssign, ShrAssign, AndAssign, XorAssign, OrAssign, Comma,
}

internal enum CXUnaryOperatorKind
{
    Invalid, PostInc, PostDec, PreInc, PreDec, AddrOf, Deref, Plus, Minus, Not, LNot, Real, Imag, Extension, Coawait,
}

internal enum CX_StorageClass { Invalid, None, Extern, Static, PrivateExtern, OpenCLWorkGroupLocal, Auto, Register }

internal enum CXChildVisitResult { Break, Continue, Recurse }

internal enum CXVisitorResult { Break, Continue }

internal enum CXDiagnosticSeverity { Ignored, Note, Warning, Error, Fatal }

internal enum CXErrorCode { Success, Failure, Crashed, InvalidArguments, AstReadError }

internal enum CXEvalResultKind { UnExposed, Int, Float, ObjCStrLiteral, StrLiteral, CFStr, Other }

internal enum CXPrintingPolicyProperty { SuppressInitializers = 6, TerseOutput = 17 }

[Flags]
internal enum CXIndexFlags : ushort { ExcludeDeclarationsFromPCH = 1, DisplayDiagnostics = 2, StorePreamblesInMemory = 4 }

[Flags]
internal enum CXTranslationUnit_Flags : uint
{
    None = 0,
    Incomplete = 0x02,
    PrecompiledPreamble = 0x04,
    ForSerialization = 0x10,
    CreatePreambleOnFirstParse = 0x100,
    KeepGoing = 0x200,
    IncludeAttributedTypes = 0x1000,
}
