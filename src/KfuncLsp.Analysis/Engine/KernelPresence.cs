using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Which kfuncs the target kernel has.</summary>
internal static class KernelPresence
{
    /// <summary>Whether libbpf resolves an extern function; null where nothing at hand says so.</summary>
    public static bool? Has(ProgramContext program, ExternFunction external)
    {
        var name = KernelModel.WithoutFlavour(external.Name);
        if (program.Options.KfuncsInKernelBtf is { } present && !present.Contains(external.Name) && !present.Contains(name)) return false;
        if (program.Model.FindKfunc(external.Name) is { } kfunc)
            return (kfunc.MayBeInModule || kfunc.IsTest) && external.IsWeak && program.Options.KfuncsInKernelBtf is null ? null
                : PrototypeMatch.Matches(external.Prototype, kfunc) || !external.IsWeak;
        return IsKnownElsewhere(program, name) ? false : null;
    }

    /// <summary>Whether a kernel that is known has a kfunc of this name, be it not the target.</summary>
    public static bool IsKnownElsewhere(ProgramContext program, string name)
    {
        foreach (var version in KernelModels.Versions)
            if (KernelModels.For(version)?.FindKfunc(name) is not null) return true;
        return false;
    }
}
