using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using KfuncLsp.Extraction.Json;
using KfuncLsp.Registry;
using KfuncLsp.Server.Cli.Output;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Server.Cli;

/// <summary>Floors of programs as text and as JSON.</summary>
internal static class MinverOutput
{
    /// <summary>A program's answer, then a line for each thing that raises it: kernels, place, reason.</summary>
    public static string Text(ImmutableArray<MinverFile> files, SourceTexts texts, Palette palette)
    {
        var text = new StringBuilder();
        foreach (var file in files)
        {
            text.AppendLine(palette.Strong(file.Name));
            foreach (var program in file.Programs)
            {
                text.AppendLine($"  {ResultBuilder.Display(program.Program)} ({program.Section}): {Answer(program, palette)}");
                foreach (var line in Lines(program.Raising, texts)) text.AppendLine($"    {line}");
                foreach (var kfunc in program.Missing.Except(program.Barriers.SelectMany(b => b.Reasons).Select(KernelFloors.LacksKfunc).OfType<string>())) text.AppendLine($"    {program.MissingIn}: no `{kfunc}`{Came(SinceOf(kfunc))}");
                foreach (var line in Lines(program.Ending, texts)) text.AppendLine($"    but {line}");
                if (!program.Open.IsEmpty) text.AppendLine($"    not known for {List(program.Open)}");
            }

            if (file.Programs.IsEmpty) text.AppendLine("  no program");
        }

        return text.ToString();
    }

    public static string Json(ImmutableArray<MinverFile> files, SourceTexts texts) => CanonicalJson.PrintAll(new JsonObject
    {
        ["files"] = new JsonArray([.. files.Select(f => new JsonObject
        {
            ["file"] = f.Name,
            ["programs"] = new JsonArray([.. f.Programs.Select(p => new JsonObject
            {
                ["name"] = ResultBuilder.Display(p.Program),
                ["section"] = p.Section,
                ["oldest"] = p.Since?.ToString(),
                ["orOlder"] = p.IsOldestModel,
                ["dated"] = p.IsDated,
                ["missingBefore"] = new JsonArray([.. p.Missing.Select(m => (JsonNode)JsonValue.Create(m))]),
                ["accepted"] = Versions(p.Accepting),
                ["notKnown"] = Versions(p.Open),
                ["rejected"] = new JsonArray([.. p.Barriers.Select(b => Barrier(b, texts))]),
            })]),
        })]),
    });

    private static JsonObject Barrier(KernelBarrier barrier, SourceTexts texts) => new()
    {
        ["kernel"] = barrier.Kernel.ToString(),
        ["reasons"] = new JsonArray([.. barrier.Reasons.Select(r => new JsonObject
        {
            ["rule"] = r.Finding.Rule.Code,
            ["file"] = r.Where.File,
            ["line"] = Line(r, texts),
            ["message"] = r.Finding.Message,
            ["kernelMessage"] = Words(r, barrier.Kernel),
            ["kfunc"] = r.Finding.Facts.GetValueOrDefault("kfunc"),
            ["kfuncSince"] = KernelFloors.LacksKfunc(r) is { } kfunc ? SinceOf(kfunc)?.ToString() : null,
        })]),
    };

    private static string Answer(KernelFloor program, Palette palette) => program switch
    {
        { IsOldestModel: true } => palette.Good($"{program.Since} or older"),
        { IsDated: true } => $"{palette.Good(program.Since.ToString()!)}, by the dates of its kfuncs; {program.Accepting[0]} is the oldest kernel that was judged to take it",
        { Since: { } since } => palette.Good(since.ToString()),
        { Open.IsEmpty: true } => palette.Error("no kernel"),
        _ => palette.Warning("not known"),
    };

    /// <summary>Reasons of all kernels, those that are the same on one line, the one that raises most first.</summary>
    private static IEnumerable<string> Lines(IEnumerable<KernelBarrier> barriers, SourceTexts texts) =>
        barriers.SelectMany(b => b.Reasons.Select(r => (b.Kernel, Text: Reason(r, b.Kernel, texts)))).GroupBy(r => r.Text)
            .Select((g, i) => (Kernels: g.Select(r => r.Kernel).Distinct().ToImmutableArray(), Text: g.Key, Order: i)).OrderByDescending(g => g.Kernels.Length).ThenBy(g => g.Order)
            .Select(g => $"{List(g.Kernels)}: {g.Text}");

    private static string Reason(MergedFinding finding, KernelVersion kernel, SourceTexts texts)
    {
        var line = $"line {Line(finding, texts)}: ";
        if (KernelFloors.LacksKfunc(finding) is { } kfunc) return $"{line}no `{kfunc}`{Came(SinceOf(kfunc))}";
        var words = Words(finding, kernel);
        return line + (words.Length > 0 ? $"{finding.Finding.Message} ({words})" : finding.Finding.Message);
    }

    private static string Words(MergedFinding finding, KernelVersion kernel) => finding.Words.FirstOrDefault(w => w.Kernels.Contains(kernel))?.Message ?? "";

    private static string Came(KernelVersion? since) => since is { } release ? $", which came with {release}" : "";

    private static KernelVersion? SinceOf(string kfunc) => KernelModels.All.Select(m => m.FindKfunc(kfunc)).LastOrDefault(k => k is not null)?.Since;

    private static int Line(MergedFinding finding, SourceTexts texts) => texts.RangeOf(finding.Where).Start.Line + 1;

    private static string List(IEnumerable<KernelVersion> kernels) => string.Join(", ", kernels);

    private static JsonArray Versions(IEnumerable<KernelVersion> kernels) => new([.. kernels.Select(k => (JsonNode)JsonValue.Create(k.ToString()))]);
}
