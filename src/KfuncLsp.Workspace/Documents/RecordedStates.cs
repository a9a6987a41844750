using System.Collections.Immutable;
using KfuncLsp.Analysis;
using KfuncLsp.Analysis.Observation;
using KfuncLsp.Ir;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Caching;

namespace KfuncLsp.Workspace.Documents;

/// <summary>What each program of a checked text was seen to hold at every point of its code, on the first target kernel.</summary>
public sealed record RecordedStates(DocumentCheck Check, KernelModel Model, ImmutableArray<StateTable> Programs)
{
    /// <summary>What holds at a point, over all programs that come there; null where none does.</summary>
    public PointState? At(CodePoint point)
    {
        PointState? all = null;
        foreach (var program in Programs)
            if (program.At(point) is { } state) all = all is null ? state : all.With(state);
        return all;
    }
}

/// <summary>Records the states of a check once its verdicts are out, program by program, taking from a cache what an edit did not touch.</summary>
internal sealed class StateRecording(WorkspaceServices services)
{
    private Dictionary<IrHash, StateTable> _known = [];

    /// <summary>Null where no kernel model is at hand.</summary>
    /// <remarks>Shape: <paramref name="keys"/> are those of the check.</remarks>
    public RecordedStates? Record(DocumentCheck check, ProgramKeys keys, CancellationToken cancel)
    {
        if (check.Model is not { } model || check.NotChecked is not null) return null;
        var now = new Dictionary<IrHash, StateTable>();
        var tables = ImmutableArray.CreateBuilder<StateTable>();
        foreach (var program in Analyzer.ProgramsOf(check.Unit))
        {
            var key = keys.KeyOf(program, model, check.Setup.Options);
            if (!_known.TryGetValue(key, out var table)) table = services.ObserveProgram(check.Unit, program, model, check.Setup.Options, cancel);
            now[key] = table;
            tables.Add(table);
        }

        _known = now;
        return new(check, model, tables.ToImmutable());
    }
}
