using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Frontend.Parsing;

namespace KfuncLsp.Frontend.Process;

/// <summary>The first message to a child: what it may keep, and which libclang it loads.</summary>
internal sealed record Hello(int LiveUnits, string? LibclangPath, PreambleCache? Preambles = null)
{
    public byte[] Encode()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(LiveUnits);
        writer.Write(LibclangPath ?? "");
        writer.Write(Preambles?.Directory ?? "");
        writer.Write(Preambles?.LimitBytes ?? 0);
        writer.Write(Preambles?.HoldsWhole ?? false);
        writer.Flush();
        return [.. Frame.Greeting, .. bytes.ToArray()];
    }

    /// <remarks>Errors: null for any other greeting.</remarks>
    public static Hello? Decode(byte[] payload)
    {
        if (!payload.AsSpan().StartsWith(Frame.Greeting)) return null;
        using var reader = new BinaryReader(new MemoryStream(payload, Frame.Greeting.Length, payload.Length - Frame.Greeting.Length), Encoding.UTF8);
        var live = reader.ReadInt32();
        var libclang = reader.ReadString();
        var preambles = new PreambleCache(reader.ReadString()) { LimitBytes = reader.ReadInt64(), HoldsWhole = reader.ReadBoolean() };
        return new Hello(live, libclang.Length > 0 ? libclang : null, preambles.Directory.Length > 0 ? preambles : null);
    }
}

/// <summary>The child's answer to <see cref="Hello"/>: in words, which libclang it loaded, or why none.</summary>
internal sealed record Ready(string Libclang)
{
    public byte[] Encode() => [.. Frame.Greeting, .. Encoding.UTF8.GetBytes(Libclang)];

    /// <remarks>Errors: null for any other answer.</remarks>
    public static Ready? Decode(byte[] payload) =>
        payload.AsSpan().StartsWith(Frame.Greeting) ? new(Encoding.UTF8.GetString(payload.AsSpan(Frame.Greeting.Length))) : null;
}

/// <summary>A request on the pipe.</summary>
internal static class RequestCodec
{
    public static byte[] Encode(UnitRequest request)
    {
        using var bytes = new MemoryStream((request.Text?.Length ?? 0) + 4096);
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(request.File);
        writer.Write(request.Text.HasValue);
        if (request.Text is { } text) WriteBytes(writer, text);
        writer.Write(request.Arguments.Length);
        foreach (var argument in request.Arguments) writer.Write(argument);
        writer.Write(request.IsAfterCrash);
        writer.Write(request.Overlays.Count);
        foreach (var (path, content) in request.Overlays.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            writer.Write(path);
            WriteBytes(writer, content);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    public static UnitRequest Decode(byte[] payload)
    {
        using var reader = new BinaryReader(new MemoryStream(payload), Encoding.UTF8);
        var file = reader.ReadString();
        ReadOnlyMemory<byte>? text = null;
        if (reader.ReadBoolean()) text = ReadBytes(reader);
        var arguments = new string[reader.ReadInt32()];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = reader.ReadString();
        var isAfterCrash = reader.ReadBoolean();
        var overlays = ImmutableDictionary.CreateBuilder<string, ReadOnlyMemory<byte>>();
        for (var left = reader.ReadInt32(); left > 0; left--) overlays[reader.ReadString()] = ReadBytes(reader);
        return new UnitRequest(file, text, [.. arguments]) { Overlays = overlays.ToImmutable(), IsAfterCrash = isAfterCrash };
    }

    private static void WriteBytes(BinaryWriter writer, ReadOnlyMemory<byte> bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes.Span);
    }

    private static ReadOnlyMemory<byte> ReadBytes(BinaryReader reader) => reader.ReadBytes(reader.ReadInt32());
}
