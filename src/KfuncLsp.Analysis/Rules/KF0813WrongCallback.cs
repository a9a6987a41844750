using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>What a kfunc or a helper is to call back is not a static function of the program.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_ld_imm, check_kfunc_args, check_reg_type.</remarks>
internal static class KF0813WrongCallback
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0813", "wrong-callback", "A callback is a static function of the program", Condition);

    private const string Condition = "arg-callback-not-func";

    public static bool IsBroken(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument) =>
        IsGlobal(site, meta.Call, parameter.Index, argument, meta.Kfunc.Name)
        || IsNoFunction(site, meta.Call, parameter.Index, argument, meta.Kfunc.Name, Condition, site.Kernel(Condition, "expected pointer to func", site.ArgumentName(parameter.Index)));

    public static bool IsBrokenByHelper(Site site, Call call, int index, string wanted, RegState argument) =>
        wanted.StartsWith("ARG_PTR_TO_FUNC", StringComparison.Ordinal)
        && (IsGlobal(site, call, index, argument, call.HelperName) || IsNoFunction(site, call, index, argument, call.HelperName, "", $"R{index + 1} type={RegNames.Of(argument)} expected=func"));

    private static bool IsGlobal(Site site, Call call, int index, RegState argument, string caller)
    {
        if (argument.Type != RegType.PtrToFunc || site.Program.Unit.FindFunction(argument.Object) is not { IsStatic: false, Section: null } function) return false;
        site.At(call.SpanOf(index)).Report(Rule, $"`{function.DisplayName}` must be static; `{caller}` cannot call it back else", Condition, site.Kernel(Condition, "not static"));
        return true;
    }

    private static bool IsNoFunction(Site site, Call call, int index, RegState argument, string caller, string condition, string kernel)
    {
        var isNumber = argument.IsScalar && argument.Lost == LostPointer.None && !argument.IsLeftToLoader && (argument.Range.IsConst || argument.IsRuntimeValue);
        if (!isNumber && (!argument.IsPointer || argument.Type == RegType.PtrToFunc || argument.IsUntypedArgument)) return false;
        var name = argument.IsNull ? "NULL" : $"`{site.NameOf(call.Arguments[index], "the argument")}`";
        site.At(call.SpanOf(index)).Report(Rule, $"{name} is not a function that `{caller}` could call back", condition, kernel);
        return true;
    }
}
