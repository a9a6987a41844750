using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Frontend.Process;
using KfuncLsp.Ir;
using KfuncLsp.Ir.Codec;
using Nerdbank.Streams;
using Xunit;

namespace KfuncLsp.Tests.Frontend.Process;

/// <summary>The child's side, over streams in memory.</summary>
public sealed class FrontendWorkerTests
{
    [Fact]
    public void Text_arguments_and_unsaved_files_arrive_as_they_were_sent()
    {
        var sent = new UnitRequest("/ä b.c", "int x;"u8.ToArray(), ["-DX=\"a b\"", ""])
        {
            Overlays = ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty.Add("/h.h", "\0ÿ"u8.ToArray()).Add("/empty.h", default),
        };
        var got = RequestCodec.Decode(RequestCodec.Encode(sent));
        Assert.Equal((sent.File, "int x;"), (got.File, Encoding.UTF8.GetString(got.Text!.Value.Span)));
        Assert.Equal(sent.Arguments, got.Arguments);
        Assert.Equal("\0ÿ"u8.ToArray(), got.Overlays["/h.h"].ToArray());
        Assert.True(got.Overlays["/empty.h"].IsEmpty);
        Assert.Null(RequestCodec.Decode(RequestCodec.Encode(sent with { Text = null })).Text);
    }

    [Fact]
    public async Task An_exception_of_ours_is_an_answer_and_the_next_request_is_served()
    {
        var (parent, child) = FullDuplexStream.CreatePair();
        var serving = Task.Run(() => FrontendWorker.Run(child, child, _ => request => request.File == "bad" ? throw new InvalidOperationException("our bug") : (new UnitIr { MainFile = request.File }, null)));
        Frame.Write(parent, FrameKind.Hello, new Hello(2, null).Encode());
        Assert.Equal(FrameKind.Ready, (await Frame.ReadAsync(parent, default))!.Value.Kind);

        Assert.Contains("our bug", Assert.Single((await AskAsync(parent, "bad")).Issues).Message);
        Assert.Equal("good", (await AskAsync(parent, "good")).MainFile);
        parent.Dispose();
        Assert.Equal(0, await serving);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\u0003\0\0\0\u0001abc")]
    [InlineData("")]
    public void Who_does_not_greet_is_not_served(string input)
    {
        using var output = new MemoryStream();
        Assert.Equal(2, FrontendWorker.Run(new MemoryStream(Encoding.UTF8.GetBytes(input)), output));
        Assert.Equal(0, output.Length);
    }

    private static async Task<UnitIr> AskAsync(Stream parent, string file)
    {
        Frame.Write(parent, FrameKind.Parse, RequestCodec.Encode(new UnitRequest(file, null, [])));
        var frame = (await Frame.ReadAsync(parent, default))!.Value;
        Assert.True(UnitIrCodec.TryDecode(frame.Payload, out var unit, out var problem), problem);
        return unit;
    }
}
