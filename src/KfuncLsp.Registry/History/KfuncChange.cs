namespace KfuncLsp.Registry.History;

/// <summary>What can change of a kfunc from one kernel to another.</summary>
public enum KfuncChangeKind : byte { Added, Removed, Flags, Hooks, Filters, Prototype, Config, Deprecated }

/// <summary>One thing that changed of a kfunc between two models.</summary>
/// <remarks>
/// Shape: <see cref="Before"/> and <see cref="After"/> are in the kernel's spelling, empty where there was or is nothing.
/// <see cref="Place"/> is the hook where the change is not the same on all of them. <see cref="Instead"/> is what to call, where one is known.
/// </remarks>
public sealed record KfuncChange(string Name, KfuncChangeKind Kind, string Before, string After)
{
    public KfuncHook? Place { get; init; }

    /// <summary>For a change of flags: those that are new.</summary>
    public IEnumerable<string> Gained => Names(After).Except(Names(Before));

    /// <summary>For a change of flags: those that are gone.</summary>
    public IEnumerable<string> Lost => Names(Before).Except(Names(After));

    public string? Instead { get; init; }

    /// <summary>Why, where a table or the kernel says so.</summary>
    public string? Reason { get; init; }

    /// <summary>Where the reason can be read.</summary>
    public string? Source { get; init; }

    private static IEnumerable<string> Names(string flags) => flags.Split(" | ").Where(f => f != "none");
}
