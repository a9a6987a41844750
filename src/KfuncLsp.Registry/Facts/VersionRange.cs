namespace KfuncLsp.Registry.Facts;

/// <summary>From one version, inclusive, to another, exclusive; a missing end is open.</summary>
public readonly record struct VersionRange(KernelVersion? Since, KernelVersion? Until)
{
    public static VersionRange Of(string? since, string? until) =>
        new(since is null ? null : KernelVersion.Parse(since), until is null ? null : KernelVersion.Parse(until));

    public bool Contains(KernelVersion version) =>
        (Since is not { } since || version >= since) && (Until is not { } until || version < until);
}
