using System.Collections.Immutable;
using KfuncLsp.Frontend.Headers;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Parsing;

/// <summary>Completes a command with what a BPF program needs and the project did not say.</summary>
internal sealed record BpfCompletion(ImmutableArray<string> Arguments, ImmutableArray<string> Notes, ImmutableArray<UnitIssue> Issues)
{
    private const string Vmlinux = "vmlinux.h";

    /// <summary>Each round finds headers that the headers of the round before include.</summary>
    private const int Rounds = 4;

    /// <summary>What parsing wants of every command: all errors, and no warnings, which clangd tells.</summary>
    private static readonly ImmutableArray<string> s_always = ["-w", "-ferror-limit=0"];

    public static BpfCompletion Of(
        string file, ReadOnlyMemory<byte>? text, CompileSettings settings, ImmutableArray<string> arguments, bool isBpf, string? target,
        HeaderCache headers)
    {
        if (!isBpf)
            return new([.. arguments, .. s_always], ["not taken for a BPF program: the target is left as the project has it"], []);

        var host = settings.Host;
        var notes = ImmutableArray.CreateBuilder<string>();
        var issues = ImmutableArray.CreateBuilder<UnitIssue>();
        var before = ImmutableArray.CreateBuilder<string>();
        var after = ImmutableArray.CreateBuilder<string>();
        if (target is null) before.AddRange("-target", "bpf");
        if (!arguments.Any(a => a.StartsWith("-D__TARGET_ARCH_", StringComparison.Ordinal))) before.Add($"-D__TARGET_ARCH_{host.TargetArch}");
        if (!arguments.Any(a => a.StartsWith("-O", StringComparison.Ordinal))) before.Add("-O2");

        // Kernels from 6.19 on embed structs by name alone, and so does a vmlinux.h made from them.
        if (!arguments.Any(a => a is "-fms-extensions" or "-fno-ms-extensions")) before.Add("-fms-extensions");
        foreach (var directory in host.SystemIncludes.Select(d => Path.Combine(d, host.Multiarch)).Where(Directory.Exists)) after.AddRange("-idirafter", directory);
        if (ConfiguredVmlinux(settings, file, notes, issues) is { } configured) before.Add($"-I{configured}");

        ImmutableArray<string> All() => [.. before, .. arguments, .. after, .. s_always];
        var scan = IncludeScan.Run(file, text, IncludePath.Of(All(), host), headers);
        for (var round = 0; round < Rounds && FindMissing(file, host, scan, after, notes); round++) scan = IncludeScan.Run(file, text, IncludePath.Of(All(), host), headers);

        if (scan.Missing.FirstOrDefault(n => Path.GetFileName(n) == Vmlinux) is { } spelled)
        {
            if (Generate(settings, file, spelled, notes, issues) is { } directory)
            {
                after.Add($"-I{directory}");
                scan = IncludeScan.Run(file, text, IncludePath.Of(All(), host), headers);
            }
        }
        else if (scan.Found.FirstOrDefault(f => Path.GetFileName(f.Key) == Vmlinux).Value is { } found)
        {
            notes.Add($"vmlinux.h: {found}");
        }

        AddCompat(file, host, scan, before, after, notes, issues);
        return new(All(), notes.ToImmutable(), issues.ToImmutable());
    }

    /// <summary>Adds the directories of headers that are missing; false when none was found.</summary>
    private static bool FindMissing(
        string file, HostEnvironment host, IncludeScan scan, ImmutableArray<string>.Builder after, ImmutableArray<string>.Builder notes)
    {
        var isFound = false;
        foreach (var name in scan.Missing.Order(StringComparer.Ordinal))
        {
            if (IncludePath.Search(name, file, host) is not { } directory || after.Contains($"-I{directory}")) continue;
            after.Add($"-I{directory}");
            notes.Add($"{name} was found in {directory}");
            isFound = true;
        }

        return isFound;
    }

    private static string? ConfiguredVmlinux(
        CompileSettings settings, string file, ImmutableArray<string>.Builder notes, ImmutableArray<UnitIssue>.Builder issues)
    {
        if (settings.VmlinuxHeader is not { } path) return null;
        var directory = Directory.Exists(path) ? path : Path.GetDirectoryName(path);
        if (directory is not null && File.Exists(Path.Combine(directory, Vmlinux)))
        {
            notes.Add($"vmlinux.h as configured: {directory}");
            return directory;
        }

        issues.Add(new UnitIssue(UnitIssueKind.Vmlinux, $"The configured vmlinux.h does not exist: {path}", new FileSpan(file, 0, 0)));
        return null;
    }

    private static string? Generate(
        CompileSettings settings, string file, string spelled, ImmutableArray<string>.Builder notes, ImmutableArray<UnitIssue>.Builder issues)
    {
        if (!settings.GenerateVmlinux || spelled != Vmlinux)
        {
            notes.Add($"{spelled} was not found");
            return null;
        }

        var made = VmlinuxGenerator.Ensure(settings.Host, settings.Btf);
        notes.Add(made.Message);

        // Said when it is made or can't be; afterwards it is an ordinary part of the setup, for doctor to tell.
        if (made.IsNew || made.Directory is null) issues.Add(new UnitIssue(UnitIssueKind.Vmlinux, made.Message, new FileSpan(file, 0, 0)));
        return made.Directory;
    }

    /// <summary>Puts our additions before libbpf's headers, and says which names the installed ones lack.</summary>
    private static void AddCompat(
        string file, HostEnvironment host, IncludeScan scan, ImmutableArray<string>.Builder before, ImmutableArray<string>.Builder after,
        ImmutableArray<string>.Builder notes, ImmutableArray<UnitIssue>.Builder issues)
    {
        var (ours, problem) = CompatHeaders.Materialize(host);
        if (ours is null) notes.Add(problem!);
        else after.AddRange("-idirafter", CompatHeaders.LastResort(ours));

        var helpers = scan.Found.FirstOrDefault(f => Path.GetFileName(f.Key) == "bpf_helpers.h").Value;
        if (helpers is null) return;

        var version = LibbpfVersion.Of(helpers);
        notes.Add($"libbpf's headers: {Path.GetDirectoryName(helpers)}{(version is null ? "" : $" (version {version})")}");
        var isShadowed = ours is not null && CompatHeaders.Shadowed.Any(scan.Found.ContainsKey);
        if (isShadowed) before.Insert(0, $"-I{ours}");

        var lacking = LibbpfMacros.Since.Where(m => scan.Identifiers.Contains(m.Key) && !scan.Defined.Contains(m.Key)).ToList();
        if (lacking.Count == 0) return;

        var needed = lacking.Max(m => Version.Parse(m.Value))!;
        var replaced = lacking.Where(m => isShadowed && CompatHeaders.Provided.Contains(m.Key)).Select(m => m.Key).ToList();
        var missing = lacking.Select(m => m.Key).Except(replaced).ToList();
        var message = $"libbpf's headers {(version is null ? "" : $"({version}) ")}in {Path.GetDirectoryName(helpers)} lack {string.Join(", ", lacking.Select(m => m.Key))}: "
            + $"libbpf {needed} or newer has {(lacking.Count == 1 ? "it" : "them")}."
            + (replaced.Count > 0 ? $" Our own definition of {string.Join(", ", replaced)} is used." : "")
            + (missing.Count > 0 && replaced.Count > 0 ? $" Without one: {string.Join(", ", missing)}." : "");
        issues.Add(new UnitIssue(UnitIssueKind.MissingMacro, message, new FileSpan(file, 0, 0)));
    }
}
