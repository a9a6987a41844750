using System.Diagnostics;
using System.IO.Hashing;
using System.Text;
using KfuncLsp.Frontend.Parsing;
using OsProcess = System.Diagnostics.Process;

namespace KfuncLsp.Frontend.Headers;

/// <summary>A vmlinux.h of our own making, or why there is none. Either way <paramref name="Message"/> is for the user.</summary>
/// <remarks><paramref name="IsNew"/>: it was made just now.</remarks>
public sealed record GeneratedVmlinux(string? Directory, string Message, bool IsNew = false);

/// <summary>Makes vmlinux.h from a kernel's BTF with bpftool, once per kernel.</summary>
public static class VmlinuxGenerator
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(2);
    private static readonly Lock s_oneAtATime = new();

    /// <summary>The header for the configured BTF, else for the running kernel; from the cache where it was made before.</summary>
    /// <remarks>Errors: no directory, and a message with the command that would help.</remarks>
    public static GeneratedVmlinux Ensure(HostEnvironment host, string? configuredBtf)
    {
        const string command = "bpftool btf dump file /sys/kernel/btf/vmlinux format c > vmlinux.h";
        if (configuredBtf is not null && !File.Exists(configuredBtf))
            return new(null, $"vmlinux.h was not found, and the configured BTF {configuredBtf} does not exist.");
        if (configuredBtf is not null && PlainFile.IsHollow(configuredBtf))
            return new(null, $"vmlinux.h was not found, and the configured BTF {configuredBtf} is empty, or a pipe or a device.");
        if ((configuredBtf ?? host.RunningBtf) is not { } btf)
            return new(null, $"vmlinux.h was not found, and the running kernel has no BTF. On a machine whose kernel has it, run: {command}");

        lock (s_oneAtATime)
        {
            var directory = CacheDirectory(host, btf, isRunning: configuredBtf is null || configuredBtf == host.RunningBtf);
            var header = Path.Combine(directory, "vmlinux.h");
            var source = btf == host.RunningBtf ? $"the running kernel's BTF ({host.RunningRelease})" : $"the BTF in {btf}";
            try
            {
                // The running kernel may have been rebuilt under the same release.
                var mark = Path.Combine(directory, "btf-size");
                var size = new FileInfo(btf).Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
                if (File.Exists(header) && File.Exists(mark) && File.ReadAllText(mark) == size)
                    return new(directory, $"vmlinux.h was not found in the project; the one made earlier from {source} is used: {header}");

                if (host.FindTool("bpftool") is not { } bpftool)
                {
                    return new(null, $"vmlinux.h was not found, and bpftool is not installed to make it. Install bpftool (Debian: apt install bpftool), or run where it is: {command.Replace(host.RunningBtf ?? "/sys/kernel/btf/vmlinux", btf)}");
                }

                CacheFiles.MakeDirectory(directory);
                if (Dump(bpftool, btf, header) is { } problem) return new(null, $"vmlinux.h was not found, and making it failed: {bpftool} btf dump file {btf} format c: {problem}");
                CacheFiles.Write(mark, stream => stream.Write(Encoding.ASCII.GetBytes(size)));
                return new(directory, $"vmlinux.h was not found in the project; it was made from {source}: {header}", IsNew: true);
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                return new(null, $"vmlinux.h was not found, and cannot be made in {directory}: {failed.Message}");
            }
        }
    }

    private static string CacheDirectory(HostEnvironment host, string btf, bool isRunning)
    {
        // A release is one component of a path: what else it may hold is replaced.
        var name = isRunning && host.RunningRelease is { Length: > 0 } release
            ? string.Concat(release.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' or '_' ? c : '_')).TrimStart('.')
            : $"btf-{Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes($"{btf}\n{File.GetLastWriteTimeUtc(btf).Ticks}")))}";
        return Path.Combine(host.CacheDirectory, "vmlinux", name);
    }

    /// <summary>Runs bpftool, without a shell. Returns what went wrong.</summary>
    private static string? Dump(string bpftool, string btf, string header)
    {
        var start = new ProcessStartInfo(bpftool, ["btf", "dump", "file", btf, "format", "c"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = OsProcess.Start(start)!;
            using var patience = new Timer(_ => Kill(process), null, s_deadline, Timeout.InfiniteTimeSpan);
            var complaints = process.StandardError.ReadToEndAsync();
            string? problem = null;
            try
            {
                CacheFiles.Write(header, stream =>
                {
                    process.StandardOutput.BaseStream.CopyTo(stream);
                    process.WaitForExit();
                    var complaint = complaints.GetAwaiter().GetResult().Trim();
                    if (process.ExitCode != 0) throw new DumpFailedException(complaint.Length > 0 ? complaint : $"exit code {process.ExitCode}");
                    if (stream.Length == 0) throw new DumpFailedException("it wrote nothing");
                });
            }
            catch (DumpFailedException failed)
            {
                problem = failed.Message;
            }

            return problem;
        }
        catch (System.ComponentModel.Win32Exception failed)
        {
            return failed.Message;
        }
    }

    private static void Kill(OsProcess process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }

    private sealed class DumpFailedException(string message) : Exception(message);
}
