using System.Collections.Immutable;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;
using KfuncLsp.Registry.History;
using KfuncLsp.Registry.Words;

namespace KfuncLsp.Site;

/// <summary>A kfunc as the site shows it: what the newest kernel that has it says, and what the others differ in.</summary>
internal sealed record SiteKfunc(KfuncSignature Newest, KernelModel Model, KfuncPage Page, KfuncTimeline Timeline)
{
    public string Name => Newest.Name;

    /// <summary>The newest model lacks it.</summary>
    public bool IsGone => Newest.Until is not null;

    public bool IsDeprecated => Newest.Deprecated is not null || Newest.Has(KfuncFlags.Deprecated);

    public ImmutableArray<string> Flags => KernelNames.Spell(Newest.Flags);

    /// <summary>The first words of its page: one sentence.</summary>
    public string Does => Page.Does ?? "";
}
