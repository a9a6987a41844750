using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A number that the verifier must know is only known at run time.</summary>
internal static class KF0802NotConstant
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0802", "not-constant", "An argument must be a constant", "arg-not-constant", "arg-not-scalar");

    /// <summary>Checks an integer argument and notes what the call needs to know of it.</summary>
    public static bool IsBroken(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        var place = site.At(meta.SpanOf(parameter.Index));
        if (argument.IsPointer && parameter.Class is KfuncArgClass.Scalar or KfuncArgClass.ConstScalar or KfuncArgClass.MemSize or KfuncArgClass.ConstMemSize
            && argument.Type is not RegType.PtrToPacket && !argument.MayBeNull)
        {
            place.Report(Rule, $"`{meta.Kfunc.Name}` takes a number as `{parameter.Name}`, not a pointer", "arg-not-scalar", site.Kernel("arg-not-scalar", null, site.RegisterName(parameter.Index)));
            return true;
        }

        if (parameter.Class is not (KfuncArgClass.ConstScalar or KfuncArgClass.ConstMemSize or KfuncArgClass.ReturnBufSize)) return false;
        if (parameter.Class == KfuncArgClass.ReturnBufSize)
        {
            meta.ReturnSize = argument.KnownSize;
            meta.ReturnIsReadOnly |= parameter.Name.Contains("rdonly_buf_size", StringComparison.Ordinal);
        }
        else
        {
            meta.Constant = argument;
        }

        if (!argument.IsScalar || argument.Range.IsConst || !argument.IsRuntimeValue) return false;
        var name = site.NameOf(meta.Call.Arguments[parameter.Index], parameter.Name);
        place.Report(Rule, $"`{name}` must be a constant that the verifier knows", "arg-not-constant",
            site.Kernel("arg-not-constant", parameter.Class == KfuncArgClass.ReturnBufSize ? "is not a const" : "must be a known constant", site.RegisterName(parameter.Index)), null, ("variable", name));
        return true;
    }
}
