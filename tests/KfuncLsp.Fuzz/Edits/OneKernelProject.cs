using KfuncLsp.Analysis;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Documents;

namespace KfuncLsp.Fuzz.Edits;

/// <summary>A project of one file that is judged for one kernel.</summary>
internal sealed class OneKernelProject(string file, string[] arguments, KernelVersion kernel) : IProjectSource
{
    private readonly CompileCommand _command = new(file, Path.GetDirectoryName(file)!, [.. arguments]) { Origin = "edits" };
    private readonly TargetSelection _targets = new([new(kernel, [KernelModels.For(kernel)!])], "edits");

    public AnalysisOptions Options { get; init; } = AnalysisOptions.Default;

    public ProjectSetup SetupOf(string path, ReadOnlyMemory<byte> text) => new(_command, _targets, Options);

    public void Forget()
    {
    }
}
