namespace KfuncLsp.Analysis.State;

/// <summary>What a value is: the kernel's <c>enum bpf_reg_type</c>, with one value more.</summary>
internal enum RegType : byte
{
    /// <summary>Not followed: it may be a pointer or a number, and no rule may be broken by it.</summary>
    Unknown,

    Scalar, PtrToCtx, ConstPtrToMap, PtrToMapValue, PtrToStack, PtrToBtfId, PtrToMem, PtrToPacket, PtrToFunc,
    PtrToSockCommon, PtrToSocket, PtrToTcpSock, ConstPtrToDynptr,
}

/// <summary>The kernel's <c>enum bpf_type_flag</c>, and what we do not know about it.</summary>
[Flags]
internal enum TypeFlags : uint
{
    None = 0,
    PtrMaybeNull = 1 << 0,
    MemRdonly = 1 << 1,
    MemAlloc = 1 << 2,
    MemUser = 1 << 3,
    MemPercpu = 1 << 4,
    PtrUntrusted = 1 << 5,
    PtrTrusted = 1 << 6,
    MemRcu = 1 << 7,
    NonOwnRef = 1 << 8,

    /// <summary>Trust is not known: it was decided by something outside the unit.</summary>
    TrustUnknown = 1 << 16,

    /// <summary>Either a plain pointer or an RCU pointer that may be NULL: the kernel's type tags decide.</summary>
    MayBeRcu = 1 << 17,

    /// <summary>The struct is the program's cast, which the kernel does not see.</summary>
    StructUnknown = 1 << 18,
}

/// <summary>Why a value that the program still uses as a pointer is only a number to the verifier.</summary>
internal enum LostPointer : byte
{
    None,
    Released,
    Unlocked,
    DynptrGone,
    /// <summary>The compiler takes what reads or writes there for unreachable.</summary>
    KnownNull,

    /// <summary>What an iterator gives at its end: NULL to the verifier, and anything to the compiler until the program asks.</summary>
    Drained,

    /// <summary>A member's place in an object that is not there, without CO-RE; where it is one of two choices, the compiler takes what reads it for unreachable.</summary>
    MemberOfNull,

    /// <summary>The same, where the member's offset is relocated: the compiler does not see that the address is NULL's.</summary>
    RelocatedMemberOfNull,
}
