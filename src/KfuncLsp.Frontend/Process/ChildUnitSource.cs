using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Process;

/// <summary>Parses in a child process of the same executable, which may crash or hang without harm.</summary>
public sealed class ChildUnitSource(WorkerLaunch launch, WorkerLimits limits) : IUnitSource
{
    public ValueTask<UnitIr> ParseAsync(UnitRequest request, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return ValueTask.FromResult(new UnitIr
        {
            MainFile = request.File,
            Files = [request.File],
            Issues = [new(UnitIssueKind.NotParsed, $"no parser in this build ({launch.FileName}, {limits.LiveUnits})", new(request.File, 0, 0))],
        });
    }

    public ValueTask CloseAsync(string file) => default;

    public ValueTask DisposeAsync() => default;
}
