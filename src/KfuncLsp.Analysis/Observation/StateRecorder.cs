using System.Collections.Immutable;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Observation;

/// <summary>Notes what locals hold wherever a path passes. Sees states and changes none.</summary>
internal sealed class StateRecorder
{
    /// <summary>Units: different facts kept of one local at one point; a reader has no use for more.</summary>
    private const int MostFacts = 4;

    private sealed class Point(int locals)
    {
        /// <summary>The value that was seen last, by local: most paths bring the same one again.</summary>
        public readonly object?[] Seen = new object?[locals];
        public readonly Dictionary<int, ImmutableArray<ValueFacts>> Values = [];
        public ImmutableArray<ReferenceState> SeenReferences;
        public readonly List<OwnedReference> Owned = [];
    }

    private readonly Dictionary<CodePoint, Point> _points = [];
    private readonly Dictionary<string, int[]> _followed = new(StringComparer.Ordinal);

    /// <summary>Notes the point that the state is about to pass.</summary>
    public void See(VerifierState state)
    {
        var frame = state.Top;
        var key = new CodePoint(frame.Function.Name, frame.Block, frame.Index);
        if (!_points.TryGetValue(key, out var point)) _points[key] = point = new(frame.Locals.Length);
        foreach (var local in FollowedIn(frame.Function))
        {
            object? value = frame.Function.Locals[local].InMemory ? frame.Memory[local] : frame.Locals[local];
            if (value is null || ReferenceEquals(point.Seen[local], value)) continue;
            point.Seen[local] = value;
            if (FactsOf(value, state) is not { } facts) continue;
            var known = point.Values.GetValueOrDefault(local, []);
            if (known.Length < MostFacts && !known.Contains(facts)) point.Values[local] = known.Add(facts);
        }

        if (point.SeenReferences == state.References) return;
        point.SeenReferences = state.References;
        foreach (var reference in state.References)
            if (OwnerOf(reference) is { } owned && !point.Owned.Contains(owned)) point.Owned.Add(owned);
    }

    public StateTable Table() => new(_points.ToDictionary(p => p.Key, p => new PointState { Values = p.Value.Values.ToImmutableDictionary(), Owned = [.. p.Value.Owned] }));

    /// <summary>The locals that a person can ask about: pointers with a name, and what lies on the stack.</summary>
    private int[] FollowedIn(FunctionIr function)
    {
        if (!_followed.TryGetValue(function.Name, out var locals))
            _followed[function.Name] = locals =
            [
                .. function.Locals.Where(l => l.Kind is LocalKind.Parameter or LocalKind.Variable && l.Name.Length > 0 && (l.InMemory || l.Type is PointerType)).Select(l => l.Id),
            ];
        return locals;
    }

    private static ValueFacts? FactsOf(object value, VerifierState state) => value switch
    {
        RegState register => OfRegister(register, state),
        StackObject memory when memory.At(0) is { } slot => OfSlot(slot, state),
        _ => null,
    };

    private static ValueFacts? OfSlot(StackSlot slot, VerifierState state) => slot.Kind switch
    {
        SlotKind.Spill => OfRegister(slot.Value, state),
        SlotKind.Dynptr => new(ValueKind.Dynptr) { Name = slot.Name, Owned = OwnerOf(slot.RefObjId, state) },
        SlotKind.Iterator => new(ValueKind.Iterator) { Name = slot.Name, Owned = OwnerOf(slot.RefObjId, state) },
        _ => new(ValueKind.IrqFlag) { Owned = OwnerOf(slot.RefObjId, state) },
    };

    private static ValueFacts? OfRegister(RegState value, VerifierState state)
    {
        if (value.IsUnknown) return null;
        if (value.IsScalar && value.Lost is LostPointer.None or LostPointer.KnownNull or LostPointer.Drained or LostPointer.RelocatedMemberOfNull) return new(value.IsNull ? ValueKind.Null : ValueKind.Scalar);
        return new(value.Lost != LostPointer.None ? ValueKind.Scalar : KindOf(value.Type))
        {
            Name = value.Map?.Name ?? (value.Field is null && value.Struct.Length == 0 ? value.Object : value.PointeeName),
            Trust = value.IsObject ? TrustOf(value) : ValueTrust.None,
            MayBeNull = value.MayBeNull,
            IsAllocated = value.Is(TypeFlags.MemAlloc),
            IsNonOwning = value.Is(TypeFlags.NonOwnRef),
            IsReadOnly = value.Is(TypeFlags.MemRdonly),
            Owned = OwnerOf(value.RefObjId, state),
            LostTo = value.Lost != LostPointer.None ? value.Source : "",
        };
    }

    /// <summary>Source: kernel/bpf/verifier.c, is_trusted_reg: what is owned is trusted, whatever its flags say.</summary>
    private static ValueTrust TrustOf(RegState value) =>
        value.Is(TypeFlags.PtrUntrusted) ? ValueTrust.Untrusted
        : value.RefObjId != 0 || value.Is(TypeFlags.PtrTrusted) ? ValueTrust.Trusted
        : value.Is(TypeFlags.MemRcu) ? ValueTrust.Rcu
        : value.Is(TypeFlags.TrustUnknown | TypeFlags.MayBeRcu) ? ValueTrust.Unknown
        : ValueTrust.None;

    private static OwnedReference? OwnerOf(int refObjId, VerifierState state) =>
        refObjId != 0 && state.FindReference(refObjId) is { } reference ? OwnerOf(reference) : null;

    private static OwnedReference? OwnerOf(ReferenceState reference) =>
        reference.IsLock ? null : new(reference.AcquiredBy, reference.Struct, reference.Variable, reference.AcquiredAt);

    private static ValueKind KindOf(RegType type) => type switch
    {
        RegType.PtrToCtx => ValueKind.Context,
        RegType.ConstPtrToMap => ValueKind.Map,
        RegType.PtrToMapValue => ValueKind.MapValue,
        RegType.PtrToStack => ValueKind.Stack,
        RegType.PtrToBtfId => ValueKind.Object,
        RegType.PtrToMem => ValueKind.Memory,
        RegType.PtrToPacket => ValueKind.Packet,
        RegType.PtrToFunc => ValueKind.Function,
        RegType.PtrToSockCommon or RegType.PtrToSocket or RegType.PtrToTcpSock => ValueKind.Socket,
        RegType.ConstPtrToDynptr => ValueKind.Dynptr,
        _ => ValueKind.Unknown,
    };
}
