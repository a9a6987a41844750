using System.Collections.Immutable;
using KfuncLsp.Frontend.Headers;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Built;

namespace KfuncLsp.Workspace.Configuration;

/// <summary>Decides for which kernels programs are judged.</summary>
public static class TargetKernels
{
    /// <summary>The first that says something: <paramref name="explicitly"/> (<c>--kernel</c>), the configuration, its registries, its BTF, the running kernel, the newest model.</summary>
    /// <remarks>Shape: each text may name several versions, separated by commas. Errors: see <see cref="TargetSelection.Errors"/>.</remarks>
    public static TargetSelection Resolve(IReadOnlyList<string> explicitly, ProjectConfiguration configuration, HostEnvironment host, OwnKernels own)
    {
        var described = own.Read(configuration.Registries, configuration.Btf ?? host.RunningBtf);
        return Completed(Resolve(explicitly, configuration, host, described, KernelModels.Versions, KernelModels.For), configuration, host, described.Modules, own);
    }

    /// <summary>The chosen kernels with the user's modules; the one whose BTF is at hand, as it was built.</summary>
    private static TargetSelection Completed(TargetSelection selection, ProjectConfiguration configuration, HostEnvironment host, ImmutableArray<ModuleFile> modules, OwnKernels own)
    {
        // A kernel that was asked for by its release may be any of that release, unless the project names the BTF of the one it means.
        var kernel = selection.BuiltAs ?? (configuration.Btf is { } btf && BtfRelease.Of(btf, host) is { } release ? (btf, release) : default((string Path, string Release)?));
        var notices = new HashSet<string>(StringComparer.Ordinal);
        var kernels = selection.Kernels.Select(target => target with { Models = [.. target.Models.Select(model => Complete(target, model))] }).ToImmutableArray();
        return selection with { Kernels = kernels, Notices = [.. selection.Notices, .. notices] };

        KernelModel Complete(TargetKernel target, KernelModel model)
        {
            var isThis = kernel is { } built && KernelVersion.Parse(built.Release)?.Series == target.Version.Series;
            var (complete, notice) = own.Complete(model, modules, isThis ? kernel : null);
            if (notice is not null) notices.Add(notice);
            return complete;
        }
    }

    internal static TargetSelection Resolve(
        IReadOnlyList<string> explicitly, ProjectConfiguration configuration, HostEnvironment host, OwnModels own,
        ImmutableArray<KernelVersion> modelled, Func<KernelVersion, KernelModel?> modelOf)
    {
        if (modelled.IsEmpty) return new([], "no kernel model is shipped") { Errors = ["This build ships no kernel model."] };

        // A registry that cannot be read is asked for all the same: judging without it would judge another kernel.
        if (!own.Errors.IsEmpty) return new([], "no registry") { Errors = own.Errors };

        var choice = new Choice(own, modelled, modelOf);
        if (explicitly.Count > 0) return choice.Named(explicitly, "as asked for");
        if (!configuration.Kernels.IsEmpty && !(configuration.RegistriesComeFirst && !own.Models.IsEmpty)) return choice.Named(configuration.Kernels, $"from {configuration.KernelsFrom ?? configuration.File}");
        if (!own.Models.IsEmpty) return choice.Of([.. KernelModels.OldestFirst(own.Models.Select(m => m.Model)).Select(m => m.Version)], $"from {string.Join(", ", own.Models.Select(m => m.File))}");

        if (configuration.Btf is { } btf)
        {
            if (BtfRelease.Of(btf, host) is { } release && choice.OfRelease(release, $"the BTF in {btf}") is { } byBtf) return byBtf with { BuiltAs = (btf, release) };
            choice.Notices.Add($"The BTF in {btf} does not tell its kernel's version; name it with \"kernels\".");
        }

        if (host is { RunningBtf: { } shown, RunningRelease: { } running } && choice.OfRelease(running, $"the running kernel, {running}") is { } byHost) return byHost with { BuiltAs = (shown, running) };
        return choice.Of([modelled[^1]], "the newest model");
    }

    private sealed class Choice(OwnModels own, ImmutableArray<KernelVersion> modelled, Func<KernelVersion, KernelModel?> modelOf)
    {
        public ImmutableArray<string>.Builder Notices { get; } = ImmutableArray.CreateBuilder<string>();

        private readonly ImmutableArray<string>.Builder _errors = ImmutableArray.CreateBuilder<string>();

        public TargetSelection Named(IEnumerable<string> texts, string origin)
        {
            var versions = new List<KernelVersion>();
            foreach (var text in texts.SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
            {
                if (KernelVersion.Parse(text) is not { } version) _errors.Add($"'{text}' is no kernel version; 6.12 is one.");
                else if (Objection(version) is { } objection) _errors.Add(objection);
                else if (!versions.Contains(version)) versions.Add(version);
            }

            if (versions.Count == 0 && _errors.Count == 0) _errors.Add("No kernel was named.");
            foreach (var (file, model) in own.Models)
                if (!versions.Exists(v => v.Series == model.Version)) Notices.Add($"The registry {file} is of {model.Version}, for which nothing is judged.");
            return Of(versions, origin);
        }

        /// <summary>A kernel that was found, not asked for: one that cannot be judged is passed over, and that is said.</summary>
        public TargetSelection? OfRelease(string release, string origin)
        {
            if (KernelVersion.Parse(release)?.Series is not { } version) return null;
            if (Objection(version) is not { } objection) return Of([version], origin);
            Notices.Add(objection);
            return null;
        }

        public TargetSelection Of(IReadOnlyList<KernelVersion> versions, string origin)
        {
            var kernels = versions.Select(Target).ToImmutableArray();
            return new(kernels, origin) { Notices = Notices.ToImmutable(), Errors = _errors.ToImmutable() };
        }

        private TargetKernel Target(KernelVersion version)
        {
            if (own.For(version) is { } described) return new(version, [described]);
            var standIn = KernelStandIn.For(version, modelled);
            if (standIn.Kind == StandInKind.Neighbours)
                Notices.Add($"There is no model of {version}: it is judged by {standIn.Versions[0]} and {standIn.Versions[1]}, and only what holds in both is told.");
            if (standIn.Kind == StandInKind.Newest)
                Notices.Add($"There is no model of {version}, which is newer than all: it is judged by {standIn.Versions[0]}.");
            return new(version, [.. standIn.Versions.Select(modelOf).OfType<KernelModel>()]);
        }

        /// <summary>Why no model can stand for a version.</summary>
        private string? Objection(KernelVersion version) => own.For(version) is not null ? null : KernelStandIn.For(version, modelled).Kind switch
        {
            StandInKind.TooOld => $"Kernel {version} is older than the oldest model: {string.Join(", ", modelled)} are known.",
            StandInKind.Unheard => $"Kernel {version} is not known: {string.Join(", ", modelled)} are.",
            _ => null,
        };
    }
}
