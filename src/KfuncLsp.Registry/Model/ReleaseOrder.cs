namespace KfuncLsp.Registry;

/// <summary>Which release came after which.</summary>
public static class ReleaseOrder
{
    /// <summary>The last minor version of a major one, as 5.19 and 6.19 were.</summary>
    private const int LastMinor = 19;

    /// <summary>Whether a series came right after another one: 6.13 after 6.12, and 7.0 after 6.19.</summary>
    public static bool Follows(this KernelVersion later, KernelVersion earlier) =>
        later.Major == earlier.Major ? later.Minor == earlier.Minor + 1 : later.Major == earlier.Major + 1 && later.Minor == 0 && earlier.Minor == LastMinor;
}
