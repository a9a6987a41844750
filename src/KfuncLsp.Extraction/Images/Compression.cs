using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.IO.Compression;

namespace KfuncLsp.Extraction.Images;

/// <summary>Decompresses what kernels and their modules are packed with, through the system's own programs.</summary>
public static class Compression
{
    /// <summary>No kernel is larger.</summary>
    private const int Limit = 1 << 30;

    private static readonly (byte[] Magic, string Program, string[] Arguments)[] Programs =
    [
        ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], "xz", ["-dc", "--single-stream"]),
        ([0x28, 0xb5, 0x2f, 0xfd], "zstd", ["-dcq"]),
        ([0x02, 0x21, 0x4c, 0x18], "lz4", ["-dcq"]),
        ([0x04, 0x22, 0x4d, 0x18], "lz4", ["-dcq"]),
        ([0x42, 0x5a, 0x68], "bzip2", ["-dc"]),
        ([0x5d, 0x00, 0x00], "xz", ["-dc", "--format=lzma"]),
        ([0x89, 0x4c, 0x5a, 0x4f], "lzop", ["-dc"]),
    ];

    /// <summary>The content of a packed file.</summary>
    /// <remarks>Errors: null and the reason, for an unknown packing, a program that is not installed, or bytes that are not whole.</remarks>
    public static (byte[]? Content, string? Error) Expand(ReadOnlyMemory<byte> packed)
    {
        // A gzip file ends with the length of its content, and is not looked at for being whole by what reads it.
        if (packed.Span.StartsWith<byte>([0x1f, 0x8b])) return ExpandSized(packed);
        return Unpack(packed) switch
        {
            (null, var error, _) => (null, error),
            (_, _, { Length: > 0 } complaint) => (null, $"not whole: {complaint}"),
            var (content, _, _) => (content, null),
        };
    }

    /// <summary>The content of packed bytes whose last four say how long it is, as a vmlinuz has its kernel.</summary>
    /// <remarks>Of those four the programs complain when they have printed the whole content; so its length decides. Errors: as above.</remarks>
    public static (byte[]? Content, string? Error) ExpandSized(ReadOnlyMemory<byte> packed)
    {
        if (packed.Length < 4) return (null, "truncated packed data");
        var (content, error, complaint) = Unpack(packed);
        if (content is null) return (null, error);
        return content.Length == BinaryPrimitives.ReadUInt32LittleEndian(packed.Span[^4..]) ? (content, null) : (null, $"damaged or truncated packed data {complaint}".TrimEnd());
    }

    private static (byte[]? Content, string? Error, string Complaint) Unpack(ReadOnlyMemory<byte> packed)
    {
        if (packed.Span.StartsWith<byte>([0x1f, 0x8b])) return Gunzip(packed);
        foreach (var (magic, program, arguments) in Programs)
            if (packed.Span.StartsWith(magic)) return Run(program, arguments, packed);
        return (null, "packed in a way that is not known (not gzip, xz, zstd, lz4, bzip2, lzma or lzo)", "");
    }

    /// <summary>Whether bytes are packed in a way that <see cref="Expand"/> knows.</summary>
    public static bool Knows(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith<byte>([0x1f, 0x8b])) return true;
        foreach (var (magic, _, _) in Programs)
            if (bytes.StartsWith(magic)) return true;
        return false;
    }

    private static (byte[]? Content, string? Error, string Complaint) Gunzip(ReadOnlyMemory<byte> packed)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            var content = new MemoryStream();
            gzip.CopyTo(content);
            return (content.ToArray(), null, "");
        }
        catch (InvalidDataException e)
        {
            return (null, $"damaged gzip data: {e.Message}", "");
        }
    }

    private static (byte[]? Content, string? Error, string Complaint) Run(string program, string[] arguments, ReadOnlyMemory<byte> packed)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        Process? process;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception)
        {
            process = null;
        }

        if (process is null) return (null, $"packed with {program}, which is not installed", "");
        using (process)
        {
            var complaint = process.StandardError.ReadToEndAsync();
            var feeding = Task.Run(() => Feed(process, packed));
            var content = new MemoryStream();
            var buffer = new byte[1 << 16];
            while (process.StandardOutput.BaseStream.Read(buffer) is var read and > 0)
            {
                content.Write(buffer, 0, read);
                if (content.Length <= Limit) continue;
                process.Kill();
                return (null, "more than a gigabyte when unpacked, which no kernel is", "");
            }

            process.WaitForExit();
            feeding.Wait();
            if (content.Length == 0) return (null, $"{program} cannot unpack it: {complaint.Result.Trim()}", "");
            return (content.ToArray(), null, process.ExitCode == 0 ? "" : $"({program}: {complaint.Result.Trim()})");
        }
    }

    /// <summary>Hands over the input; a program that has had enough closes its end early.</summary>
    private static void Feed(Process process, ReadOnlyMemory<byte> packed)
    {
        try
        {
            process.StandardInput.BaseStream.Write(packed.Span);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
        }
    }
}
