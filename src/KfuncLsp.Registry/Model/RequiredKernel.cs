namespace KfuncLsp.Registry;

/// <summary>The kernel that a program needs at least.</summary>
public static class RequiredKernel
{
    /// <summary>The newest of the releases that brought what is used; null where none is known.</summary>
    public static KernelVersion? Of(IEnumerable<KernelVersion?> since)
    {
        KernelVersion? newest = null;
        foreach (var release in since)
            if (release is { } one && (newest is not { } known || one > known)) newest = one;
        return newest;
    }
}
