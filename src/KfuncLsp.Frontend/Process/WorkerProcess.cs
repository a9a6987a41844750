using System.Diagnostics;
using System.Globalization;
using System.Text;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;
using KfuncLsp.Ir.Codec;
using OsProcess = System.Diagnostics.Process;

namespace KfuncLsp.Frontend.Process;

/// <summary>Why a child gave no answer; caught by <see cref="ChildUnitSource"/>.</summary>
internal sealed class WorkerFailedException(string reason) : Exception(reason);

/// <summary>One child process: started, asked one thing at a time, killed.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan s_startDeadline = TimeSpan.FromSeconds(60);

    /// <summary>How many deadlines may pass while the process waits for its turn on the processor.</summary>
    private const int Patience = 3;

    private readonly OsProcess _process;
    private readonly WorkerLimits _limits;
    private readonly StringBuilder _lastWords = new();
    private readonly Task _lastWordsRead;
    private string? _killedBecause;

    /// <summary>The last answer, which the process has, too: the next one names what is the same in it.</summary>
    private UnitIr? _last;

    private WorkerProcess(OsProcess process, WorkerLimits limits)
    {
        _process = process;
        Id = process.Id;
        _limits = limits;
        _lastWordsRead = DrainErrorsAsync();
    }

    public int Id { get; }

    /// <summary>Which libclang it loaded, or why none; empty before it was greeted.</summary>
    public string Libclang { get; private set; } = "";

    public bool IsAlive
    {
        get
        {
            try
            {
                return !_process.HasExited;
            }
            catch (InvalidOperationException)
            {
                // It was disposed of meanwhile.
                return false;
            }
        }
    }

    /// <remarks>Errors: <see cref="WorkerFailedException"/> where it does not start.</remarks>
    public static WorkerProcess Start(WorkerLaunch launch, WorkerLimits limits)
    {
        var start = new ProcessStartInfo(launch.FileName)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, CreateNoWindow = true,
        };
        foreach (var argument in launch.Arguments) start.ArgumentList.Add(argument);

        // libclang parses on a thread of its own of 8 MB, which an `else if` chain of 6,000 overflows; ours is large.
        start.Environment["LIBCLANG_NOTHREADS"] = "1";

        // Nearly all that a parser holds is libclang's: collecting often costs it nothing, and keeps a large file's process 12 MB smaller. In hexadecimal.
        start.Environment.TryAdd("DOTNET_GCgen0size", "400000");

        OsProcess process;
        try
        {
            process = OsProcess.Start(start) ?? throw new WorkerFailedException("the system started no process");
        }
        catch (Exception failed) when (failed is System.ComponentModel.Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            throw new WorkerFailedException($"{launch.FileName} does not start: {failed.Message}");
        }

        return new WorkerProcess(process, limits);
    }

    /// <summary>Makes sure that it is our program and ready.</summary>
    /// <remarks>Errors: <see cref="WorkerFailedException"/> where it is not.</remarks>
    public async Task GreetAsync()
    {
        var ready = await ExchangeAsync(FrameKind.Hello, new Hello(_limits.LiveUnits, _limits.LibclangPath, _limits.Preambles).Encode(), s_startDeadline);
        if (ready.Kind != FrameKind.Ready || Ready.Decode(ready.Payload) is not { } answer) throw new WorkerFailedException("it answers as another program or version");
        Libclang = answer.Libclang;
    }

    /// <summary>Asks for a unit.</summary>
    /// <remarks>Errors: <see cref="WorkerFailedException"/> where the process died, was killed at a limit, or spoke nonsense; it is of no use after that.</remarks>
    public async Task<UnitIr> ParseAsync(UnitRequest request)
    {
        var answer = await ExchangeAsync(FrameKind.Parse, RequestCodec.Encode(request), _limits.Deadline);
        if (answer.Kind != FrameKind.Unit) throw new WorkerFailedException("it spoke out of turn");
        return UnitIrCodec.TryDecode(answer.Payload, _last, out var unit, out var problem) ? _last = unit : throw new WorkerFailedException(problem);
    }

    public async Task CloseAsync(string file) =>
        await GuardAsync(() => Frame.WriteAsync(_process.StandardInput.BaseStream, FrameKind.Close, Encoding.UTF8.GetBytes(file), CancellationToken.None), _limits.Deadline);

    /// <summary>Whether it holds more memory than it may.</summary>
    public bool IsOverMemory() => _limits.MemoryBytes > 0 && MemoryBytes() > _limits.MemoryBytes;

    /// <summary>What it holds in memory; 0 where it is gone.</summary>
    public long MemoryBytes()
    {
        try
        {
            // Each edit asks: what .NET knows of a process, it reads from a dozen files.
            if (OperatingSystem.IsLinux()) return long.Parse(File.ReadAllText($"/proc/{Id}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
            _process.Refresh();
            return _process.WorkingSet64;
        }
        catch (Exception gone) when (gone is InvalidOperationException or IOException)
        {
            return 0;
        }
    }

    /// <summary>Ends it from any thread; who waits for its answer learns that.</summary>
    /// <remarks>It is told first, so that it does not leave behind what looks like a crash.</remarks>
    public void Stop()
    {
        _killedBecause ??= "it was shut down";
        try
        {
            _process.StandardInput.Close();
            _process.WaitForExit(_limits.Farewell);
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException)
        {
            // It ended by itself.
        }

        Kill(_killedBecause);
    }

    private TimeSpan ProcessorTime()
    {
        try
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return TimeSpan.Zero;
        }
    }

    public void Dispose()
    {
        Kill("it was shut down");
        _process.Dispose();
    }

    private async Task<Frame> ExchangeAsync(FrameKind kind, byte[] payload, TimeSpan deadline)
    {
        Frame? answer = null;
        await GuardAsync(async () =>
        {
            await Frame.WriteAsync(_process.StandardInput.BaseStream, kind, payload, CancellationToken.None);
            answer = await Frame.ReadAsync(_process.StandardOutput.BaseStream, CancellationToken.None);
        }, deadline);
        return answer ?? throw new WorkerFailedException(await DeathAsync());
    }

    /// <summary>Does something over the pipes; kills the process when it takes too long or too much memory, which ends every wait on them.</summary>
    private async Task GuardAsync(Func<Task> exchange, TimeSpan deadline)
    {
        var work = exchange();
        var clock = Stopwatch.StartNew();
        var before = ProcessorTime();
        while (!work.IsCompleted)
        {
            var wait = TimeSpan.FromMilliseconds(Math.Clamp((deadline - clock.Elapsed).TotalMilliseconds, 50, 200));
            await Task.WhenAny(work, Task.Delay(wait));
            if (work.IsCompleted) break;

            // On a machine that is busy with other things a parse may take long without working long.
            var isOverdue = clock.Elapsed > deadline && ProcessorTime() - before > deadline || clock.Elapsed > Patience * deadline;
            if (isOverdue) Kill($"it took longer than {deadline.TotalSeconds:0.#} s");
            else if (IsOverMemory()) Kill($"it took more than {_limits.MemoryBytes >> 20} MiB of memory");
        }

        try
        {
            await work;
        }
        catch (InvalidDataException)
        {
            Kill("it wrote something else than its protocol");
            throw new WorkerFailedException(_killedBecause!);
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException or InvalidOperationException)
        {
            throw new WorkerFailedException(await DeathAsync());
        }
    }

    /// <summary>What is known of a process whose pipe broke.</summary>
    private async Task<string> DeathAsync()
    {
        if (_killedBecause is not null) return _killedBecause;

        // It closed its output: it is ending, or of no use. What it said last may still be on its way.
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await _process.WaitForExitAsync(patience.Token);
            await Task.WhenAny(_lastWordsRead, Task.Delay(Timeout.Infinite, patience.Token));
        }
        catch (OperationCanceledException)
        {
            Kill("it closed its output");
            return _killedBecause!;
        }

        // A process that a signal ended reports 128 and the signal's number.
        var code = _process.ExitCode;
        var how = code > 128 ? $"signal {code - 128}" : $"exit code {code}";
        string words;
        lock (_lastWords) words = _lastWords.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
        return words.Length == 0 ? $"it ended with {how}" : $"it ended with {how}: {words}";
    }

    private void Kill(string because)
    {
        _killedBecause ??= because;
        try
        {
            // To look for its children reads all of /proc.
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended by itself.
        }
    }

    private async Task DrainErrorsAsync()
    {
        var buffer = new char[4096];
        try
        {
            while (await _process.StandardError.ReadAsync(buffer) is var read and > 0)
            {
                lock (_lastWords)
                {
                    _lastWords.Append(buffer, 0, read);
                    if (_lastWords.Length > 8192) _lastWords.Remove(0, _lastWords.Length - 8192);
                }
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process was disposed of.
        }
    }
}
