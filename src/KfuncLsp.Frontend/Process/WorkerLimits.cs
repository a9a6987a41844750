namespace KfuncLsp.Frontend.Process;

/// <summary>What a parse may cost before its process is killed.</summary>
/// <remarks>
/// Units: <see cref="Deadline"/> in time on the processor (three times that on the clock); <see cref="MemoryBytes"/> of resident memory, 0 for no limit.
/// </remarks>
public sealed record WorkerLimits
{
    public static readonly WorkerLimits Default = new();

    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);
    public long MemoryBytes { get; init; } = 3L << 30;

    /// <summary>How long a child that is shut down may take to end by itself.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How many translation units the child keeps alive.</summary>
    public int LiveUnits { get; init; } = 4;

    /// <summary>Where parsed preambles are kept from one start to the next; null keeps none.</summary>
    public PreambleCache? Preambles { get; init; }

    /// <summary>The libclang that the child loads; null lets it find one.</summary>
    public string? LibclangPath { get; init; }
}
