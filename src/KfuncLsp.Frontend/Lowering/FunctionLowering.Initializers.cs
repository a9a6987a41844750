using KfuncLsp.Frontend.Interop;
using KfuncLsp.Ir;
using static KfuncLsp.Frontend.Interop.CXCursorKind;

namespace KfuncLsp.Frontend.Lowering;

internal sealed partial class FunctionLowering
{
    private void InitializeVariable(Variable variable, Node initializer, Span span)
    {
        if (variable.Type is not (StructType or ArrayType))
        {
            var value = Convert(Rvalue(initializer), variable.Type, SpanOf(initializer));
            Write(variable.InMemory
                ? Place.Memory(AddressOfLocal(variable.LocalId, variable.Type, span), variable.Type)
                : Place.Register(variable.LocalId, variable.Type), value, span);
            return;
        }

        _unit.Structs.Complete(variable.ClangType);
        var leaves = InitLeaves.Of(_unit.Structs, initializer, variable.ClangType);
        var isWhole = leaves.Count == 1 && leaves[0].Path.Length == 0;
        // The values come first where they may read the object's memory; C leaves the order open, and clang zeroes first.
        var address = AddressOfLocal(variable.LocalId, variable.Type, span);
        if (!isWhole || leaves[0].Value.BareOfConversions().Kind == CXCursor_StringLiteral)
            _cfg.Emit(new SetMemory(address, Operand.Const(0, new IntType(8, false)), SizeOperand(variable.Type.Size), span));
        foreach (var leaf in leaves) InitializeLeaf(address, leaf);
    }

    private void InitializeLeaf(Operand address, InitLeaf leaf)
    {
        var span = SpanOf(leaf.Value);
        var type = Types.Lower(leaf.Type);
        if (type is ArrayType array)
        {
            var literal = leaf.Value.BareOfConversions();
            if (literal.Kind != CXCursor_StringLiteral)
            {
                CopyAggregate(address, leaf, type, span);
                return;
            }
            var source = AddressOf(literal);
            var length = Math.Min(array.Size, StringBytes(literal).Length);
            _cfg.Emit(new CopyMemory(Follow(address, leaf.Path, span).Address, source, SizeOperand(length), span));
            return;
        }
        if (type is StructType)
        {
            CopyAggregate(address, leaf, type, span);
            return;
        }
        var value = Convert(Rvalue(leaf.Value), type, span);
        Write(Follow(address, leaf.Path, span), value, span);
    }

    private void CopyAggregate(Operand address, InitLeaf leaf, CType type, Span span)
    {
        var source = type is StructType ? AggregateAddress(leaf.Value) : AddressOf(leaf.Value);
        _cfg.Emit(new CopyMemory(Follow(address, leaf.Path, span).Address, source, SizeOperand(type.Size), span));
    }

    private Place Follow(Operand address, InitStep[] path, Span span)
    {
        var place = Place.Memory(address, address.Type is PointerType p ? p.Pointee : CType.Unknown);
        foreach (var step in path)
        {
            if (step.Field is { } field)
            {
                place = PlaceOfField(place.Address, field, span, "");
                continue;
            }
            var element = Types.Lower(step.ElementType);
            var pointer = new PointerType(element);
            var bound = place.Type is ArrayType a ? a.Count : 0;
            place = Place.Memory(PointerPlus(place.Address, Operand.Const(step.Index, new IntType(32, true)), element.Size, pointer, span, bound), element);
        }
        return place;
    }
}
