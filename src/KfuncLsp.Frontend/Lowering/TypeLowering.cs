using KfuncLsp.Frontend.Interop;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>clang's types → <see cref="CType"/>, step by step so that type tags survive.</summary>
internal sealed class TypeLowering(StructTable structs)
{
    // A QualType's opaque pointer identifies a type, qualifiers included, while the unit lives.
    private readonly Dictionary<nint, CType> _known = [];

    public UseRecorder Recorder { private get; set; } = new();

    public CType Lower(CXType type)
    {
        var lowered = LowerPart(type);
        Recorder.Types.Add(lowered);
        return lowered;
    }

    /// <summary>The type of a member; who uses the member is noted elsewhere, for a struct is read once, by whoever comes first.</summary>
    public CType LowerMember(CXType type) => LowerPart(type);

    private CType LowerPart(CXType type)
    {
        if (type.Kind == CXTypeKind.CXType_Invalid) return CType.Unknown;
        if (_known.TryGetValue(type.Data0, out var known)) return known;
        var lowered = LowerNew(type);
        _known[type.Data0] = lowered;
        return lowered;
    }

    private CType LowerNew(CXType type)
    {
        switch (type.Kind)
        {
            case CXTypeKind.CXType_Void: return CType.Void;
            case CXTypeKind.CXType_Bool: return new IntType(8, false, IsBool: true);
            case CXTypeKind.CXType_Char_U or CXTypeKind.CXType_UChar: return new IntType(8, false);
            case CXTypeKind.CXType_Char_S or CXTypeKind.CXType_SChar: return new IntType(8, true);
            case CXTypeKind.CXType_UShort or CXTypeKind.CXType_UInt or CXTypeKind.CXType_ULong or CXTypeKind.CXType_ULongLong
                or CXTypeKind.CXType_UInt128 or CXTypeKind.CXType_Char16 or CXTypeKind.CXType_Char32:
                return new IntType((int)clang.Type_getSizeOf(type) * 8, false);
            case CXTypeKind.CXType_Short or CXTypeKind.CXType_Int or CXTypeKind.CXType_Long or CXTypeKind.CXType_LongLong
                or CXTypeKind.CXType_Int128 or CXTypeKind.CXType_WChar:
                return new IntType((int)clang.Type_getSizeOf(type) * 8, true);
            case CXTypeKind.CXType_Float or CXTypeKind.CXType_Double or CXTypeKind.CXType_LongDouble or CXTypeKind.CXType_Float128
                or CXTypeKind.CXType_Half or CXTypeKind.CXType_Float16 or CXTypeKind.CXType_BFloat16:
                return new FloatType((int)clang.Type_getSizeOf(type) * 8);
            case CXTypeKind.CXType_NullPtr: return new PointerType(CType.Void);
            case CXTypeKind.CXType_Pointer or CXTypeKind.CXType_BlockPointer: return LowerPointer(clang.getPointeeType(type));
            case CXTypeKind.CXType_Record: return structs.TypeOf(type);
            case CXTypeKind.CXType_Enum: return LowerEnum(clang.getTypeDeclaration(type));
            case CXTypeKind.CXType_Typedef: return LowerPart(clang.getTypedefDeclUnderlyingType(clang.getTypeDeclaration(type)));
            case CXTypeKind.CXType_Elaborated: return LowerPart(clang.Type_getNamedType(type));
            case CXTypeKind.CXType_Attributed or CXTypeKind.CXType_BTFTagAttributed: return LowerPart(clang.Type_getModifiedType(type));
            case CXTypeKind.CXType_Atomic: return LowerPart(clang.Type_getValueType(type));
            case CXTypeKind.CXType_FunctionProto or CXTypeKind.CXType_FunctionNoProto: return LowerFunction(type);
            case CXTypeKind.CXType_ConstantArray: return new ArrayType(LowerPart(clang.getArrayElementType(type)), clang.getArraySize(type));
            case CXTypeKind.CXType_IncompleteArray or CXTypeKind.CXType_VariableArray: return new ArrayType(LowerPart(clang.getArrayElementType(type)), 0);
            case CXTypeKind.CXType_Dependent or CXTypeKind.CXType_Vector: return CType.Unknown;
            default:
                // typeof, auto and other sugar: the canonical type loses type tags, but is right otherwise.
                var canonical = clang.getCanonicalType(type);
                return canonical.Kind == type.Kind || canonical.Data0 == type.Data0 ? CType.Unknown : LowerPart(canonical);
        }
    }

