using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using KfuncLsp.Scoreboard;

namespace KfuncLsp.Mutation.Comparing;

/// <summary>Asks a real kernel about objects, through the corpus's own labeller.</summary>
internal sealed class KernelOracle(string labeller, string kernel, string loader)
{
    /// <summary>The kernel's verdicts; a label's file is the object's name.</summary>
    /// <remarks>Errors: throws <see cref="InvalidOperationException"/> with the labeller's words where it fails.</remarks>
    public async Task<ImmutableArray<Label>> AskAsync(IReadOnlyList<string> objects, string scratch, CancellationToken cancel)
    {
        var (list, labels) = (Path.Combine(scratch, "objects"), Path.Combine(scratch, "labels.json"));
        await File.WriteAllLinesAsync(list, objects, cancel);
        var start = new ProcessStartInfo(labeller, ["--kernel", kernel, "--loader", loader, "--into", labels, "--objects", $"@{list}"]) { RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{labeller} does not start");
        var errors = await process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{labeller} left with {process.ExitCode}: {errors}");
        return Label.ReadAll(labels);
    }
}
