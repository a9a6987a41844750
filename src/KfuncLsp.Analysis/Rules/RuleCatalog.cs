using System.Collections.Immutable;

namespace KfuncLsp.Analysis.Rules;

/// <summary>Every rule, in the order of its code.</summary>
public static class RuleCatalog
{
    public static ImmutableArray<RuleInfo> All { get; } =
    [
        KF0101UnreleasedReference.Rule, KF0102UseAfterRelease.Rule, KF0103UnownedRelease.Rule,
        KF0201UncheckedNullArgument.Rule, KF0202UncheckedNullDereference.Rule, KF0203UncheckedNullArithmetic.Rule, KF0204ScalarDereference.Rule,
        KF0301UntrustedArgument.Rule, KF0302NotRcuPointer.Rule, KF0303UnmatchedRcuUnlock.Rule, KF0304NestedRcuLock.Rule,
        KF0305MissingRcuUnlock.Rule, KF0306MissingRcuSection.Rule, KF0307KernelObjectWrite.Rule, KF0308ObjectOffset.Rule, KF0309MemberBounds.Rule, KF0310ContextAccess.Rule, KF0311PercpuAccess.Rule,
        KF0401SleepableInNonSleepable.Rule, KF0402SleepableInCriticalSection.Rule, KF0403CallUnderLock.Rule,
        KF0404UnmatchedPreemptEnable.Rule, KF0405MissingPreemptEnable.Rule, KF0406IrqFlag.Rule, KF0407MissingUnlock.Rule,
        KF0408UnmatchedUnlock.Rule, KF0409SecondLock.Rule, KF0410GraphWithoutLock.Rule, KF0411GlobalCallInRegion.Rule, KF0412MissingIrqRestore.Rule,
        KF0413WrongLockField.Rule, KF0414ThrowInCallback.Rule, KF0415ReturnValue.Rule,
        KF0501IteratorState.Rule,
        KF0601DynptrState.Rule, KF0602DynptrOverwrite.Rule, KF0603OutOfBounds.Rule, KF0604ReadOnlyWrite.Rule, KF0605PacketWrite.Rule,
        KF0701NotCallable.Rule, KF0702MissingKfunc.Rule, KF0703UndeclaredKfunc.Rule, KF0704UnknownKsym.Rule, KF0705NonGplProgram.Rule,
        KF0706MissingCapability.Rule, KF0707WrongPrototype.Rule, KF0708GraphInTracing.Rule, KF0709ExceptionCallback.Rule, KF0710AttachTarget.Rule,
        KF0801WrongObject.Rule, KF0802NotConstant.Rule, KF0803NotConstString.Rule, KF0804NotContext.Rule, KF0805WrongMap.Rule,
        KF0806NotAllocatedObject.Rule, KF0807UnownedExchange.Rule,
        KF0808SpecialFieldAccess.Rule, KF0809KptrAccess.Rule, KF0810WrongGraphNode.Rule, KF0811WrongObjectType.Rule, KF0812GlobalFunctionArgument.Rule, KF0813WrongCallback.Rule,
    ];

    /// <summary>A rule by its code or its slug; null where there is none.</summary>
    public static RuleInfo? Find(string codeOrSlug) =>
        All.FirstOrDefault(r => r.Id.Code.Equals(codeOrSlug, StringComparison.OrdinalIgnoreCase) || r.Id.Slug == codeOrSlug);
}
