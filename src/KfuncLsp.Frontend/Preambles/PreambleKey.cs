using System.IO.Hashing;
using System.Text;

namespace KfuncLsp.Frontend.Preambles;

/// <summary>Tells a preamble from all others: all that it is made of, and a name for files.</summary>
/// <remarks>The name is a hash that somebody may make two texts for; a file is one's own only where <see cref="MadeOf"/> is the same, too.</remarks>
internal sealed record PreambleKey(string Name, string MadeOf)
{
    /// <summary>The key of a text under everything else that decides what it means.</summary>
    public static PreambleKey Of(IEnumerable<string> circumstances, ReadOnlySpan<byte> text)
    {
        var (all, length) = (new MemoryStream(), new byte[sizeof(int)]);
        foreach (var one in circumstances) Add(Encoding.UTF8.GetBytes(one));
        Add(text);
        var bytes = all.ToArray();
        return new(Convert.ToHexStringLower(XxHash128.Hash(bytes)), Convert.ToBase64String(bytes));

        void Add(ReadOnlySpan<byte> part)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
            all.Write(length);
            all.Write(part);
        }
    }

    public override string ToString() => Name;
}
