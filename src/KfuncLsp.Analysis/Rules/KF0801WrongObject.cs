using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>An argument that is not the kernel object that a kfunc works on.</summary>
internal static class KF0801WrongObject
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0801", "wrong-object", "An argument is not the object that a kfunc needs", "arg-type-mismatch", "arg-not-btf-pointer", "arg-mem-type");

    public static bool IsBroken(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        if (parameter.PointeeStruct is not { } wanted) return IsObjectForMemory(site, meta, parameter, argument);
        if (argument.IsObject || argument.IsSocket || argument.Type == RegType.ConstPtrToMap)
        {
            if (IsUntrusted(site, meta, parameter, argument) || IsModified(site, meta, parameter, argument)) return true;
            return argument.IsObject && IsOtherStruct(site, meta, parameter, argument, wanted);
        }

        if (parameter.PointeeIsScalarOnly != false) return false;
        var isPlainNumber = argument.IsScalar && (argument.Lost != LostPointer.None || argument.IsRuntimeValue || argument.IsNull);
        if (!isPlainNumber && argument.Type is not (RegType.PtrToStack or RegType.PtrToMapValue or RegType.PtrToMem or RegType.PtrToCtx)) return false;
        return NotAnObject(site, meta, parameter, argument, wanted);
    }

    /// <summary>An object where a kfunc takes plain memory that is not a struct.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, get_kfunc_ptr_arg_type; check_helper_mem_access.</remarks>
    public static bool IsObjectForMemory(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        if (!argument.IsObject || argument.Is(TypeFlags.MemPercpu) || parameter.PointeeStruct is not null || parameter.Class is not (KfuncArgClass.MemWithSize or KfuncArgClass.FixedMem)) return false;
        var name = site.NameOf(meta.Call.Arguments[parameter.Index], "the argument");
        const string Condition = "arg-mem-type";
        site.At(meta.SpanOf(parameter.Index)).Report(Rule, $"`{name}` is a kernel object, but `{meta.Kfunc.Name}` takes plain memory", Condition,
            site.Kernel(Condition, "args#%d pointer type", meta.Kfunc.Name, parameter.Index, "INT", "char"), null, ("kfunc", meta.Kfunc.Name), ("variable", name));
        return true;
    }

    /// <summary>A number, or what was given away, where a kfunc takes plain memory.</summary>
    public static bool IsNumberForMemory(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        if (parameter.Class == KfuncArgClass.BtfObject && parameter.PointeeIsScalarOnly == false) return false;
        var isGone = argument.Lost is LostPointer.Released or LostPointer.Unlocked or LostPointer.DynptrGone;
        if (!KF0603OutOfBounds.IsNumber(site, argument) && (!argument.IsScalar || argument.Range.IsConst || !(isGone || (argument.Lost == LostPointer.None && argument.IsRuntimeValue)))) return false;
        if (site.Program.Unit.HasArena && !isGone) return false;
        var name = site.NameOf(meta.Call.Arguments[parameter.Index], "the argument");
        var (rule, place, message) = AsUsed(meta, parameter, name, argument, $"`{name}` is only a number to the verifier, but `{meta.Kfunc.Name}` takes memory");
        site.At(place).Report(rule, message, "", $"R{parameter.Index + 1} type=scalar expected=fp", null, ("kfunc", meta.Kfunc.Name), ("variable", name));
        return true;
    }

    /// <summary>A number, or what was given away, where a helper takes memory or an object.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_reg_type.</remarks>
    public static bool IsBrokenByHelper(Site site, Call call, int index, string wanted, RegState argument)
    {
        if (IsOwnObjectForMemory(site, call, index, wanted, argument)) return true;
        var isGone = argument.Lost is LostPointer.Released or LostPointer.Unlocked or LostPointer.DynptrGone;
        var isNull = argument.IsNull && !argument.IsLeftToLoader && !HelperArguments.TakesNull(wanted);
        if (!argument.IsScalar || (argument.Range.IsConst && !isNull) || RegNames.ExpectedBy(site, wanted) is not { } expected) return false;
        if (!isGone && (site.Program.Unit.HasArena || (!isNull && (argument.Lost != LostPointer.None || !argument.IsRuntimeValue)))) return false;
        var (name, helper) = (site.NameOf(call.Arguments[index], "the argument"), call.HelperName);
        var (rule, message) = isGone ? (KF0102UseAfterRelease.Rule, KF0102UseAfterRelease.Message(name, argument))
            : isNull ? (KF0201UncheckedNullArgument.Rule, $"`{helper}` needs a pointer here; it is always NULL")
            : (Rule, $"`{name}` is only a number to the verifier, but `{helper}` takes a pointer");
        site.At(call.SpanOf(index)).Report(rule, message, "", $"R{index + 1} type=scalar expected={expected}", null, ("variable", name));
        return true;
    }

    /// <summary>An object from <c>bpf_obj_new</c>, which no helper takes as memory.</summary>
    private static bool IsOwnObjectForMemory(Site site, Call call, int index, string wanted, RegState argument)
    {
        if (!argument.IsObject || argument.MayBeNull || argument.Flags != TypeFlags.MemAlloc) return false;
        if (!RegNames.IsMemory(wanted) || RegNames.ExpectedBy(site, wanted) is not { } expected) return false;
        var (name, helper) = (site.NameOf(call.Arguments[index], "the argument"), call.HelperName);
        site.At(call.SpanOf(index)).Report(Rule, $"`{name}` lies in an object from `bpf_obj_new`; `{helper}` takes plain memory", "",
            $"R{index + 1} type={RegNames.Of(argument)} expected={expected}", null, ("variable", name));
        return true;
    }

    public static bool IsUntrusted(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        if (!site.Traits.HasTrustedPointers || !(meta.WantsTrusted(site.Traits) || meta.Has(KfuncFlags.Rcu)) || Trust.IsTrusted(argument)) return false;
        return KF0301UntrustedArgument.IsBroken(site, meta, parameter, argument) || KF0302NotRcuPointer.IsBroken(site, meta, parameter, argument);
    }

    /// <summary>Also a kfunc that asks for no trust takes no object that may be NULL or stale.</summary>
    public static bool IsModified(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        if (!site.Traits.HasTrustedPointers || !argument.IsObject || argument.Is(TypeFlags.MemRcu | TypeFlags.TrustUnknown | TypeFlags.MayBeRcu) || !argument.Is(TypeFlags.PtrMaybeNull | TypeFlags.PtrUntrusted)) return false;
        if (meta.WantsTrusted(site.Traits) || meta.Has(KfuncFlags.Rcu) || parameter.PointeeStruct is not { } wanted || parameter.IsNullable) return false;
        var kernel = site.Kernel("arg-not-btf-pointer", "arg#%d is", site.ArgumentName(parameter.Index), RegNames.Of(argument));
        if (kernel.Length == 0) return false;
        var name = site.NameOf(meta.Call.Arguments[parameter.Index], "the argument");
        var message = argument.MayBeNull ? $"`{name}` may be NULL here; check it before calling `{meta.Kfunc.Name}`" : $"`{name}` is not a valid `struct {wanted}` here: nobody keeps it alive";
        site.At(meta.SpanOf(parameter.Index)).Report(argument.MayBeNull ? KF0201UncheckedNullArgument.Rule : Rule, message, "arg-not-btf-pointer", kernel, null, ("kfunc", meta.Kfunc.Name), ("variable", name));
        return true;
    }

    private static bool NotAnObject(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument, string wanted)
    {
        var name = site.NameOf(meta.Call.Arguments[parameter.Index], "the argument");
        var (rule, place, message) = AsUsed(meta, parameter, name, argument, $"`{name}` is not a `struct {wanted}` of the kernel");
        var (condition, kernel) = site.Traits.ArgumentsAreRegisters
            ? ("arg-not-btf-pointer", site.Kernel("arg-not-btf-pointer", "expected %s %s", site.ArgumentName(parameter.Index), RegNames.Of(argument), "STRUCT", wanted))
            : ("arg-mem-type", site.Kernel("arg-mem-type", "must point to", parameter.Index, "STRUCT", wanted, ""));
        site.At(place).Report(rule, message, condition, kernel, null, ("kfunc", meta.Kfunc.Name), ("variable", name));
        return true;
    }

    /// <summary>What was given away is a second release or a use after it, whatever the kernel finds it is not; all else is the wrong object.</summary>
    private static (RuleInfo Rule, Span Place, string Message) AsUsed(KfuncCall meta, KfuncParameter parameter, string name, RegState argument, string wrong) =>
        argument.Lost != LostPointer.Released ? (Rule, meta.SpanOf(parameter.Index), wrong)
        : meta.IsRelease ? (KF0103UnownedRelease.Rule, meta.Call.CalleeSpan, KF0103UnownedRelease.ReleasedTwice(name, argument))
        : (KF0102UseAfterRelease.Rule, meta.SpanOf(parameter.Index), KF0102UseAfterRelease.Message(name, argument));

    private static bool IsOtherStruct(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument, string wanted)
    {
        if (argument.Is(TypeFlags.StructUnknown) || argument.Struct.Length == 0 || argument.HasVariableOffset) return false;
        var isStrict = (meta.IsRelease && argument.RefObjId != 0) || wanted.EndsWith("___init", StringComparison.Ordinal) != argument.Struct.EndsWith("___init", StringComparison.Ordinal);
        if (MayBe(site, argument, wanted, isStrict)) return false;
        var name = site.NameOf(meta.Call.Arguments[parameter.Index], "the argument");
        var register = $"R{parameter.Index + 1}";
        var kernel = site.Traits.ArgumentsAreRegisters
            ? site.Kernel("arg-type-mismatch", "has a pointer to", meta.Kfunc.Name, register, "STRUCT", wanted, register, "STRUCT", argument.Struct)
            : site.Kernel("arg-type-mismatch", "has a pointer to", meta.Kfunc.Name, parameter.Index, "STRUCT", wanted, parameter.Index + 1, "STRUCT", argument.Struct);
        site.At(meta.SpanOf(parameter.Index)).Report(Rule, $"`{name}` is a `struct {argument.Struct}`, but `{meta.Kfunc.Name}` takes a `struct {wanted}`", "arg-type-mismatch", kernel, null,
            ("kfunc", meta.Kfunc.Name), ("variable", name));
        return true;
    }

    /// <summary>Whether a struct is another one, or may begin with it.</summary>
    public static bool MayBeginWith(Site site, string name, string wanted) => !IsSurelyOther(site, KernelModel.WithoutFlavour(name), wanted, 0);

    /// <summary>Whether the object, or what lies at its start, may be the wanted struct.</summary>
    private static bool MayBe(Site site, RegState argument, string wanted, bool isStrict)
    {
        var name = KernelModel.WithoutFlavour(argument.Struct);
        if (argument.Struct == wanted || (!isStrict && name == wanted)) return argument.Offset == 0;
        if (isStrict && argument.Offset == 0) return false;
        if (argument.Offset != 0) return argument.Field is not { Type: StructType member } || member.Name == wanted || !IsSurelyOther(site, member.Name, wanted, 0);
        return (MayBeMore(site, argument) && IsWholeOf(site, name, wanted)) || !IsSurelyOther(site, name, wanted, 0);
    }

    /// <summary>Whether an object is as struct_ops gave it, which may be more than its prototype says: a congestion control's <c>struct sock</c> is a <c>struct tcp_sock</c>.</summary>
    private static bool MayBeMore(Site site, RegState argument) =>
        site.Program.Kind is null or { Type: ProgramType.StructOps } && (!site.Traits.HasTrustedPointers || argument.Is(TypeFlags.PtrTrusted | TypeFlags.TrustUnknown));

    private static bool IsWholeOf(Site site, string name, string wanted) => site.Model.Beginnings.TryGetValue(wanted, out var whole) && whole.Contains(name);

    /// <summary>Whether nothing at the start of a struct is the wanted one: as the kernel has it, else as far down as the unit tells.</summary>
    private static bool IsSurelyOther(Site site, string name, string wanted, int depth)
    {
        if (name == wanted || depth > 4) return false;
        if (site.Model.Beginnings.TryGetValue(name, out var begins)) return !begins.Contains(wanted);
        if (site.Program.Unit.FindStruct(name) is not { IsForward: false } definition) return false;
        var first = definition.Fields.Where(f => f.BitOffset == 0).ToArray();
        if (first.Length == 0 && !definition.IsComplete) return false;
        return first.All(f => f.Type is not StructType inner || IsSurelyOther(site, inner.Name, wanted, depth + 1));
    }
}
