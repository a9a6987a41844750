using System.Collections.Frozen;
using System.Collections.Immutable;

namespace KfuncLsp.Registry.Words;

/// <summary>The descriptions that are shipped: one for all kernels, read when the first is asked for.</summary>
/// <remarks>Shape: a count, then per kfunc its name and texts, as <see cref="Write"/> lays them out.</remarks>
public static class KfuncDescriptions
{
    /// <summary>The name of the embedded file, and of the file that <c>registry pack</c> makes.</summary>
    public const string FileName = "descriptions.words";

    private static readonly Lazy<FrozenDictionary<string, KfuncDescription>> Shipped = new(ReadResource);

    /// <summary>The description of a kfunc; null where there is none: the kernel's tests, and kfuncs newer than this program.</summary>
    public static KfuncDescription? Of(string name) => Shipped.Value.GetValueOrDefault(name);

    public static byte[] Write(IEnumerable<KfuncDescription> descriptions)
    {
        var sorted = descriptions.OrderBy(d => d.Name, StringComparer.Ordinal).ToList();
        var bytes = new MemoryStream();
        using var output = new BinaryWriter(bytes);
        output.Write(sorted.Count);
        foreach (var description in sorted)
        {
            output.Write(description.Name);
            output.Write(description.Does);
            output.Write(description.Returns ?? "");
            output.Write(description.Arguments.Count);
            foreach (var (name, text) in description.Arguments.OrderBy(a => a.Key, StringComparer.Ordinal))
            {
                output.Write(name);
                output.Write(text);
            }

            output.Write(description.Beware.Length);
            foreach (var text in description.Beware) output.Write(text);
        }

        output.Flush();
        return bytes.ToArray();
    }

    public static ImmutableArray<KfuncDescription> Read(Stream stream)
    {
        using var input = new BinaryReader(stream);
        var descriptions = ImmutableArray.CreateBuilder<KfuncDescription>();
        for (var left = input.ReadInt32(); left > 0; left--)
        {
            var description = new KfuncDescription(input.ReadString(), input.ReadString()) { Returns = input.ReadString() is { Length: > 0 } returns ? returns : null };
            var arguments = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            for (var i = input.ReadInt32(); i > 0; i--) arguments.Add(input.ReadString(), input.ReadString());
            var beware = new string[input.ReadInt32()];
            for (var i = 0; i < beware.Length; i++) beware[i] = input.ReadString();
            descriptions.Add(description with { Arguments = arguments.ToImmutable(), Beware = [.. beware] });
        }

        return descriptions.ToImmutable();
    }

    private static FrozenDictionary<string, KfuncDescription> ReadResource()
    {
        using var stream = typeof(KfuncDescriptions).Assembly.GetManifestResourceStream(FileName)!;
        return Read(stream).ToFrozenDictionary(d => d.Name, StringComparer.Ordinal);
    }
}
