using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>What a list head or tree root contains: <c>__contains(struct, node)</c>.</summary>
/// <remarks>Units: <see cref="NodeOffset"/> in bytes; negative where the struct's layout is not known.</remarks>
internal sealed record GraphRoot(string Struct, string Node, long NodeOffset);

/// <summary>Lists and trees of local objects.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, mark_reg_graph_node, ref_convert_owning_non_owning; semantics E.7.</remarks>
internal static class GraphTransfer
{
    /// <summary>What the root contains; null where its tag is not at hand.</summary>
    public static GraphRoot? RootOf(Site site, RegState pointer)
    {
        foreach (var tag in TagsOf(site, pointer))
        {
            var parts = tag.Split(':');
            if (parts is not ["contains", var name, var node]) continue;
            var field = site.Program.Unit.FindStruct(name)?.Fields.FirstOrDefault(f => f.Name == node);
            return new(name, node, field?.ByteOffset ?? -1);
        }

        return null;
    }

    private static EquatableArray<string> TagsOf(Site site, RegState pointer)
    {
        if (pointer.Field is { } step && site.Program.Unit.FindStruct(step.Struct)?.Fields.FirstOrDefault(f => f.Name == step.Name) is { } field) return field.DeclTags;
        return site.Program.Unit.Globals.TryGetValue(pointer.Object, out var global) && pointer.Field is null ? global.DeclTags : [];
    }

    /// <summary>The node that a call on a root returns or hands to a callback: its offset is that of the node in its struct.</summary>
    public static RegState NodeOf(Site site, KfuncCall meta)
    {
        var root = meta.GraphRoot is { } pointer ? RootOf(site, pointer) : null;
        return root is not { NodeOffset: >= 0 }
            ? RegState.Unknown
            : new(RegType.PtrToBtfId) { Flags = TypeFlags.MemAlloc, Struct = root.Struct, Offset = root.NodeOffset };
    }

    /// <summary>An inserted object belongs to its list or tree from here on.</summary>
    public static void Insert(Site site, KfuncCall meta)
    {
        if (meta.Name is not ("bpf_list_push_front" or "bpf_list_push_back" or "bpf_list_add" or "bpf_rbtree_add") || meta.Arguments.Length < 2) return;
        var node = meta.Arguments[1];
        if (node.RefObjId != 0) ReferenceTransfer.ConvertToNonOwning(site, node.RefObjId);
    }
}
