namespace KfuncLsp.Mutation.Editing;

/// <summary>A way to break a program, and where it can be done.</summary>
/// <remarks>An edit only may break the program: whether it does is for the kernel to say.</remarks>
internal sealed record EditKind(string Name, Func<Subject, IEnumerable<Edit>> Find)
{
    /// <summary>Whether an edit changes what the kernel sees though the code stays as it is: then equal code is no reason to drop the mutant.</summary>
    public bool ChangesOnlyDeclarations { get; init; }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<EditKind> All { get; } =
        [.. ReleaseEdits.Kinds, .. NullCheckEdits.Kinds, .. FlowEdits.Kinds, .. RegionEdits.Kinds, .. IteratorEdits.Kinds, .. ArgumentEdits.Kinds, .. ProgramEdits.Kinds];
}
