using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A callback throws, or throws a value that the program must not return.</summary>
internal static class KF0414ThrowInCallback
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0414", "throw-in-callback", "Callbacks cannot throw, and a thrown value is a return value", "exc-throw-in-callback", "ret-range", "exc-cb-signature");

    public static void Check(Site site, KfuncCall meta)
    {
        var place = site.At(meta.Call.CalleeSpan);
        if (ExceptionCallback.IsInCallback(site.State))
            place.Report(Rule, "a callback cannot throw: nothing would clean up what called it", "exc-throw-in-callback", site.Kernel("exc-throw-in-callback", null));
        if (ExceptionCallback.NameOf(site.Program.Program) is null && meta.Arguments is [var cookie, ..]) CheckValue(place, cookie, "R1", "thrown");
    }

    /// <summary>A callback that leaves by a tail call: newer kernels let none.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_helper_call.</remarks>
    public static void AtTailCall(Site place)
    {
        const string Condition = "exc-cb-signature";
        if (!ExceptionCallback.IsInCallback(place.State) || place.Kernel(Condition, "cannot tail call within callback") is not { Length: > 0 } kernel) return;
        place.Report(Rule, "a callback cannot leave by a tail call: nothing would return to what called it", Condition, kernel);
    }

    /// <summary>What an exception callback returns: it becomes the program's return value.</summary>
    public static void AtReturn(Site site, RegState value) => CheckValue(site, value, "R0", "returned");

    private static void CheckValue(Site site, RegState value, string register, string what)
    {
        if (site.Program.Kind is not { Type: ProgramType.Tracing, AttachType: "TRACE_FENTRY" or "TRACE_FEXIT" } || !value.IsScalar || value.IsNull || value.IsLeftToLoader) return;
        if (!value.Range.IsConst && !(value.IsRuntimeValue && value.Range.Contains(0))) return;
        var range = value.Range.IsAny ? "unknown scalar value" : $"smin={value.Range.Min} smax={value.Range.Max}";
        site.Report(Rule, $"this program may only return 0, and so nothing else can be {what}", "ret-range", $"At program exit the register {register} has {range} should have been in [0, 0]");
    }
}
