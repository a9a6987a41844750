using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A callback throws, or throws a value that the program must not return.</summary>
internal static class KF0414ThrowInCallback
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0414", "throw-in-callback", "Callbacks cannot throw, and a thrown value is a return value", "exc-throw-in-callback", "ret-range", "exc-cb-signature");

    private const string Thrown = "thrown", Returned = "returned";

    public static void Check(Site site, KfuncCall meta)
    {
        var place = site.At(meta.Call.CalleeSpan);
        if (ExceptionCallback.IsInCallback(site.State))
            place.Report(Rule, "a callback cannot throw: nothing would clean up what called it", "exc-throw-in-callback", site.Kernel("exc-throw-in-callback", null));
        if (ExceptionCallback.NameOf(site.Program.Program) is null && meta.Arguments is [var cookie, ..]) CheckValue(place, cookie, "R1", Thrown);
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
    public static void AtReturn(Site site, RegState value) => CheckValue(site, value, "R0", Returned);

    /// <summary>A value that becomes the program's own. That of a global function is looked at by newer kernels only.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_return_code: of LSM programs the lower half counts, of others all of the register.</remarks>
    private static void CheckValue(Site site, RegState value, string register, string what)
    {
        if ((site.State.Frames[0].Kind == FrameKind.Global && !site.Traits.GlobalThrowsEndPaths) || site.Program.Kind is not { } kind || KF0415ReturnValue.Allowed(kind, site.Model) is not { } allowed) return;
        if (!value.IsScalar || value.IsLeftToLoader) return;
        if (value.ConstValue is { } constant)
        {
            // The compiler leaves zeros above what an int function returns.
            if (what == Returned && site.State.Top.Function is { IsNaked: false, ReturnType: IntType { Bits: <= 32 } }) constant = (uint)constant;
            var counted = kind.Type == ProgramType.Lsm ? (int)constant : constant;
            if (counted < allowed.Least || counted > allowed.Most) Report($"{(what == Returned ? (int)constant : constant)} is {what}, but a program of this type may return {KF0415ReturnValue.InWords(allowed)}", constant, constant);
        }
        else if (allowed == (0, 0) ? value.IsRuntimeValue && value.Range.Contains(0) : KF0415ReturnValue.IsAnyNumber(value))
            Report($"any number may be {what} here, but a program of this type may return {KF0415ReturnValue.InWords(allowed)}", value.Range.Min, value.Range.Max);

        void Report(string message, long least, long most)
        {
            var range = value.Range.IsAny ? "unknown scalar value" : $"smin={least} smax={most}";
            site.Report(Rule, message, "ret-range", $"At program exit the register {register} has {range} should have been in [{allowed.Least}, {allowed.Most}]");
        }
    }
}
