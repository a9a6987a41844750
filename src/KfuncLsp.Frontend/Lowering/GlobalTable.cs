using KfuncLsp.Frontend.Interop;
using KfuncLsp.Ir;
using static KfuncLsp.Frontend.Interop.CXCursorKind;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>Global variables, maps and struct_ops variables: all of the main file's, and those of headers that are used.</summary>
internal sealed class GlobalTable(UnitContext unit)
{
    /// <summary>Longer objects are not copied into the IR.</summary>
    private const int LongestInitializer = 1 << 16;

    private readonly Dictionary<string, CXCursor> _variables = [];
    private readonly Dictionary<nint, string> _names = [];
    private readonly List<string> _order = [];
    private readonly HashSet<string> _main = [];

    /// <summary>A variable by any of its declarations → its name.</summary>
    public string Reference(CXCursor variable)
    {
        var canonical = clang.getCanonicalCursor(variable).Declaration;
        if (!_names.TryGetValue(canonical, out var name)) Add(name = variable.Spelling(), canonical, variable);
        unit.Recorder.AddGlobal(name);
        return name;
    }

    /// <summary>A static local is a global that only its function can name.</summary>
    public void AddStaticLocal(CXCursor variable, string function) =>
        Add($"{function}.{variable.Spelling()}", clang.getCanonicalCursor(variable).Declaration, variable);

    private void Add(string name, nint canonical, CXCursor variable)
    {
        if (!_names.TryAdd(canonical, name)) return;
        if (_variables.TryAdd(name, variable)) _order.Add(name);
    }

    /// <summary>A declaration of the main file; the one that defines it decides.</summary>
    public void AddMain(CXCursor variable)
    {
        var name = Reference(variable);
        _main.Add(name);
        if (clang.isCursorDefinition(variable) != 0 || !clang.Cursor_getVarDeclInitializer(variable).IsNull) _variables[name] = variable;
    }

    /// <summary>Lowers what was referenced. Shape: <paramref name="isWanted"/> is asked of each name.</summary>
    public List<LoweredGlobal> Lower(Func<string, bool> isWanted)
    {
        var lowered = new List<LoweredGlobal>();
        // Initialisers name further variables and functions, so the list grows while it is read.
        for (var i = 0; i < _order.Count; i++)
        {
            var name = _order[i];
            var variable = _variables[name];
            if (!isWanted(name) || unit.HelperOf(variable) is not null) continue;
            var (global, uses) = unit.Record(() => LowerAny(name, variable));
            lowered.Add(global with { Uses = uses, IsMain = _main.Contains(name) });
        }
        return lowered;
    }

    private LoweredGlobal LowerAny(string name, CXCursor variable)
    {
        var attributes = unit.AllAttributesOf(variable);
        return attributes.Section switch
        {
            ".maps" or "maps" => new(name) { Map = new MapLowering(unit).Lower(name, variable) },
            { } section when section.TrimStart('?').StartsWith(".struct_ops", StringComparison.Ordinal) => new(name) { StructOps = LowerStructOps(name, variable, section) },
            _ => new(name) { Variable = LowerGlobal(name, variable, attributes) },
        };
    }

    private GlobalVar LowerGlobal(string name, CXCursor variable, DeclAttributes attributes)
    {
        var type = clang.getCursorType(variable);
        var storage = clang.Cursor_getStorageClass(variable);
        var initializer = clang.Cursor_getVarDeclInitializer(variable);
        var isExtern = storage == CX_StorageClass.Extern && initializer.IsNull;
        var element = TypeLowering.Canonical(type);
        // A canonical array bears its element's qualifiers itself.
        var isConst = clang.isConstQualifiedType(element) != 0;
        while (TypeLowering.IsArray(element))
        {
            element = TypeLowering.Canonical(clang.getArrayElementType(element));
            isConst |= clang.isConstQualifiedType(element) != 0;
        }

        var addresses = new List<StoredAddress>();
        var bytes = isExtern ? null : InitialBytes(variable, type, initializer, addresses);
        var isZero = bytes is null ? initializer.IsNull : addresses.Count == 0 && bytes.AsSpan().IndexOfAnyExcept((byte)0) < 0;
        unit.Structs.Complete(type);
        return new GlobalVar(name, unit.Types.Lower(type), unit.FileSpanOf(variable))
        {
            Section = attributes.Section ?? (isExtern ? "" : isConst ? ".rodata" : isZero ? ".bss" : ".data"),
            IsConst = isConst,
            IsVolatile = clang.isVolatileQualifiedType(element) != 0,
            IsExtern = isExtern,
            IsWeak = attributes.IsWeak,
            IsStatic = storage == CX_StorageClass.Static,
            DeclTags = [.. attributes.DeclTags],
            InitialBytes = bytes is null ? null : new EquatableArray<byte>([.. bytes]),
            Addresses = bytes is null ? [] : [.. addresses],
        };
    }

    /// <summary>The bytes of a variable as the object file has them, and the addresses among them; null where something is not known.</summary>
    private byte[]? InitialBytes(CXCursor variable, CXType type, CXCursor initializer, List<StoredAddress> addresses)
    {
        if (!initializer.IsNull) return BytesOf(new Node(initializer, new Node(variable, null)), type, addresses);
        return clang.Type_getSizeOf(type) is >= 0 and <= LongestInitializer and var size ? new byte[size] : null;
    }

