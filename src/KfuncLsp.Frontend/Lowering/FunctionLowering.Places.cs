using KfuncLsp.Frontend.Interop;
using KfuncLsp.Ir;
using static KfuncLsp.Frontend.Interop.CXCursorKind;

namespace KfuncLsp.Frontend.Lowering;

internal sealed partial class FunctionLowering
{
    /// <summary>What an lvalue denotes: a register local, or memory at an address.</summary>
    private readonly record struct Place(int Local, Operand Address, CType Type, BitRange Bits)
    {
        public bool IsRegister => Local >= 0;

        /// <summary>The type of the expression; none for places that the program does not write itself.</summary>
        public CXType Written { get; init; }

        public static Place Register(int id, CType type) => new(id, default, type, BitRange.Whole);
        public static Place Memory(Operand address, CType type) => new(-1, address, type, BitRange.Whole);
    }

    /// <summary>The address of a place in memory.</summary>
    private Operand AddressOf(Node node) =>
        PlaceOf(node) is { IsRegister: false, Address: var address } ? address : throw new NotLoweredException("the address of a variable that was taken for a register");

    private Place PlaceOf(Node node)
    {
        using var depth = new Depth(this);
        node = node.Bare();
        return PlaceOfBare(node) with { Written = node.Type };
    }

    private Place PlaceOfBare(Node node)
    {
        var span = SpanOf(node);
        switch (node.Kind)
        {
            case CXCursor_DeclRefExpr: return PlaceOfReference(node, span);
            case CXCursor_MemberRefExpr: return PlaceOfMember(node, span);
            case CXCursor_ArraySubscriptExpr: return PlaceOfElement(node, span);
            case CXCursor_StringLiteral:
                var bytes = StringBytes(node);
                var array = Types.Lower(node.Type);
                return Place.Memory(Compute(new AddressOfString([.. bytes]), new PointerType(array, true), span, TextOf(node)), array);
            case CXCursor_CompoundLiteralExpr: return PlaceOfCompoundLiteral(node, span);
            case CXCursor_UnaryOperator when clang.getCursorUnaryOperatorKind(node.Cursor) == CXUnaryOperatorKind.Deref:
                var type = Types.Lower(node.Type);
                return Place.Memory(Rvalue(node.Parts[0]), type);
            case CXCursor_UnexposedExpr when node.Parts.Length == 1 && !node.HasMemberRef && !TypeLowering.IsRecord(node.Type):
                return PlaceOf(node.Parts[0]);
            case CXCursor_GenericSelectionExpr when Selected(node) is { } selected: return PlaceOf(selected);
            case CXCursor_UnexposedExpr when !TypeLowering.IsError(node.Type) && node.Parts.Length == 3 && _shape.HiddenName(node) == "__builtin_choose_expr":
                return PlaceOf(Chosen(node));
        }
        if (TypeLowering.IsRecord(node.Type)) return Place.Memory(AggregateAddress(node), Types.Lower(node.Type));
        if (TypeLowering.IsError(node.Type) || node.Kind == CXCursor_UnexposedExpr)
            return Place.Memory(UnknownOf(new PointerType(CType.Unknown), "the expression has an error", span), CType.Unknown);
        throw new NotLoweredException($"an lvalue of a kind that is not understood ({node.Kind})");
    }

    private Place PlaceOfReference(Node node, Span span)
    {
        var target = clang.getCursorReferenced(node.Cursor);
        if (_variables.TryGetValue(target.Declaration, out var variable))
            return variable.InMemory
                ? Place.Memory(AddressOfLocal(variable.LocalId, variable.Type, span), variable.Type)
                : Place.Register(variable.LocalId, variable.Type);
        if (target.Kind == CXCursor_VarDecl)
        {
            var name = _unit.ReferenceGlobal(target);
            var type = Types.Lower(node.Type);
            return Place.Memory(Compute(new AddressOfGlobal(name, new PointerType(type)), new PointerType(type), span, "&" + name), type);
        }
        if (target.Kind == CXCursor_FunctionDecl)
            return Place.Memory(AddressOfFunction(target, span), Types.Lower(node.Type));
        return Place.Memory(UnknownOf(new PointerType(CType.Unknown), "a name that cannot be resolved", span), Types.Lower(node.Type));
    }

    private Operand AddressOfFunction(CXCursor function, Span span)
    {
        _unit.ReferenceFunction(function, span.Start + _extent.Start);
        var type = new PointerType(Types.Lower(clang.getCursorType(function)));
        return Compute(new AddressOfFunction(function.Spelling(), type), type, span, function.Spelling());
    }

