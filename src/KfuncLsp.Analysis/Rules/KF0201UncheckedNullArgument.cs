using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>An argument that may be NULL where the callee needs an object.</summary>
internal static class KF0201UncheckedNullArgument
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0201", "unchecked-null-argument", "An argument may be NULL", "arg-may-be-null", "helper-arg-may-be-null", "arg-not-btf-pointer", "arg-not-trusted", "arg-not-rcu");

    public static bool IsBroken(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        if (KF0203UncheckedNullArithmetic.IsBroken(site, meta.Call, parameter.Index, argument)) return true;
        if (parameter.IsNullable) return IsBrokenWhereNullable(site, meta, parameter, argument);
        if (!(meta.WantsTrusted(site.Traits) || meta.Has(KfuncFlags.Rcu))) return IsPlaceInside(site, meta, parameter, argument);
        if (parameter.Class == KfuncArgClass.Arena) return false;
        var name = site.NameOf(meta.Call.Arguments[parameter.Index], "the argument");
        var message = argument.MayBeNull || argument.Lost == LostPointer.Drained
            ? $"`{name}` may be NULL here; check it before calling `{meta.Kfunc.Name}`"
            : $"`{meta.Kfunc.Name}` needs a pointer as `{parameter.Name}`; it is always NULL here";
        site.At(meta.SpanOf(parameter.Index)).Report(Rule, message, "arg-may-be-null",
            site.Kernel("arg-may-be-null", null, site.ArgumentName(parameter.Index)), null, ("kfunc", meta.Kfunc.Name), ("variable", name), ("source", argument.Source));
        return true;
    }

    /// <summary>Also a kfunc that asks for no trust takes no place inside an object that may be NULL, such as the node that a tree gave.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_func_arg_reg_off.</remarks>
    private static bool IsPlaceInside(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        if (!argument.MayBeNull || argument.Offset == 0 || argument.IsSocket) return false;
        var name = site.NameOf(meta.Call.Arguments[parameter.Index], "the argument");
        site.At(meta.SpanOf(parameter.Index)).Report(Rule, $"`{name}` may be NULL here; check it before calling `{meta.Kfunc.Name}`", "",
            $"dereference of modified {RegNames.Of(argument)} ptr R{parameter.Index + 1} off={argument.Offset} disallowed", null, ("kfunc", meta.Kfunc.Name), ("variable", name), ("source", argument.Source));
        return true;
    }

    /// <summary>A parameter that takes NULL takes just that: an object must not be one that may be NULL.</summary>
    private static bool IsBrokenWhereNullable(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        if (!argument.MayBeNull || !argument.IsObject || parameter.Class != KfuncArgClass.BtfObject || !site.Traits.HasTrustedPointers || !Trust.IsTrusted(argument.WithoutNull())) return false;
        var (condition, kernel) = ("arg-not-btf-pointer", site.Kernel("arg-not-btf-pointer", "arg#%d is", site.ArgumentName(parameter.Index), RegNames.Of(argument)));
        if (kernel.Length == 0 || (argument.RefObjId == 0 && (meta.WantsTrusted(site.Traits) || meta.Has(KfuncFlags.Rcu))))
        {
            condition = meta.Has(KfuncFlags.Rcu) ? "arg-not-rcu" : "arg-not-trusted";
            kernel = site.Kernel(condition, null, site.RegisterName(parameter.Index));
        }

        var name = site.NameOf(meta.Call.Arguments[parameter.Index], "the argument");
        site.At(meta.SpanOf(parameter.Index)).Report(Rule, $"`{name}` may be NULL here; `{meta.Kfunc.Name}` takes NULL itself, or an object that was checked", condition,
            kernel, null, ("kfunc", meta.Kfunc.Name), ("variable", name), ("source", argument.Source));
        return true;
    }

    public static bool IsBrokenForHelper(Site site, Call call, int index, RegState argument)
    {
        if (!argument.MayBeNull) return false;
        if (!KF0203UncheckedNullArithmetic.IsBroken(site, call, index, argument))
        {
            var name = site.NameOf(call.Arguments[index], "the argument");
            site.At(call.SpanOf(index)).Report(Rule, $"`{name}` may be NULL here; check it before calling `{(call.Callee as HelperCallee)?.Name ?? call.Callee.ToString()}`", "helper-arg-may-be-null",
                site.Kernel("helper-arg-may-be-null", null, site.RegisterName(index)), null, ("variable", name), ("source", argument.Source));
        }

        if (argument.Id != 0) BranchRefinement.MarkNull(site.State, argument.Id, isNull: false);
        return true;
    }
}
