namespace KfuncLsp.Registry.Facts;

/// <summary>The yes-or-no traits in the order in which the binary form holds them.</summary>
internal static class TraitBits
{
    public const int Count = 33;

    public static bool[] Of(VerifierTraits traits) =>
    [
        traits.TrustedArgsByDefault, traits.HasTrustedPointers, traits.TrustedKfuncResults, traits.RcuLockNests, traits.AtomicRegionsAreRcu, traits.GlobalCallsInPreemptRegion,
        traits.LazyGlobalSubprograms, traits.StaticCallsUnderLock, traits.SleepableCheckedFirst, traits.CallbackReferencesApart, traits.TimerCallbackInheritsSleepable,
        traits.RcuProtectedOnAllCalls, traits.KptrTagIsReferenced, traits.ArgumentsAreRegisters, traits.ReleaseIsFirstArgument, traits.LeakNamesExit, traits.KnowsConstantKeys,
        traits.ClonedDynptrsMayBeOverwritten, traits.DivisionHasBounds,
        traits.StructOpsReturnsReferences, traits.ChecksPlaceOfStackObjects, traits.KprobeSessionsAnswer, traits.UprobeSessionsAnswer,
        traits.RefcountAcquireTrustsAnyObject, traits.GlobalThrowsEndPaths, traits.CallbacksRunAgain,
        traits.LendsSyscallContextOnly, traits.RefusesSplitBytes, traits.TracepointsMaySleep,
        traits.RefcountAcquireWantsStart, traits.SetRetvalHasRange, traits.TreesGiveUpOwnedNodes,
        traits.UntrustedObjectsAreOurs,
    ];

    public static VerifierTraits From(bool[] bits, bool? typeTags, IReadOnlySet<string> helpers, IReadOnlySet<string> kfuncs) => new()
    {
        TrustedArgsByDefault = bits[0], HasTrustedPointers = bits[1], TrustedKfuncResults = bits[2], RcuLockNests = bits[3], AtomicRegionsAreRcu = bits[4], GlobalCallsInPreemptRegion = bits[5],
        LazyGlobalSubprograms = bits[6], StaticCallsUnderLock = bits[7], SleepableCheckedFirst = bits[8], CallbackReferencesApart = bits[9], TimerCallbackInheritsSleepable = bits[10],
        RcuProtectedOnAllCalls = bits[11], KptrTagIsReferenced = bits[12], ArgumentsAreRegisters = bits[13], ReleaseIsFirstArgument = bits[14], LeakNamesExit = bits[15], KnowsConstantKeys = bits[16],
        ClonedDynptrsMayBeOverwritten = bits[17], DivisionHasBounds = bits[18],
        StructOpsReturnsReferences = bits[19], ChecksPlaceOfStackObjects = bits[20], KprobeSessionsAnswer = bits[21], UprobeSessionsAnswer = bits[22],
        RefcountAcquireTrustsAnyObject = bits[23], GlobalThrowsEndPaths = bits[24], CallbacksRunAgain = bits[25],
        LendsSyscallContextOnly = bits[26], RefusesSplitBytes = bits[27], TracepointsMaySleep = bits[28],
        RefcountAcquireWantsStart = bits[29], SetRetvalHasRange = bits[30], TreesGiveUpOwnedNodes = bits[31],
        UntrustedObjectsAreOurs = bits[32],
        BtfHasTypeTags = typeTags, HelpersUnderLock = helpers, KfuncsUnderLock = kfuncs,
    };
}