    private Place PlaceOfMember(Node node, Span span)
    {
        var field = clang.getCursorReferenced(node.Cursor);
        if (field.Kind != CXCursor_FieldDecl || node.Parts.Length == 0)
            return Place.Memory(UnknownOf(new PointerType(CType.Unknown), "a member that cannot be resolved", span), Types.Lower(node.Type));
        var holder = node.Parts[0];
        var isArrow = !TypeLowering.IsRecord(holder.Type);
        var address = isArrow ? Rvalue(holder) : AddressOf(holder);
        var record = isArrow ? PointeeOf(holder.Type) : holder.Type;
        var path = TypeLowering.IsRecord(record) ? _unit.Structs.PathTo(record, field) : null;
        if (path is null) return Place.Memory(UnknownOf(new PointerType(CType.Unknown), "a member that cannot be resolved", span), Types.Lower(node.Type));
        foreach (var step in path.AsSpan(0, path.Length - 1)) address = PlaceOfField(address, step, span, "").Address;
        return PlaceOfField(address, path[^1], span, TextOf(node));
    }

    private Place PlaceOfField(Operand address, FieldInfo field, Span span, string name)
    {
        if (address.Type is null) throw new NotLoweredException("a member of a value that is not in memory");
        var type = new PointerType(field.Type);
        var result = address.Kind == OperandKind.Const
            ? Operand.Const(address.Value + field.StorageOffset, type)
            : Compute(new FieldAddr(address, field.Struct, field.Name, field.StorageOffset, field.Type), type, span, name.Length == 0 ? "" : "&" + name);
        if (field.IsSplit) throw new NotLoweredException($"the bit field {field.Name} of a packed struct needs more than one access");
        return new Place(-1, result, field.Type, field.Bits);
    }

    private Place PlaceOfElement(Node node, Span span)
    {
        var (first, second) = (node.Parts[0], node.Parts[1]);
        var swapped = !IsPointerLike(first.Type) && IsPointerLike(second.Type); // i[a]
        var (array, index) = swapped ? (second, first) : (first, second);
        var pointer = Rvalue(array);
        var position = Rvalue(index);
        var element = Types.Lower(node.Type);
        var address = PointerPlus(pointer, position, ElementSize(node.Type), new PointerType(element), span, BoundOf(array), TextOf(node));
        return Place.Memory(address, element);
    }

    private static bool IsPointerLike(CXType type) => TypeLowering.IsPointer(type) || TypeLowering.IsArray(type);

    /// <summary>The declared count of an array that decays; 0 where a pointer is indexed.</summary>
    private static long BoundOf(Node array)
    {
        var type = TypeLowering.Canonical(array.BareOfConversions().Type);
        return type.Kind == CXTypeKind.CXType_ConstantArray ? clang.getArraySize(type) : 0;
    }

    private static long ElementSize(CXType type) => TypeLowering.IsVoid(type) || TypeLowering.IsFunction(type) ? 1 : Math.Max(0, clang.Type_getSizeOf(type));

    private Operand PointerPlus(Operand pointer, Operand index, long scale, CType type, Span span, long bound = 0, string name = "")
    {
        if (index.IsConst(0)) return Retype(pointer, type);
        if (pointer.Kind == OperandKind.Const && index.Kind == OperandKind.Const)
            return Operand.Const(pointer.Value + index.Value * scale, type);
        return Compute(new PointerAdd(pointer, index, scale, type, bound), type, span, name.Length == 0 ? "" : "&" + name);
    }

    private Place PlaceOfCompoundLiteral(Node node, Span span)
    {
        var type = Types.Lower(node.Type);
        _unit.Structs.Complete(node.Type);
        var id = _cfg.NewLocal("", type, LocalKind.Temporary, true, span);
        var variable = new Variable(id, true, node.Type, type);
        InitializeVariable(variable, node.Parts[^1], span);
        return Place.Memory(AddressOfLocal(id, type, span), type);
    }

    private Operand Read(Place place, Span span, string name)
    {
        if (place.IsRegister) return Operand.Local(place.Local, place.Type);
        if (place.Type is StructType) return Retype(place.Address, new PointerType(place.Type));
        if (place.Type is ArrayType array) return Retype(place.Address, new PointerType(array.Element));
        if (place.Type is FunctionType) return place.Address;
        if (place.Type is VoidType) return Operand.Const(0, CType.Void);
        if (place.Type is UnknownType) return UnknownOf(CType.Unknown, "memory of an unknown type", span);
        var result = NewTemporary(place.Type, name, span, out var id);
        _cfg.Emit(new Load(id, place.Address, place.Type, place.Bits, span));
        return result;
    }

    private void Write(Place place, Operand value, Span span)
    {
        if (!place.IsRegister)
        {
            _cfg.Emit(new Store(place.Address, value, place.Type, place.Bits, span) { IsVolatile = place.Written.Kind != CXTypeKind.CXType_Invalid && clang.isVolatileQualifiedType(TypeLowering.Canonical(place.Written)) != 0 });
            return;
        }
        if (value.Kind == OperandKind.Local && value.Type is not null && _cfg.TryRetarget(value.LocalId, place.Local)) return;
        _cfg.Emit(new Assign(place.Local, new Use(value), span));
    }

    private static Operand Retype(Operand operand, CType type) => new(operand.Kind, operand.Value, type);
}
