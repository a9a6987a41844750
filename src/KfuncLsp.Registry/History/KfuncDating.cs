namespace KfuncLsp.Registry.History;

/// <summary>Dates between two models, by what is known of kfuncs.</summary>
public static class KfuncDating
{
    /// <summary>The release by which all of some kfuncs were there, if that is known and lies after one kernel and not after another.</summary>
    /// <remarks>Shape: <paramref name="names"/> are looked up in <paramref name="model"/>. Errors: null where one is not dated, or out of the range.</remarks>
    public static KernelVersion? ArrivalOf(IEnumerable<string> names, KernelModel model, KernelVersion after)
    {
        KernelVersion? latest = null;
        foreach (var name in names)
        {
            if (model.FindKfunc(name)?.Since is not { } since || since <= after || since > model.Version) return null;
            if (latest is not { } so || since > so) latest = since;
        }

        return latest;
    }
}
