using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using KfuncLsp.Scoreboard;

namespace KfuncLsp.Mutation.Comparing;

/// <summary>Asks a real kernel about objects, through the corpus's own labeller.</summary>
internal sealed class KernelOracle(string labeller, string kernel, string loader, TextWriter log)
{
    /// <summary>So many objects share one call of the loader: one boot, where it boots a kernel.</summary>
    private const int Batch = 300;

    /// <summary>The kernel's verdicts; a label's file is the object's name. An object that ends the kernel has none, and is told.</summary>
    /// <remarks>Errors: throws <see cref="InvalidOperationException"/> with the labeller's words where it fails whatever it is given.</remarks>
    public async Task<ImmutableArray<Label>> AskAsync(IReadOnlyList<string> objects, string scratch, CancellationToken cancel)
    {
        var labels = Path.Combine(scratch, "labels.json");
        foreach (var batch in objects.Chunk(Batch))
            if (await AskSomeAsync(batch, labels, cancel) == batch.Length && batch.Length > 1)
                throw new InvalidOperationException("the loader gives no answer about any object");
        return File.Exists(labels) ? Label.ReadAll(labels) : [];
    }

    /// <summary>Asks about some objects, and about each half of them where there is no answer; returns how many were left without one.</summary>
    private async Task<int> AskSomeAsync(ReadOnlyMemory<string> objects, string labels, CancellationToken cancel)
    {
        if (await LabelAsync(objects.ToArray(), labels, cancel) is not { } why) return 0;
        log.WriteLine($"no answer about {objects.Length} objects: {why.TrimEnd()}");
        if (objects.Length == 1) return 1;
        var half = objects.Length / 2;
        var lost = await AskSomeAsync(objects[..half], labels, cancel);
        return lost == half && half > 1 ? objects.Length : lost + await AskSomeAsync(objects[half..], labels, cancel);
    }

    /// <summary>Has the labeller record what the kernel says; returns its words where it fails.</summary>
    private async Task<string?> LabelAsync(string[] objects, string labels, CancellationToken cancel)
    {
        var list = Path.ChangeExtension(labels, ".objects");
        await File.WriteAllLinesAsync(list, objects, cancel);
        var start = new ProcessStartInfo(labeller, ["--kernel", kernel, "--loader", loader, "--into", labels, "--objects", $"@{list}"]) { RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{labeller} does not start");
        var errors = await process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0 ? null : errors;
    }
}
