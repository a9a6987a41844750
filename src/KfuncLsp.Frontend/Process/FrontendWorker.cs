using KfuncLsp.Frontend.Interop;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;
using KfuncLsp.Ir.Codec;

namespace KfuncLsp.Frontend.Process;

/// <summary>The child's side: answers requests for units until its input ends.</summary>
public static class FrontendWorker
{
    /// <summary>Serves on this process's standard streams and does not return before they end. The hidden verb <see cref="WorkerLaunch.Verb"/>.</summary>
    /// <remarks>
    /// Nothing but the protocol may reach the parent: whatever else writes to standard output (libclang, a stray print) goes to standard error.
    /// When the parent is gone the process ends at once, in the middle of a parse, too: libclang can't be stopped from inside.
    /// </remarks>
    public static int RunOnStandardStreams()
    {
        var input = Console.OpenStandardInput();
        using var output = StandardStreams.TakeOutput();
        var code = Run(input, output);
        StandardStreams.EndProcess(code);
        return code;
    }

    /// <summary>Serves until the input ends. Returns the process's exit code.</summary>
    /// <remarks>A parse that runs when the input ends is left behind on its thread.</remarks>
    public static int Run(Stream input, Stream output)
    {
        LibclangUnits? units = null;
        try
        {
            return Run(input, output, h => (units = new(h.LibclangPath, h.Preambles)).Open, h => NameOf(Libclang.Load(h.LibclangPath)));
        }
        finally
        {
            units?.Abandon();
        }
    }

    internal static int Run(Stream input, Stream output, Func<Hello, OpenUnit> opener, Func<Hello, string>? describe = null)
    {
        try
        {
            if (Frame.Read(input) is not { Kind: FrameKind.Hello } first || Hello.Decode(first.Payload) is not { } hello) return 2;
            Frame.Write(output, FrameKind.Ready, new Ready(describe?.Invoke(hello) ?? "").Encode());

            var units = new LiveUnits(opener(hello), hello.LiveUnits);
            UnitIr? last = null;
            using var thread = new UnitThread();
            while (Frame.Read(input) is { } frame)
            {
                if (frame.Kind == FrameKind.Parse)
                    thread.Post(() => last = Answer(output, units, RequestCodec.Decode(frame.Payload), last));
                else if (frame.Kind == FrameKind.Close)
                    thread.Post(() => units.Close(System.Text.Encoding.UTF8.GetString(frame.Payload)));
            }

            return 0;
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException)
        {
            // The parent is gone, or is no parent of ours.
            return 2;
        }
    }

    private static string NameOf(Libclang library) => library.Error ?? $"{library.Path} ({library.Version})";

    /// <summary>Shape: <paramref name="last"/> is the answer before, which the parent has → this one.</summary>
    private static UnitIr Answer(Stream output, LiveUnits units, UnitRequest request, UnitIr? last)
    {
        UnitIr unit;
        byte[] bytes;
        try
        {
            unit = units.Parse(request);
            bytes = UnitIrCodec.Encode(unit, last);
        }
        catch (Exception ours)
        {
            Console.Error.WriteLine(ours);
            unit = FailedUnit.Of(request.File, $"internal error while parsing: {ours.GetType().Name}: {ours.Message}");
            bytes = UnitIrCodec.Encode(unit);
        }

        try
        {
            Frame.Write(output, FrameKind.Unit, bytes);
        }
        catch (IOException)
        {
            // The parent is gone: reading the input says so, too, and ends the process.
        }

        return unit;
    }
}

/// <summary>The unit of a file that could not be parsed: nothing but the reason.</summary>
internal static class FailedUnit
{
    public static UnitIr Of(string file, string reason, UnitIssueKind kind = UnitIssueKind.NotParsed) => new()
    {
        MainFile = file,
        Files = [file],
        Issues = [new UnitIssue(kind, reason, new FileSpan(file, 0, 0))],
    };
}
