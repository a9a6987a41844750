namespace KfuncLsp.Ir;

/// <summary>How much a section of variables can hold.</summary>
public static class SectionRoom
{
    /// <summary>What alignment may leave empty before a variable, at most.</summary>
    private const int MostPadding = 63;

    /// <summary>The most bytes that a section can have from the start of any of its variables on: a variable lies in its section's map, where what follows it may be used, too.</summary>
    /// <remarks>Errors: null where a variable has no size.</remarks>
    public static long? Of(IEnumerable<GlobalVar> globals, string section)
    {
        var size = (long)-MostPadding;
        foreach (var global in globals)
        {
            if (global.Section != section) continue;
            if (global.Type.Size <= 0) return null;
            size += global.Type.Size + MostPadding;
        }

        return size;
    }
}
