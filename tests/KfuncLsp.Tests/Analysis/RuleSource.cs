using System.Text;
using KfuncLsp.Analysis;
using KfuncLsp.Frontend.Lowering;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Tests.Cli;
using Xunit;

namespace KfuncLsp.Tests.Analysis;

/// <summary>C source on the rules' tiny header → what kernels say of it.</summary>
internal sealed class RuleSource(string text)
{
    private const string File = "rule.bpf.c";

    public string Text { get; } = text;
    public byte[] Bytes { get; } = Encoding.UTF8.GetBytes(text);

    /// <summary>The kernels that a <c>//- kernel:</c> line names, or 6.12 and 7.3.</summary>
    public string[] Kernels => Directive("kernel")?.Split(',', StringSplitOptions.TrimEntries) ?? ["6.12", "7.3"];

    public UnitIr Lower()
    {
        var directory = Repository.PathOf("tests", "fixtures", "rules");
        string[] arguments = ["-target", "bpf", "-O2", "-g", "-std=gnu11", "-nostdinc", "-Wno-everything", "-I" + directory];
        var (unit, error) = TranslationUnit.Parse(Path.Combine(directory, File), Bytes, arguments);
        Assert.True(unit is not null, error);
        using (unit)
        {
            var errors = unit!.Diagnostics.Where(d => d.IsError).Select(d => d.Message);
            Assert.True(!errors.Any(), string.Join("; ", errors) + "\n" + Text);
            return UnitLowering.Lower(unit);
        }
    }

    public UnitReport Analyze(UnitIr unit, string kernel)
    {
        var model = KernelModels.For(KernelVersion.Parse(kernel)!.Value);
        Assert.NotNull(model);
        var options = Directive("capabilities") == "none" ? new AnalysisOptions { CapSysBoot = false, CapPerfmon = false } : AnalysisOptions.Default;
        return Analyzer.Analyze(unit, model, options, TestContext.Current.CancellationToken);
    }

    /// <summary>Line (from 0) and byte columns of a place in this file; null where it is elsewhere.</summary>
    public (int Line, int Start, int End)? Place(UnitIr unit, Location where)
    {
        if (unit.FindFunction(where.Function) is not { } function || !function.Anchor.File.EndsWith(File, StringComparison.Ordinal)) return null;
        var start = function.Anchor.Start + where.Span.Start;
        var lineStart = Bytes.AsSpan(0, start).LastIndexOf((byte)'\n') + 1;
        return (Bytes.AsSpan(0, start).Count((byte)'\n'), start - lineStart, start - lineStart + where.Span.Length);
    }

    private string? Directive(string name) =>
        Text.Split('\n').FirstOrDefault(l => l.StartsWith($"//- {name}:", StringComparison.Ordinal))?[($"//- {name}:".Length)..].Trim();
}
