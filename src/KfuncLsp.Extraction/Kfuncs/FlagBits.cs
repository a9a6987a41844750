using System.Collections.Immutable;
using System.Globalization;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Kfuncs;

/// <summary>The bits of the <c>KF_*</c> flags: <c>#define KF_ACQUIRE (1 &lt;&lt; 0)</c>.</summary>
internal static class FlagBits
{
    public static ImmutableArray<FlagBitFact> Of(SourceTree tree) =>
    [
        .. from macro in tree.Read("include/linux/btf.h")?.Macros ?? []
           where macro.Name.StartsWith("KF_", StringComparison.Ordinal) && macro.Body is [{ Text: "(" }, { Text: "1" }, { Text: "<<" }, _, { Text: ")" }]
           let bit = int.TryParse(macro.Body[3].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1
           where bit is >= 0 and < 32
           orderby bit
           select new FlagBitFact(macro.Name, bit),
    ];
}
