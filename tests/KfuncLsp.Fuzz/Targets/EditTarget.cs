using KfuncLsp.Fuzz.Edits;

namespace KfuncLsp.Fuzz.Targets;

/// <summary>Edits of real programs, one after the other: what the edited function alone was lowered for must be what a first parse of the version gives.</summary>
internal sealed class EditTarget(int seed) : FuzzTarget
{
    private readonly EditSequences _sequences = new(seed);

    public override string Name => "edits";
    public override IReadOnlyList<byte[]> Seeds { get; } = [[]];
    public override string Note => $"{_sequences.InPart} lowered in part";
    public override string? Broken => _sequences.Text;

    public override Task TryAsync(byte[] input)
    {
        _sequences.Step();
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        _sequences.Dispose();
        return default;
    }
}