    private PointerType LowerPointer(CXType pointee)
    {
        var tags = new List<string>();
        var isConst = false;
        for (var step = pointee; ;)
        {
            isConst |= clang.isConstQualifiedType(step) != 0;
            var next = step.Kind switch
            {
                CXTypeKind.CXType_BTFTagAttributed or CXTypeKind.CXType_Attributed => clang.Type_getModifiedType(step),
                CXTypeKind.CXType_Typedef => clang.getTypedefDeclUnderlyingType(clang.getTypeDeclaration(step)),
                CXTypeKind.CXType_Elaborated => clang.Type_getNamedType(step),
                _ => default,
            };
            if (step.Kind == CXTypeKind.CXType_BTFTagAttributed && TagOf(step) is { } tag) tags.Add(tag);
            if (next.Kind == CXTypeKind.CXType_Invalid) break;
            step = next;
        }
        if (clang.getAddressSpace(pointee) == 1 && !tags.Contains("arena")) tags.Add("arena");
        return new PointerType(LowerPart(pointee), isConst) { Tags = tags.Count == 0 ? [] : [.. tags] };
    }

    /// <summary>The tag of one <c>btf_type_tag</c> layer: the last that the printed type has, since inner ones are printed first.</summary>
    private static string? TagOf(CXType type)
    {
        var text = type.Spelling();
        var tokens = PrintedText.Tokenize(text);
        for (var i = tokens.Count - 3; i >= 0; i--)
            if (tokens[i].In(text) is "btf_type_tag")
                return System.Text.Encoding.UTF8.GetString(PrintedText.Unquote(tokens[i + 2].In(text)));
        return null;
    }

    private IntType LowerEnum(CXCursor declaration)
    {
        var underlying = LowerPart(clang.getEnumDeclIntegerType(declaration)) as IntType ?? new IntType(32, false);
        var name = declaration.Spelling();
        return underlying with { EnumName = name.Length == 0 || name.Contains('(') ? null : name };
    }

    public FunctionType LowerFunction(CXType type, CXCursor[]? parameters = null)
    {
        var count = Math.Max(0, clang.getNumArgTypes(type));
        var types = new ParameterType[count];
        for (var i = 0; i < count; i++)
            types[i] = new ParameterType(
                parameters is not null && i < parameters.Length ? parameters[i].Spelling() : "",
                LowerPart(clang.getArgType(type, (uint)i)));
        return new FunctionType(LowerPart(clang.getResultType(type)), [.. types], clang.isFunctionTypeVariadic(type) != 0);
    }

    public static bool IsError(CXType type) => type.Kind == CXTypeKind.CXType_Dependent;

    /// <summary>The type without typedefs, tags and qualifiers.</summary>
    public static CXType Canonical(CXType type) => clang.getCanonicalType(type);

    public static bool IsRecord(CXType type) => Canonical(type).Kind == CXTypeKind.CXType_Record;

    public static bool IsArray(CXType type) =>
        Canonical(type).Kind is CXTypeKind.CXType_ConstantArray or CXTypeKind.CXType_IncompleteArray or CXTypeKind.CXType_VariableArray;

    public static bool IsAggregate(CXType type) => IsRecord(type) || IsArray(type);

    public static bool IsPointer(CXType type) => Canonical(type).Kind is CXTypeKind.CXType_Pointer or CXTypeKind.CXType_NullPtr;

    public static bool IsFunction(CXType type) => Canonical(type).Kind is CXTypeKind.CXType_FunctionProto or CXTypeKind.CXType_FunctionNoProto;

    public static bool IsVoid(CXType type) => Canonical(type).Kind == CXTypeKind.CXType_Void;
}
