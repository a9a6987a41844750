using KfuncLsp.Analysis.Rules;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Sorts calls by what they call.</summary>
internal static class CallTransfer
{
    /// <summary>Applies a call; false where the path ends in it.</summary>
    public static bool Apply(PathExplorer explorer, Site site, Call call)
    {
        site = site with { Call = new(site.State.Top.Function.Name, call.Span) };
        if (call.Callee is IndirectCallee indirect && ValueTransfer.Read(site.State, indirect.Target) is { Type: RegType.PtrToFunc } known)
            call = call with { Callee = new DirectCallee(known.Object) };
        if (LeavesTheProgram(site, call.Callee))
        {
            site.State.Loaded = LoadedValues.None;
            site.Program.ReportWithheld(site.State);
        }

        var goesOn = ApplyByCallee(explorer, site, call);
        if (ExitChecks.MayHandBackFromR0(site) && LeavesR0(site, call.Callee))
            site.State.LeftInR0 = call.Result is { } result ? site.State.Top.Locals[result].RefObjId : 0;
        return goesOn;
    }

    /// <summary>Whether a call gives R0 a new value; a function of the program's own may be part of its caller.</summary>
    private static bool LeavesR0(Site site, Callee callee) =>
        callee is not BuiltinCallee && (callee is not DirectCallee direct || site.Program.Unit.FindFunction(direct.Name) is null);

    private static bool ApplyByCallee(PathExplorer explorer, Site site, Call call)
    {
        switch (call.Callee)
        {
            case HelperCallee helper:
                return HelperCallTransfer.Apply(explorer, site, call, helper);
            case DirectCallee direct when site.Program.Unit.FindFunction(direct.Name) is { } callee:
                return SubprogramTransfer.Enter(explorer, site, call, callee);
            case DirectCallee direct when site.Program.Unit.Externs.TryGetValue(direct.Name, out var external):
                return ApplyExtern(explorer, site, call, external);
            case BuiltinCallee { Name: BuiltinCallee.PacketLoad }:
                ExitChecks.AtPacketLoad(site, call);
                if (call.Result is { } word) site.State.Top.Locals[word] = RegState.AnyScalar with { IsRuntimeValue = true };
                return true;
            case BuiltinCallee builtin:
                ApplyLibrary(site, call, builtin.Name);
                return true;
            default:
                Forget(site, call, isKnown: false);
                return true;
        }
    }

    /// <summary>Whether the compiler must think that memory changed. Static functions it sees through.</summary>
    private static bool LeavesTheProgram(Site site, Callee callee) => callee switch
    {
        BuiltinCallee => false,
        DirectCallee direct when site.Program.Unit.FindFunction(direct.Name) is { } function => function.IsGlobalFunction && site.Program.Unit.EffectsOf(function).MayWrite,
        _ => true,
    };

    private static bool ApplyExtern(PathExplorer explorer, Site site, Call call, ExternFunction external)
    {
        if (IsLibraryFunction(external.Name))
        {
            ApplyLibrary(site, call, external.Name);
            return true;
        }

        if (KF0703UndeclaredKfunc.IsBroken(site, call, external) || KF0702MissingKfunc.IsBroken(site, call, external) || KF0707WrongPrototype.IsBroken(site, call, external)) return false;
        KF0704UnknownKsym.IsBroken(site, call, external);
        if (site.Model.FindKfunc(external.Name) is { } kfunc) return KfuncCallTransfer.Apply(explorer, site, call, kfunc);
        site.Program.GiveUp($"nothing is known of `{external.Name}`", site.At(call.CalleeSpan).Where);
        Forget(site, call, isKnown: false);
        return true;
    }

    /// <summary>Functions of C's library that the compiler expands in place.</summary>
    private static bool IsLibraryFunction(string name) => name is "memcmp" or "memcpy" or "memmove" or "memset" or "strlen" or "strcmp" or "strncmp" or "bcmp" or "abs";

    private static void ApplyLibrary(Site site, Call call, string name)
    {
        var result = KnownBytes.Result(site, name, ValueTransfer.Read(site.State, call.Arguments));
        if (!KnownBytes.IsReader(name)) Forget(site, call, isKnown: true);
        if (call.Result is { } target) site.State.Top.Locals[target] = result ?? RegState.Unknown;
    }

    /// <summary>A call of which nothing is known: what it is given may change, be kept or be released.</summary>
    public static void Forget(Site site, Call call, bool isKnown)
    {
        foreach (var argument in call.Arguments)
        {
            var value = ValueTransfer.Read(site.State, argument);
            if (isKnown) MemoryTransfer.Forget(site.State, value, null);
            else MemoryTransfer.Escape(site.State, value);
        }

        if (call.Result is { } result) site.State.Top.Locals[result] = RegState.Unknown;
    }
}
