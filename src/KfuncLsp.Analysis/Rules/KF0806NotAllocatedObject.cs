using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>An argument that must be an object of <c>bpf_obj_new</c>, owned by the program.</summary>
internal static class KF0806NotAllocatedObject
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0806", "not-allocated-object", "An argument must be an owned object from bpf_obj_new",
        "obj-drop-arg", "obj-not-owned", "refcount-arg", "rbtree-node-arg", "arg-not-trusted", "graph-node-type", "arg-ctx-modified");

    /// <summary><c>bpf_obj_drop</c> and <c>bpf_percpu_obj_drop</c>.</summary>
    public static bool IsNotOwned(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        var isPercpu = meta.Name == "bpf_percpu_obj_drop";
        var wanted = TypeFlags.MemAlloc | (isPercpu ? TypeFlags.MemPercpu : TypeFlags.None);
        if (argument.IsObject && argument.Flags == wanted && argument.RefObjId != 0) return argument.Offset != 0 && IsMoved(site, meta, parameter);
        if (argument.IsScalar && argument.Lost == LostPointer.None) return false;
        if (argument.IsObject && !Trust.IsTrusted(argument) && (meta.WantsTrusted(site.Traits) || meta.IsRelease) && !site.Traits.ReleaseIsFirstArgument)
            return KF0301UntrustedArgument.IsBroken(site, meta, parameter, argument);
        var name = site.NameOf(meta.Call.Arguments[parameter.Index], "the argument");
        site.At(meta.SpanOf(parameter.Index)).Report(Rule, $"`{name}` is not an object that the program owns", "obj-drop-arg",
            site.Kernel("obj-drop-arg", "expected pointer to allocated object", site.ArgumentName(parameter.Index)), null, ("variable", name));
        return true;
    }

    public static bool IsNotRefcounted(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        var name = site.NameOf(meta.Call.Arguments[parameter.Index], "the argument");
        var place = site.At(meta.SpanOf(parameter.Index));
        if (!argument.IsObject || !argument.Is(TypeFlags.MemAlloc) || (!site.Traits.UntrustedObjectsAreOurs && argument.Is(TypeFlags.PtrUntrusted)))
        {
            if (!argument.IsPointer && argument.Lost == LostPointer.None) return false;
            place.Report(Rule, $"`{name}` is not an object from `bpf_obj_new`", "refcount-arg", site.Kernel("refcount-arg", "neither owning", site.ArgumentName(parameter.Index)));
            return true;
        }

        if (site.Traits.RefcountAcquireWantsStart && argument is { HasVariableOffset: false, Offset: not 0 })
        {
            place.Report(Rule, $"`{name}` lies inside the object; pass the object by its start", "arg-ctx-modified",
                site.Kernel("arg-ctx-modified", argument.Offset < 0 ? "negative offset" : "dereference of modified", RegNames.Of(argument), site.RegisterName(parameter.Index), argument.Offset));
            return true;
        }

        if (site.Program.Unit.Records.OfStruct(argument.Struct) is not { } record || record.First(BtfFieldKind.Refcount) is not null) return false;
        place.Report(Rule, $"`struct {argument.Struct}` has no `struct bpf_refcount` member", "refcount-arg", site.Kernel("refcount-arg", "bpf_refcount field", site.ArgumentName(parameter.Index)));
        return true;
    }

    /// <summary>A node that is put into a list or tree must be owned; one that is taken out must be in it.</summary>
    public static bool IsWrongNode(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        var name = site.NameOf(meta.Call.Arguments[parameter.Index], "the node");
        var place = site.At(meta.SpanOf(parameter.Index));
        var isInsertion = meta.Name is "bpf_rbtree_add" or "bpf_list_push_front" or "bpf_list_push_back" or "bpf_list_add";
        if ((argument.IsScalar && argument.Lost == LostPointer.None) || (parameter.AllowsNonOwning && argument.IsNonOwningObject && argument.RefObjId == 0)) return false;
        if (!isInsertion)
        {
            if (meta.Name != "bpf_rbtree_remove" || argument.IsNonOwningObject || (site.Traits.TreesGiveUpOwnedNodes && argument.RefObjId != 0)) return false;
            var kernel = site.Traits.TreesGiveUpOwnedNodes ? site.Kernel("rbtree-node-arg", "non-owning or refcounted", meta.Kfunc.Name) : site.Kernel("rbtree-node-arg", "non-owning ref");
            place.Report(Rule, $"`{name}` is not in the tree: only a node from `bpf_rbtree_first` or the like can be removed", "rbtree-node-arg", kernel);
            return true;
        }

        if (argument.IsObject && argument.Flags == TypeFlags.MemAlloc && argument.RefObjId != 0) return false;
        place.Report(Rule, $"`{name}` is not owned here; only an owned object can be put into a list or tree", "obj-drop-arg",
            site.Kernel("obj-drop-arg", "expected pointer to allocated object", site.ArgumentName(parameter.Index)), null, ("variable", name));
        return true;
    }

    private static bool IsMoved(Site site, KfuncCall meta, KfuncParameter parameter)
    {
        site.At(meta.SpanOf(parameter.Index)).Report(Rule, "the pointer must point to the object's start", "release-offset", site.Kernel("release-offset", null, site.RegisterName(parameter.Index)));
        return true;
    }
}
