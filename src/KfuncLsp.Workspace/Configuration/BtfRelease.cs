using KfuncLsp.Frontend.Headers;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Registry;

namespace KfuncLsp.Workspace.Configuration;

/// <summary>Finds out of which kernel a BTF file is: BTF itself does not say.</summary>
public static class BtfRelease
{
    private const int Chunk = 1 << 20;

    /// <summary>By the running kernel where it is its BTF, else by the banner that a vmlinux holds, else by the file's path.</summary>
    /// <remarks>Shape: a release such as <c>6.12.94+deb13-amd64</c>; null where nothing tells it.</remarks>
    public static string? Of(string path, HostEnvironment host)
    {
        if (path == host.RunningBtf) return host.RunningRelease;
        return Banner(path) ?? FromPath(path);
    }

    /// <summary>The text after <c>Linux version </c>, which every vmlinux has.</summary>
    private static string? Banner(string path)
    {
        var mark = "Linux version "u8;
        // A pipe has no length, and opening it would wait for its writer.
        if (FileStamp.Of(path) is not { Length: > 0 }) return null;
        try
        {
            using var stream = File.OpenRead(path);
            var buffer = new byte[Chunk];
            var kept = 0;
            while (stream.ReadAtLeast(buffer.AsSpan(kept), 1, throwOnEndOfStream: false) is var read and > 0)
            {
                var bytes = buffer.AsSpan(0, kept + read);
                for (var at = 0; bytes[at..].IndexOf(mark) is var found and >= 0; at += found + mark.Length)
                {
                    var text = bytes[(at + found + mark.Length)..];
                    var length = text.IndexOfAnyExceptInRange((byte)'!', (byte)'~');
                    if (length < 0) break;
                    var release = System.Text.Encoding.ASCII.GetString(text[..length]);
                    if (KernelVersion.Parse(release) is not null) return release;
                }

                // What may be the beginning of a mark and its text is kept for the next round.
                kept = Math.Min(bytes.Length, 256);
                bytes[^kept..].ToArray().CopyTo(buffer, 0);
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return null;
    }

    /// <summary>The last part of the path that looks like a release: <c>vmlinux-6.12.94+deb13-amd64</c>, <c>/lib/modules/6.12.94/…</c>.</summary>
    private static string? FromPath(string path)
    {
        foreach (var part in path.Split('/').Reverse())
        {
            var digit = part.AsSpan().IndexOfAnyInRange('0', '9');
            if (digit >= 0 && KernelVersion.Parse(part[digit..]) is { Major: >= 4 }) return part[digit..];
        }

        return null;
    }
}
