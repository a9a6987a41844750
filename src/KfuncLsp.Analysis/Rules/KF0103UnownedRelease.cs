using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A release of something that is not owned: never acquired, borrowed, or released before.</summary>
internal static class KF0103UnownedRelease
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0103", "unowned-release", "A pointer is released that is not owned",
        "release-unreferenced", "release-helper-unreferenced", "release-offset", "arg-not-btf-pointer", "arg-mem-type", "release-in-callback");

    /// <summary>Whether the released argument of a kfunc carries no reference.</summary>
    public static bool IsBroken(Site site, KfuncCall meta, int index, RegState argument)
    {
        if (argument.RefObjId != 0 || argument.IsNull || argument.IsUnknown) return false;
        if (argument.IsScalar && argument.Lost == LostPointer.None && !argument.IsRuntimeValue) return false;
        var name = index < meta.Call.Arguments.Count ? site.NameOf(meta.Call.Arguments[index], "the argument") : "the argument";
        var message = argument.Lost switch
        {
            LostPointer.Released => ReleasedTwice(name, argument),
            LostPointer.Unlocked => $"`{name}` is no longer valid here: the lock that protected it was released",
            _ => $"`{name}` is not owned here; only what was acquired can be passed to `{meta.Kfunc.Name}`",
        };
        var kernel = site.Traits.ReleaseIsFirstArgument
            ? site.Kernel("release-unreferenced", null, meta.Kfunc.Name, site.RegisterName(index))
            : site.Kernel("release-unreferenced", null, meta.Kfunc.Name);
        site.At(meta.Call.CalleeSpan).Report(Rule, message, "release-unreferenced", kernel, null, ("kfunc", meta.Kfunc.Name), ("variable", name));
        return true;
    }

    /// <summary>Whether the released argument points into its object, not to its start.</summary>
    public static bool IsInside(Site site, KfuncCall meta, int index, RegState argument)
    {
        if (argument.Offset == 0 || argument.HasVariableOffset || argument.RefObjId == 0 || !argument.IsObject) return false;
        var name = site.NameOf(meta.Call.Arguments[index], "the argument");
        site.At(meta.SpanOf(index)).Report(Rule, $"`{name}` points {argument.Offset} bytes into its object; `{meta.Kfunc.Name}` takes its start", "release-offset",
            site.Kernel("release-offset", null, site.RegisterName(index)), null, ("kfunc", meta.Kfunc.Name), ("variable", name));
        return true;
    }

    /// <summary>Whether a callback releases what its caller owns; older kernels account for a callback's references by themselves.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, release_reference_state. A function that the callback calls may be part of it, or not: the compiler decides.</remarks>
    public static bool IsCallers(Site site, KfuncCall meta, RegState argument)
    {
        if (!site.Traits.CallbackReferencesApart || site.State.Top.Kind != FrameKind.Callback || site.State.FindReference(argument.RefObjId) is not { CallbackDepth: 0 }) return false;
        site.At(meta.Call.CalleeSpan).Report(Rule, $"a callback can release only what it acquired itself, not what `{meta.Kfunc.Name}` is given here", "release-in-callback",
            site.Kernel("release-in-callback", null, meta.Kfunc.Name), null, ("kfunc", meta.Kfunc.Name));
        return true;
    }

    public static string ReleasedTwice(string name, RegState argument) =>
        $"`{name}` was already given away by `{argument.Source}`; it must not be released again";

    /// <summary>The same for a helper that releases.</summary>
    public static bool IsBrokenByHelper(Site site, Call call, int index, RegState argument, string helper)
    {
        if (argument.RefObjId != 0 || argument.IsNull || argument.IsUnknown || (argument.IsScalar && argument.Lost == LostPointer.None)) return false;
        var name = site.NameOf(call.Arguments[index], "the argument");
        var kernel = site.Traits.ReleaseIsFirstArgument
            ? site.Kernel("release-helper-unreferenced", "release helper", helper, site.RegisterName(index))
            : site.Kernel("release-helper-unreferenced", "must be referenced", site.RegisterName(index));
        var message = argument.Lost == LostPointer.Released ? $"`{name}` was already given away by `{argument.Source}`" : $"`{name}` is not owned here; `{helper}` takes only what was acquired";
        site.At(call.CalleeSpan).Report(Rule, message, "release-helper-unreferenced", kernel, null, ("variable", name));
        return true;
    }
}
