using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;

namespace KfuncLsp.Server.Lsp.Rpc;

/// <summary>Cuts a stream into the bodies of LSP's base protocol: headers, an empty line, and as many bytes as <c>Content-Length</c> says.</summary>
internal sealed class FrameReader(Stream input)
{
    /// <summary>Units: bytes of all headers of one message; more is no base protocol.</summary>
    private const int MaxHeaderBytes = 4096;

    /// <summary>Units: bytes; more than any document that an editor opens.</summary>
    private const int MaxBodyBytes = 256 << 20;

    private readonly PipeReader _pipe = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: 1 << 16));

    /// <summary>The next body; null at the end of the stream, also in the middle of a message.</summary>
    /// <exception cref="InvalidDataException">What comes is no base protocol: there is no telling where the next message begins.</exception>
    public async ValueTask<byte[]?> ReadAsync(CancellationToken cancel)
    {
        if (await ReadHeadersAsync(cancel) is not { } length) return null;
        if (length == 0) return [];

        var read = await _pipe.ReadAtLeastAsync(length, cancel);
        if (read.Buffer.Length < length) return null;
        var body = read.Buffer.Slice(0, length).ToArray();
        _pipe.AdvanceTo(read.Buffer.GetPosition(length));
        return body;
    }

    private async ValueTask<int?> ReadHeadersAsync(CancellationToken cancel)
    {
        while (true)
        {
            var read = await _pipe.ReadAsync(cancel);
            var buffer = read.Buffer;
            var reader = new SequenceReader<byte>(buffer);
            if (reader.TryReadTo(out ReadOnlySequence<byte> headers, "\r\n\r\n"u8))
            {
                if (headers.Length > MaxHeaderBytes) throw new InvalidDataException("The headers of a message are too long");
                var length = ContentLength(headers.ToArray());
                _pipe.AdvanceTo(reader.Position);
                return length;
            }

            if (buffer.Length > MaxHeaderBytes) throw new InvalidDataException("No end of headers: the input is not LSP's base protocol");
            if (read.IsCompleted) return buffer.IsEmpty ? null : throw new InvalidDataException("The input ends inside a message's headers");
            _pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static int ContentLength(ReadOnlySpan<byte> headers)
    {
        foreach (var range in headers.Split("\r\n"u8))
        {
            var line = headers[range];
            var colon = line.IndexOf((byte)':');
            if (colon < 0) throw new InvalidDataException("A header without a colon");
            if (!System.Text.Ascii.EqualsIgnoreCase(line[..colon].Trim((byte)' '), "Content-Length"u8)) continue;
            var value = line[(colon + 1)..].Trim((byte)' ');
            if (Utf8Parser.TryParse(value, out int length, out var used) && used == value.Length && length is >= 0 and <= MaxBodyBytes) return length;
            throw new InvalidDataException("A Content-Length that is no length");
        }

        throw new InvalidDataException("A message without Content-Length");
    }
}
