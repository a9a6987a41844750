using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>What is put into a list or tree is not the node that it holds.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, __process_kf_arg_ptr_to_graph_node.</remarks>
internal static class KF0810WrongGraphNode
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0810", "wrong-graph-node", "A list or tree takes one node of one struct", "graph-node-type", "graph-root-arg", "arg-ctx-modified");

    public static bool IsBroken(Site site, KfuncCall meta, KfuncParameter parameter, RegState argument)
    {
        if (!argument.IsObject || !argument.Is(TypeFlags.MemAlloc) || argument.Struct.Length == 0) return false;
        var (kind, name, rootName) = parameter.Class == KfuncArgClass.ListNode
            ? (BtfFieldKind.ListNode, "bpf_list_node", "bpf_list_head") : (BtfFieldKind.RbNode, "bpf_rb_node", "bpf_rb_root");
        var place = site.At(meta.SpanOf(parameter.Index));
        if (argument.HasVariableOffset)
        {
            if (!argument.IsSurelyVariable) return false;
            place.Report(Rule, $"the `struct {name}` must lie at a constant offset", "arg-ctx-modified", site.Kernel("arg-ctx-modified", "variable", "ptr_"));
            return true;
        }

        if (site.Program.Unit.Records.OfStruct(argument.Struct) is not { } record) return false;
        if (record.At(argument.Offset, kind) is null)
        {
            place.Report(Rule, $"there is no `struct {name}` at offset {argument.Offset} of `struct {argument.Struct}`", "graph-root-arg", site.Kernel("graph-root-arg", "not found at offset", name, argument.Offset));
            return true;
        }

        if (meta.GraphRoot is not { } pointer || GraphTransfer.RootOf(site, pointer) is not { NodeOffset: >= 0 } root) return false;
        if (root.Struct != argument.Struct)
        {
            place.Report(Rule, $"this {(kind == BtfFieldKind.ListNode ? "list" : "tree")} holds `struct {root.Struct}`, not `struct {argument.Struct}`", "graph-node-type",
                site.Kernel("graph-node-type", "operation on", rootName, name, root.NodeOffset, root.Struct, argument.Offset, argument.Struct));
            return true;
        }

        if (root.NodeOffset == argument.Offset) return false;
        place.Report(Rule, $"this {(kind == BtfFieldKind.ListNode ? "list" : "tree")} is linked by `{root.Node}` of `struct {root.Struct}`, not by this member", "graph-node-type",
            site.Kernel("graph-node-type", "but expected", argument.Offset, name, root.NodeOffset, root.Struct));
        return true;
    }
}
