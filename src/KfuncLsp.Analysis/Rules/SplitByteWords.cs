using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary>What is said where a member is not known to the kernel for a bit field beside it.</summary>
internal static class SplitByteWords
{
    /// <summary>Why no special member is where a pointer points; null where none is missing for that.</summary>
    /// <remarks>Shape: the reason, and whether all of the object's types are refused.</remarks>
    public static (string Why, bool IsAll)? Of(Site site, RegState pointer)
    {
        if (!site.Traits.RefusesSplitBytes || pointer.Type != RegType.PtrToMapValue) return null;
        var bytes = site.Program.Unit.SplitBytes;
        if (bytes.Refused is { } refused) return (OfObject(refused), true);
        return TypesBeside(site, pointer).Select(bytes.In).FirstOrDefault(f => f is not null) is { } field ? ($"bit field `{field.Field}` of `struct {field.Struct}` begins inside a byte, so the kernel knows no member here", false) : null;
    }

    /// <summary>The types that are looked through together: a map's value, or all that lies in a section.</summary>
    private static IEnumerable<CType> TypesBeside(Site site, RegState pointer)
    {
        if (pointer.Map is { } map) return map.Value is { } value ? [value] : [];
        var globals = site.Program.Unit.Globals;
        return globals.TryGetValue(pointer.Object, out var variable) ? globals.Values.Where(g => g.Section == variable.Section && !g.IsExtern).OrderBy(g => g.Name, StringComparer.Ordinal).Select(g => g.Type) : [];
    }

    public static string OfObject(SplitByte field) => $"bit field `{field.Field}` of `struct {field.Struct}` begins inside a byte: the kernel refuses the object's types";

    /// <summary>The map's name in messages: that of a section for a global variable.</summary>
    public static string? MapOf(Site site, RegState pointer) =>
        pointer.Map?.Name ?? site.Program.Unit.Globals.GetValueOrDefault(pointer.Object)?.Section;
}
