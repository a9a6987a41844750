using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Site;

/// <summary>Where pages are, from the site's root; all but the first few lie one folder deep.</summary>
internal static class SitePaths
{
    /// <summary>From a page one folder deep to the root.</summary>
    public const string Up = "../";

    public static string Kfunc(string name) => $"kfunc/{name}.html";

    public static string Flag(string name) => $"flag/{name}.html";

    /// <summary><c>__arena__nullable</c> is <c>annotation/arena__nullable.html</c>.</summary>
    public static string Annotation(string suffix) => $"annotation/{suffix.TrimStart('_')}.html";

    public static string Type(ProgramType type) => $"type/{KernelNames.Spell(type)}.html";

    public static string Kernel(KernelVersion version) => $"kernel/{version}.html";
}
