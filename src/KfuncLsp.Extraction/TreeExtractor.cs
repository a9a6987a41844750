using System.Collections.Immutable;
using KfuncLsp.Extraction.Kfuncs;
using KfuncLsp.Extraction.Verifier;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction;

/// <summary>Reads a kernel source tree into facts.</summary>
public static class TreeExtractor
{
    /// <summary>All that the registry keeps of a tree.</summary>
    /// <remarks>
    /// Shape: directory → (facts, what could not be read). The same tree gives the same facts in the same order.
    /// Errors: a directory that is no kernel gives null facts and one issue.
    /// </remarks>
    public static (RegistryFacts? Facts, ImmutableArray<string> Issues) Extract(string directory)
    {
        var (tree, error) = SourceTree.Open(directory);
        if (tree is null) return (null, [error!]);
        var issues = new List<string>();
        var hooks = ProgramHooks.Of(tree, issues);
        var kfuncs = new KfuncExtraction(tree, hooks, issues);
        var facts = kfuncs.Run();
        if (facts.IsEmpty) return (null, [$"{directory}: no kfunc is registered in this tree", .. issues]);
        return (new()
        {
            Release = tree.Release,
            Kfuncs = facts,
            KfuncSets = kfuncs.Sets,
            FlagBits = FlagBits.Of(tree),
            ProgramHooks = hooks,
            FmodRet = kfuncs.FmodRet,
            Destructors = IdSetFacts.Destructors(tree, kfuncs.Files, issues),
            RcuProtectedTypes = IdSetFacts.RcuProtectedTypes(tree),
            SafeFields = SafeFieldLists.Of(tree),
            Tracepoints = TracepointTable.Of(tree, issues),
            LsmHookSets = IdSetFacts.LsmHooks(tree),
            StructOps = kfuncs.StructOps,
            Structs = kfuncs.Structs,
            RcuNames = Verifier.RcuNames.Of(tree),
            Helpers = HelperProtos.Of(tree, issues),
            Iterators = IterTargets.Of(tree),
            Contexts = ContextTypes.Of(tree, issues),
            Sections = Sections.Of(tree, issues),
        }, [.. issues]);
    }
}