    /// <summary>The bytes that an initialiser gives an object; null where they are not all known.</summary>
    /// <remarks>Shape: where <paramref name="addresses"/> is given, addresses go there and leave zeros.</remarks>
    public byte[]? BytesOf(Node initializer, CXType type, List<StoredAddress>? addresses = null)
    {
        var size = clang.Type_getSizeOf(type);
        if (size is < 0 or > LongestInitializer) return null;
        var bytes = new byte[size];
        try
        {
            foreach (var leaf in InitLeaves.Of(unit.Structs, initializer, type))
                if (!Place(leaf, bytes) && !PlaceAddress(leaf, addresses)) return null;
            return bytes;
        }
        catch (NotLoweredException)
        {
            return null;
        }
    }

    private bool Place(InitLeaf leaf, byte[] bytes)
    {
        var type = unit.Types.Lower(leaf.Type);
        var literal = leaf.Value.BareOfConversions();
        if (type is ArrayType && literal.Kind == CXCursor_StringLiteral)
        {
            var text = PrintedText.Unquote(literal.Cursor.Spelling());
            for (var i = 0; i < text.Length && leaf.Offset + i < bytes.Length && i < type.Size; i++) bytes[leaf.Offset + i] = text[i];
            return true;
        }
        if (type is not (IntType or PointerType) || type.Size > 8 || Value(leaf.Value) is not { } value) return false;
        if (leaf.Offset + type.Size > bytes.Length) return false;
        if (leaf.Path is [.., { Field: { IsBitField: true } field }])
        {
            var mask = field.BitWidth >= 64 ? ~0UL : (1UL << field.BitWidth) - 1;
            ulong old = 0;
            for (var i = 0; i < type.Size; i++) old |= (ulong)bytes[leaf.Offset + i] << (8 * i);
            value = (long)(old & ~(mask << field.Bits.Shift) | ((ulong)value & mask) << field.Bits.Shift);
        }
        else value = Arithmetic.Wrap(value, type);
        for (var i = 0; i < type.Size; i++) bytes[leaf.Offset + i] = (byte)(value >> (8 * i));
        return true;

    }

    private bool PlaceAddress(InitLeaf leaf, List<StoredAddress>? addresses)
    {
        if (addresses is null || unit.Types.Lower(leaf.Type) is not PointerType type) return false;
        addresses.Add(new(leaf.Offset, AddressOf(leaf.Value, type)));
        return true;
    }

    private Rvalue AddressOf(Node node, PointerType type)
    {
        node = node.BareOfConversions();
        if (node.Kind == CXCursor_StringLiteral) return new AddressOfString([.. PrintedText.Unquote(node.Cursor.Spelling()), 0]);
        if (node.Kind == CXCursor_UnaryOperator && clang.getCursorUnaryOperatorKind(node.Cursor) == CXUnaryOperatorKind.AddrOf) node = node.Parts[0].BareOfConversions();
        if (node.Kind == CXCursor_DeclRefExpr && clang.getCursorReferenced(node.Cursor) is var target)
        {
            if (target.Kind == CXCursor_FunctionDecl) return new AddressOfFunction(unit.ReferenceFunction(target).Name, type);
            if (target.Kind == CXCursor_VarDecl && (type.Pointee is StructType || TypeLowering.IsArray(clang.getCursorType(target)) || node.Parent?.Kind == CXCursor_UnaryOperator))
                return new AddressOfGlobal(unit.ReferenceGlobal(target), type);
        }

        return new UnknownValue(type, "an address");
    }

    /// <summary>The value of a constant initialiser; null for an address.</summary>
    private static long? Value(Node node)
    {
        node = node.Bare();
        if (node.Cursor.Evaluate() is { } value) return value;
        // (void *)0: clang evaluates the integer, not the pointer.
        return node.Kind is CXCursor_CStyleCastExpr or CXCursor_UnexposedExpr && node.Parts.Length > 0
            && TypeLowering.IsPointer(node.Type) && !TypeLowering.IsAggregate(node.Parts[^1].Type) && !TypeLowering.IsFunction(node.Parts[^1].Type)
            ? Value(node.Parts[^1]) : null;
    }

    private StructOpsVar LowerStructOps(string name, CXCursor variable, string section)
    {
        var type = clang.getCursorType(variable);
        var members = new List<StructOpsMember>();
        var initializer = clang.Cursor_getVarDeclInitializer(variable);
        if (!initializer.IsNull)
        {
            List<InitLeaf> leaves;
            try { leaves = InitLeaves.Of(unit.Structs, new Node(initializer, new Node(variable, null)), type); }
            catch (NotLoweredException) { leaves = []; }
            foreach (var leaf in leaves)
            {
                var function = FunctionIn(leaf.Value);
                if (function.IsNull || leaf.Path is not [.., { Field: { } field }]) continue;
                unit.ReferenceFunction(function);
                members.Add(new StructOpsMember(field.Name, function.Spelling(),
                    field.Type is PointerType { Pointee: FunctionType prototype } ? prototype : null));
            }
        }
        var typeName = unit.Types.Lower(type) is StructType s ? s.Name : "";
        return new StructOpsVar(name, typeName, section, unit.FileSpanOf(variable)) { Members = [.. members] };
    }

    private static CXCursor FunctionIn(Node node)
    {
        node = node.BareOfConversions();
        while (node.Kind is CXCursor_CStyleCastExpr or CXCursor_UnaryOperator && node.Parts.Length > 0) node = node.Parts[^1].BareOfConversions();
        if (node.Kind != CXCursor_DeclRefExpr) return default;
        var target = clang.getCursorReferenced(node.Cursor);
        return target.Kind == CXCursor_FunctionDecl ? target : default;
    }
}
