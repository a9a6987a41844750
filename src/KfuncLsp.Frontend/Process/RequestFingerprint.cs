using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using KfuncLsp.Frontend.Parsing;

namespace KfuncLsp.Frontend.Process;

/// <summary>Tells whether a request asks the same as an earlier one.</summary>
internal static class RequestFingerprint
{
    /// <summary>Of everything that the request carries; of a file that is read from disk, its time and length.</summary>
    public static ulong Of(UnitRequest request)
    {
        var hash = new XxHash128();
        foreach (var argument in request.Arguments) Add(hash, Encoding.UTF8.GetBytes(argument));
        if (request.Text is { } text)
        {
            Add(hash, text.Span);
        }
        else
        {
            var file = new FileInfo(request.File);
            Span<byte> stamp = stackalloc byte[16];
            BinaryPrimitives.WriteInt64LittleEndian(stamp, file.Exists ? file.LastWriteTimeUtc.Ticks : 0);
            BinaryPrimitives.WriteInt64LittleEndian(stamp[8..], file.Exists ? file.Length : -1);
            Add(hash, stamp);
        }

        foreach (var (path, content) in request.Overlays.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            Add(hash, Encoding.UTF8.GetBytes(path));
            Add(hash, content.Span);
        }

        return (ulong)hash.GetCurrentHashAsUInt128();
    }

    private static void Add(XxHash128 hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.Append(length);
        hash.Append(bytes);
    }
}
