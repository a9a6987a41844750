using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>One store that the compiler makes of several.</summary>
/// <remarks>Units: <paramref name="Size"/> in bytes.</remarks>
internal readonly record struct MergedStore(long Size, string FirstMember, string SecondMember);

/// <summary>Finds stores of constants to members side by side, which the compiler merges: the verifier sees one that reaches over a member's end.</summary>
/// <remarks>
/// As LLVM's DAGCombiner::mergeConsecutiveStores: of equal size, with nothing between that touches memory elsewhere, as wide as the first one is aligned,
/// at most 8 bytes. Where a store may be dead, none is told.
/// </remarks>
internal sealed class MergedStores
{
    private const long MostAlignment = 8;

    private readonly FunctionIr _function;
    private readonly UnitFacts _unit;
    private readonly Dictionary<(int Block, int Index), MergedStore> _found = [];

    private sealed record Member(int Index, Operand Base, StructType Struct, string Name, long Offset, long Size, long Alignment);

    private MergedStores(FunctionIr function, UnitFacts unit) => (_function, _unit) = (function, unit);

    /// <summary>The merged stores of a function, by the one of the instructions that writes where it begins.</summary>
    public static IReadOnlyDictionary<(int Block, int Index), MergedStore> Of(FunctionIr function, UnitFacts unit)
    {
        var stores = new MergedStores(function, unit);
        foreach (var block in function.Blocks) stores.Read(block);
        return stores._found;
    }

    private void Read(BasicBlock block)
    {
        var group = new List<Member>();
        for (var i = 0; i < block.Instructions.Count; i++)
        {
            var instruction = block.Instructions[i];
            if (instruction is Store store && MemberOf(block, i, store) is { } member)
            {
                if (group.Exists(m => m.Base.LocalId != member.Base.LocalId || m.Struct != member.Struct || (m.Offset < member.Offset + member.Size && member.Offset < m.Offset + m.Size))) End();
                group.Add(member);
            }
            else if (instruction is not Assign assign || group.Exists(m => m.Base.LocalId == assign.Target)) End();
        }

        End();

        void End()
        {
            if (group.Count > 1) Merge(block, group);
            group.Clear();
        }
    }

    private void Merge(BasicBlock block, List<Member> group)
    {
        var members = group.OrderBy(m => m.Offset).ToArray();
        var after = group[^1].Index + 1;
        for (var first = 0; first < members.Length;)
        {
            var count = 1;
            var size = members[first].Size;
            for (var i = first + 1; i < members.Length && members[i].Size == members[first].Size && members[i].Offset == members[first].Offset + size; i++)
            {
                size += members[i].Size;
                if (size is 2 or 4 or 8 && size <= members[first].Alignment) count = i - first + 1;
            }

            var merged = members[first..(first + count)];
            if (count > 1 && !MayBeDead(block, after, merged, []))
                _found[(block.Id, merged[0].Index)] = new(count * merged[0].Size, merged[0].Name, merged[1].Name);
            first += count;
        }
    }

    /// <summary>The member that a store gives a constant; null for any other store.</summary>
    private Member? MemberOf(BasicBlock block, int index, Store store)
    {
        if (store is not { IsVolatile: false, Bits.IsWhole: true } || store.Type.Size is not (1 or 2 or 4 or 8) || store.Value.Kind != OperandKind.Const) return null;
        if (StepTo(block, index, store.Pointer) is not { Pointer.Kind: OperandKind.Local } step || step.FieldType != store.Type) return null;
        var offset = step.ByteOffset;
        var name = step.Field;
        while (StepTo(block, index, step.Pointer) is { Pointer.Kind: OperandKind.Local } outer)
        {
            step = outer;
            offset += step.ByteOffset;
        }

        if (_unit.FindStruct(step.Struct.Name) is not { PreservesAccessIndex: false, IsComplete: true } whole || AlignmentOf(whole) is not { } alignment) return null;
        while (offset % alignment != 0) alignment /= 2;
        return new(index, step.Pointer, step.Struct, name, offset, store.Type.Size, alignment);
    }

    /// <summary>The step to a member that gives a pointer, in the same block; null where it is anything else.</summary>
    private static FieldAddr? StepTo(BasicBlock block, int before, Operand pointer) =>
        pointer.Kind == OperandKind.Local && DefUse.DefinitionIn(block, before, pointer.LocalId) is >= 0 and var i && block.Instructions[i] is Assign { Value: FieldAddr step } ? step : null;

    /// <summary>Units: bytes. Errors: null where members do not lie as their types ask for.</summary>
    private long? AlignmentOf(StructDef definition)
    {
        var most = 1L;
        foreach (var field in definition.Fields)
        {
            var type = field.Type;
            while (type is ArrayType array) type = array.Element;
            var own = type is not StructType inner ? Math.Clamp(type.Size, 1, MostAlignment)
                : _unit.FindStruct(inner.Name) is { IsComplete: true } known ? AlignmentOf(known) : null;
            if (own is not { } alignment || (field.BitWidth == 0 && field.ByteOffset % alignment != 0)) return null;
            most = Math.Max(most, alignment);
        }

        return most;
    }

    /// <summary>Whether one of the members may be written again before anybody can have read it: the compiler leaves the first store out.</summary>
    private bool MayBeDead(BasicBlock block, int index, Member[] members, HashSet<int> seen)
    {
        for (var i = index; i < block.Instructions.Count; i++)
            switch (block.Instructions[i])
            {
                case Call { Callee: DirectCallee direct } when _unit.FindFunction(direct.Name) is not null: return true;
                case Call: return false;
                case Assign { Value: FieldAddr step } when members.Any(m => m.Name == step.Field): return true;
                case not (Assign or Load or Store): return true;
            }

        if (block.End is Return) return true;
        return ControlFlow.Successors(block.End).Any(s => seen.Add(s) && MayBeDead(_function.Blocks[s], 0, members, seen));
    }
}
