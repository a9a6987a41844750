namespace KfuncLsp.Analysis.Engine;

/// <summary>Which licences the kernel counts as GPL compatible.</summary>
/// <remarks>Source: include/linux/license.h, license_is_gpl_compatible.</remarks>
internal static class Licence
{
    public static bool IsGplCompatible(string? licence) =>
        licence is "GPL" or "GPL v2" or "GPL and additional rights" or "Dual BSD/GPL" or "Dual MIT/GPL" or "Dual MPL/GPL";
}
