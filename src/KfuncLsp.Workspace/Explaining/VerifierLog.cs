using System.Collections.Immutable;

namespace KfuncLsp.Workspace.Explaining;

/// <summary>A rejection in a verifier's log.</summary>
/// <remarks>Units: <see cref="Line"/> from 1; 0 where the log does not say. <see cref="Candidates"/>: lines that may be the message, the likeliest first.</remarks>
public sealed record LogRejection(string Program, ImmutableArray<LogMessage> Candidates)
{
    /// <summary>The headline of a 7.3 report: <c>Resource Lifetime Safety: Unreleased reference</c>; null in a legacy log.</summary>
    public string? Report { get; init; }

    /// <summary>The text around it is a verifier's for sure: it has instructions, statistics, a report or a loader's marks. Else only a message that is known makes it a rejection.</summary>
    public bool IsOfVerifier { get; init; }

    /// <summary>The source place that the report itself gives.</summary>
    public LogPlace? ReportedAt { get; init; }
}

/// <summary>A line of a log with the source line that came before it.</summary>
public sealed record LogMessage(string Text, LogPlace? At);

/// <summary>A source line that a log quotes. Units: <see cref="Line"/> from 1, 0 where only the text is known.</summary>
public sealed record LogPlace(string File, int Line, string Source);

/// <summary>Reads what <c>bpf()</c> left in its log buffer, by itself or in a loader's output.</summary>
public static class VerifierLog
{
    private const string ReportMark = "Verification failed: ";

    /// <summary>The rejections of a text, in order: one for each log that it holds and that ends without success.</summary>
    public static ImmutableArray<LogRejection> Read(IEnumerable<string> lines)
    {
        var found = ImmutableArray.CreateBuilder<LogRejection>();
        var log = new OpenLog("");
        foreach (var raw in lines)
        {
            var line = Bare(raw);
            if (line.Contains("-- BEGIN PROG LOAD LOG --", StringComparison.Ordinal))
            {
                Close();
                log = new(Quoted(line)) { IsOfVerifier = true };
            }
            else if (line.Contains("-- END PROG LOAD LOG --", StringComparison.Ordinal))
            {
                Close();
            }
            else if (line.StartsWith("processed ", StringComparison.Ordinal) && line.Contains(" insns ", StringComparison.Ordinal))
            {
                // Only the legacy form ends here: the report of newer kernels may follow the statistics.
                log.IsCounted = true;
            }
            else
            {
                if (log.IsCounted && IsStart(line)) Close();
                log.Add(line);
            }
        }

        Close();
        return found.ToImmutable();

        void Close()
        {
            if (log.Rejection() is { } rejection) found.Add(rejection);
            log = new("");
        }
    }

    /// <summary>A line without the loader's prefix and indentation.</summary>
    private static string Bare(string line)
    {
        line = line.Trim();
        return line.StartsWith("libbpf: ", StringComparison.Ordinal) && line.Contains("PROG LOAD LOG", StringComparison.Ordinal) ? line["libbpf: ".Length..] : line;
    }

    /// <summary>Whether a line begins another log: its first instruction, or the function that is verified.</summary>
    private static bool IsStart(string line) => line.StartsWith("0: ", StringComparison.Ordinal) || line.StartsWith("func#0 ", StringComparison.Ordinal);

    private static string Quoted(string line)
    {
        var start = line.IndexOf('\'') + 1;
        var end = start > 0 ? line.IndexOf('\'', start) : -1;
        return end > start ? line[start..end] : "";
    }

    private sealed class OpenLog(string program)
    {
        private readonly List<LogMessage> _messages = [];
        private LogPlace? _at;
        private LogPlace? _reportedAt;
        private string? _report;
        private bool _isAt;

        public bool IsCounted { get; set; }

        public bool IsOfVerifier { get; set; }

        public void Add(string line)
        {
            if (line.StartsWith(ReportMark, StringComparison.Ordinal)) _report ??= line[ReportMark.Length..];
            else if (line == "At:") _isAt = true;
            else if (_isAt && _reportedAt is null) _reportedAt = PlaceInReport(line);
            else if (line.StartsWith("; ", StringComparison.Ordinal)) _at = PlaceOf(line[2..]);
            else if (AtInstruction(line) is { Length: > 0 } rest) IsOfVerifier |= rest[0] is '(' or 'R' || rest.StartsWith("frame");
            else if (_report is null && !IsNoise(line)) _messages.Add(new(line, _at));
        }

        public LogRejection? Rejection()
        {
            if (_messages.Count == 0 && _report is null) return null;
            return new(program, [.. LikeliestFirst()]) { Report = _report, ReportedAt = _reportedAt, IsOfVerifier = IsOfVerifier || IsCounted || _report is not null };
        }

        /// <summary>The last first; but a leak is told in two lines, and which reference it is stands in the first.</summary>
        private IEnumerable<LogMessage> LikeliestFirst()
        {
            var lastFirst = Enumerable.Reverse(_messages);
            return _messages is [.., { Text: var last }] && last.EndsWith("reference leak", StringComparison.Ordinal)
                && _messages.Find(m => m.Text.StartsWith("Unreleased reference", StringComparison.Ordinal)) is { } leak ? lastFirst.Prepend(leak) : lastFirst;
        }

        /// <summary><c>p = get(); @ a.bpf.c:12</c>, or the text alone on older kernels.</summary>
        private static LogPlace PlaceOf(string quoted)
        {
            var at = quoted.LastIndexOf(" @ ", StringComparison.Ordinal);
            var colon = quoted.LastIndexOf(':');
            return at >= 0 && colon > at && int.TryParse(quoted[(colon + 1)..], out var line)
                ? new(quoted[(at + 3)..colon], line, quoted[..at].Trim())
                : new("", 0, quoted.Trim());
        }

        /// <summary><c>At a.bpf.c:12:3</c> of a report, with or without a column.</summary>
        private static LogPlace? PlaceInReport(string line)
        {
            foreach (var word in line.Split(' ', '(', ')', ',').Reverse())
            {
                var parts = word.TrimEnd(':').Split(':');
                if (parts.Length is 2 or 3 && parts[0].Contains('.') && int.TryParse(parts[1], out var number)) return new(parts[0], number, "");
            }

            return null;
        }

        /// <summary>What a line says of an instruction: <c>12: (85) call bpf_task_release#7</c>, or the registers before it, <c>12: frame1: R0=scalar()</c>; empty for another line.</summary>
        private static ReadOnlySpan<char> AtInstruction(string line) =>
            line.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0 && line.AsSpan(0, colon).IndexOfAnyExceptInRange('0', '9') < 0 ? line.AsSpan(colon + 2) : [];

        /// <summary>Register states, branches, statistics.</summary>
        private static bool IsNoise(string line)
        {
            if (line.Length == 0 || line.StartsWith(';')) return true;
            if (line[0] == 'R' && line.Length > 1 && char.IsAsciiDigit(line[1]) && line.AsSpan(1).IndexOfAny('=', '_') is 1 or 2) return true;
            return s_noise.Any(start => line.StartsWith(start, StringComparison.Ordinal));
        }

        private static readonly string[] s_noise =
        [
            "from ", "processed ", "max_states", "verification time", "stack depth", "insns processed", "func#", "Func#", "mark_precise", "propagating", "Validating",
            "Live regs", "frame", "caller:", "callee:", "returning from", "to caller", "libbpf:", "-- ", "subprog ", "(truncated", "last_idx", "regs=", "parent ",
            "fp-", "old ", "BPF program load failed", "The sequence of ", "func '", "reg type unsupported for ",
        ];
    }
}
