using System.Buffers.Binary;

namespace KfuncLsp.Frontend.Process;

/// <summary>What a frame on the pipe carries.</summary>
internal enum FrameKind : byte { Hello = 1, Ready = 2, Parse = 3, Unit = 4, Close = 5 }

/// <summary>One message on the pipe: a length of four bytes, a kind, the payload.</summary>
internal readonly record struct Frame(FrameKind Kind, byte[] Payload)
{
    /// <summary>Sent with <see cref="FrameKind.Hello"/> and <see cref="FrameKind.Ready"/>: both sides are the same program.</summary>
    public static ReadOnlySpan<byte> Greeting => "kfunc-lsp frontend 1"u8;

    private const int HeaderLength = 5;
    private const int LargestPayload = 1 << 30;

    public static void Write(Stream stream, FrameKind kind, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        FillHeader(header, kind, payload.Length);
        stream.Write(header);
        stream.Write(payload);
        stream.Flush();
    }

    public static async Task WriteAsync(Stream stream, FrameKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        var header = new byte[HeaderLength];
        FillHeader(header, kind, payload.Length);
        await stream.WriteAsync(header, cancel);
        await stream.WriteAsync(payload, cancel);
        await stream.FlushAsync(cancel);
    }

    /// <summary>The next frame; null at the end of the stream.</summary>
    /// <remarks>Errors: <see cref="InvalidDataException"/> for bytes that are no frame, <see cref="EndOfStreamException"/> within one.</remarks>
    public static Frame? Read(Stream stream)
    {
        var header = new byte[HeaderLength];
        if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) is var read && read < HeaderLength)
            return read == 0 ? null : throw new EndOfStreamException("the pipe ended within a frame");
        var payload = new byte[PayloadLength(header)];
        stream.ReadExactly(payload);
        return new((FrameKind)header[4], payload);
    }

    /// <inheritdoc cref="Read"/>
    public static async Task<Frame?> ReadAsync(Stream stream, CancellationToken cancel)
    {
        var header = new byte[HeaderLength];
        if (await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancel) is var read && read < HeaderLength)
            return read == 0 ? null : throw new EndOfStreamException("the pipe ended within a frame");
        var payload = new byte[PayloadLength(header)];
        await stream.ReadExactlyAsync(payload, cancel);
        return new((FrameKind)header[4], payload);
    }

    private static void FillHeader(Span<byte> header, FrameKind kind, int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(header, length);
        header[4] = (byte)kind;
    }

    private static int PayloadLength(ReadOnlySpan<byte> header)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length is < 0 or > LargestPayload || header[4] is < (byte)FrameKind.Hello or > (byte)FrameKind.Close)
            throw new InvalidDataException("not a frame");
        return length;
    }
}
