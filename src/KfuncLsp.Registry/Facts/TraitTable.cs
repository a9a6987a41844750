using System.Collections.Immutable;

namespace KfuncLsp.Registry.Facts;

/// <summary>Rows of <c>traits.json</c> → <see cref="VerifierTraits"/>.</summary>
public static class TraitTable
{
    public static VerifierTraits For(KernelVersion version, BehaviourFacts facts)
    {
        bool Holds(string trait) => facts.Traits.Any(r => r.Trait == trait && VersionRange.Of(r.Since, r.Until).Contains(version));
        ImmutableHashSet<string> Names(string list) =>
            facts.Names.Where(r => r.List == list && VersionRange.Of(r.Since, r.Until).Contains(version)).SelectMany(r => r.Names).ToImmutableHashSet(StringComparer.Ordinal);
        return new()
        {
            TrustedArgsByDefault = Holds("trustedArgsByDefault"),
            HasTrustedPointers = Holds("hasTrustedPointers"),
            TrustedKfuncResults = Holds("trustedKfuncResults"),
            RcuLockNests = Holds("rcuLockNests"),
            AtomicRegionsAreRcu = Holds("atomicRegionsAreRcu"),
            GlobalCallsInPreemptRegion = Holds("globalCallsInPreemptRegion"),
            LazyGlobalSubprograms = Holds("lazyGlobalSubprograms"),
            StaticCallsUnderLock = Holds("staticCallsUnderLock"),
            SleepableCheckedFirst = Holds("sleepableCheckedFirst"),
            CallbackReferencesApart = Holds("callbackReferencesApart"),
            TimerCallbackInheritsSleepable = Holds("timerCallbackInheritsSleepable"),
            RcuProtectedOnAllCalls = Holds("rcuProtectedOnAllCalls"),
            KptrTagIsReferenced = Holds("kptrTagIsReferenced"),
            ArgumentsAreRegisters = Holds("argumentsAreRegisters"),
            ReleaseIsFirstArgument = Holds("releaseIsFirstArgument"),
            LeakNamesExit = Holds("leakNamesExit"),
            KnowsConstantKeys = Holds("knowsConstantKeys"),
            ClonedDynptrsMayBeOverwritten = Holds("clonedDynptrsMayBeOverwritten"),
            DivisionHasBounds = Holds("divisionHasBounds"),
            StructOpsReturnsReferences = Holds("structOpsReturnsReferences"),
            ChecksPlaceOfStackObjects = Holds("checksPlaceOfStackObjects"),
            KprobeSessionsAnswer = Holds("kprobeSessionsAnswer"),
            UprobeSessionsAnswer = Holds("uprobeSessionsAnswer"),
            RefcountAcquireTrustsAnyObject = Holds("refcountAcquireTrustsAnyObject"),
            GlobalThrowsEndPaths = Holds("globalThrowsEndPaths"),
            CallbacksRunAgain = Holds("callbacksRunAgain"),
            LendsSyscallContextOnly = Holds("lendsSyscallContextOnly"),
            RefusesSplitBytes = Holds("refusesSplitBytes"),
            TracepointsMaySleep = Holds("tracepointsMaySleep"),
            RefcountAcquireWantsStart = Holds("refcountAcquireWantsStart"),
            SetRetvalHasRange = Holds("setRetvalHasRange"),
            TreesGiveUpOwnedNodes = Holds("treesGiveUpOwnedNodes"),
            UntrustedObjectsAreOurs = Holds("untrustedObjectsAreOurs"),
            HelpersUnderLock = Names("helpersUnderLock"),
            KfuncsUnderLock = Names("kfuncsUnderLock"),
        };
    }

    /// <summary>The names that rows may use.</summary>
    public static readonly ImmutableArray<string> Known =
    [
        "trustedArgsByDefault", "hasTrustedPointers", "trustedKfuncResults", "rcuLockNests", "atomicRegionsAreRcu", "globalCallsInPreemptRegion", "lazyGlobalSubprograms",
        "staticCallsUnderLock", "sleepableCheckedFirst", "callbackReferencesApart", "timerCallbackInheritsSleepable", "rcuProtectedOnAllCalls", "kptrTagIsReferenced",
        "argumentsAreRegisters", "releaseIsFirstArgument", "leakNamesExit", "knowsConstantKeys", "clonedDynptrsMayBeOverwritten", "divisionHasBounds", "structOpsReturnsReferences", "checksPlaceOfStackObjects",
        "kprobeSessionsAnswer", "uprobeSessionsAnswer",
        "refcountAcquireTrustsAnyObject", "globalThrowsEndPaths", "callbacksRunAgain", "lendsSyscallContextOnly", "refusesSplitBytes", "tracepointsMaySleep",
        "refcountAcquireWantsStart", "setRetvalHasRange", "treesGiveUpOwnedNodes", "untrustedObjectsAreOurs",
    ];
}
