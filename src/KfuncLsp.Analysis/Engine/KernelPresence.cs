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
        var built = program.Model.Built;
        if (built?.Lacks(name) == true) return false;
        var isThere = built?.Has(name) == true;
        if (program.Model.FindKfunc(external.Name) is { } kfunc)
            return (kfunc.MayBeInModule || kfunc.IsTest) && external.IsWeak && !isThere ? null
                : PrototypeMatch.Matches(external.Prototype, kfunc) || !external.IsWeak;
        return IsKnownElsewhere(name) && !isThere ? false : null;
    }

    /// <summary>Whether a kernel that is known has a kfunc of this name, be it not the target.</summary>
    public static bool IsKnownElsewhere(string name)
    {
        foreach (var version in KernelModels.Versions)
            if (KernelModels.For(version)?.FindKfunc(name) is not null) return true;
        return false;
    }
}
