using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Frontend.Headers;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Text;

namespace KfuncLsp.Workspace.Checking;

/// <summary>From a path to verdicts: configuration, compile commands, IR, and the analyser for every target kernel.</summary>
/// <remarks>Safe to use from several threads where its source of units is.</remarks>
public sealed class FileChecker(IUnitSource units, CheckSettings settings, OwnKernels own)
{
    /// <summary>Checks a file, or the buffer that an editor has of it.</summary>
    /// <remarks>Errors: bad input is in the answer. Throws <see cref="OperationCanceledException"/>; any other exception is our bug.</remarks>
    public async ValueTask<FileCheck> CheckAsync(string path, ReadOnlyMemory<byte>? text, CancellationToken cancel)
    {
        path = Path.GetFullPath(path);
        var configuration = settings.Over(ConfigurationFile.FindFor(path));
        var targets = TargetKernels.Resolve(settings.Kernels, configuration, HostEnvironment.Current, own);
        var check = new FileCheck(path, targets, []) { Problems = configuration.Problems };
        if (text is null && SourceFiles.Refuse(path) is { } refusal) return check with { Refusal = refusal };

        var results = ImmutableArray.CreateBuilder<CheckedFile>();
        foreach (var command in CompileCommandResolver.Resolve(path, settings.CompileSettingsFor(configuration), text))
        {
            var unit = await units.ParseAsync(new UnitRequest(path, text, command.Arguments), cancel);
            results.Add(Judge(path, command, unit, targets.Kernels, configuration, file => TextOf(file, path, text), cancel));
        }

        return check with { Checks = results.ToImmutable(), Configuration = configuration };
    }

    private static LineIndex? TextOf(string file, string path, ReadOnlyMemory<byte>? text)
    {
        try
        {
            return new(file == path && text is { } given ? given : PlainFile.ReadBytes(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Judges a parsed unit for every target kernel.</summary>
    private static CheckedFile Judge(
        string path, CompileCommand command, UnitIr unit, ImmutableArray<TargetKernel> targets, ProjectConfiguration configuration,
        Func<string, LineIndex?> textOf, CancellationToken cancel)
    {
        var options = OptionsOf(configuration);
        var reports = ImmutableArray.CreateBuilder<UnitReport>();
        foreach (var target in targets)
        {
            var judged = target.Models.Select(model => Analyzer.Analyze(unit, model, options, cancel)).ToArray();
            if (judged.Length == 1) reports.Add(judged[0] with { Kernel = target.Version });
            if (judged.Length == 2) reports.Add(NeighbourJudgement.Combine(target.Version, judged[0], judged[1]));
        }

        return Judgement.Of(new(path, command, unit, reports.ToImmutable()), configuration, textOf);
    }

    /// <summary>What the loader may do, as the configuration says.</summary>
    public static AnalysisOptions OptionsOf(ProjectConfiguration configuration)
    {
        if (configuration.Capabilities is not { } capabilities) return AnalysisOptions.Default;
        return AnalysisOptions.Default with
        {
            CapBpf = Has("CAP_BPF"),
            CapPerfmon = Has("CAP_PERFMON"),
            CapSysBoot = Has("CAP_SYS_BOOT"),
        };

        bool Has(string name) => capabilities.Any(c =>
            c.Equals(name, StringComparison.OrdinalIgnoreCase) || c.Equals(name[4..], StringComparison.OrdinalIgnoreCase)
            || c.Equals("CAP_SYS_ADMIN", StringComparison.OrdinalIgnoreCase) && name != "CAP_SYS_BOOT");
    }
}
