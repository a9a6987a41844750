using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Workspace.Features;

internal enum RolePart : byte { Open, Step, Close }

/// <summary>The part that a call plays in a pair. <see cref="Family"/> is what both ends have in common, <see cref="Subject"/> the lock, flag or iterator as written.</summary>
internal sealed record CallRole(PairKind Kind, RolePart Part, string Family, string Subject, int? Owner)
{
    /// <summary>What a call opens, steps or closes; null for the others.</summary>
    public static CallRole? Of(FunctionIr function, Call call, KernelModel model) => call.Callee.NameOf() is not { } name ? null : name switch
    {
        "bpf_rcu_read_lock" => new(PairKind.RcuSection, RolePart.Open, "rcu", "", null),
        "bpf_rcu_read_unlock" => new(PairKind.RcuSection, RolePart.Close, "rcu", "", null),
        "bpf_preempt_disable" => new(PairKind.PreemptDisabled, RolePart.Open, "preempt", "", null),
        "bpf_preempt_enable" => new(PairKind.PreemptDisabled, RolePart.Close, "preempt", "", null),
        "bpf_local_irq_save" => On(function, call, PairKind.IrqDisabled, RolePart.Open, "irq"),
        "bpf_local_irq_restore" => On(function, call, PairKind.IrqDisabled, RolePart.Close, "irq"),
        "bpf_spin_lock" => On(function, call, PairKind.Locked, RolePart.Open, "spin"),
        "bpf_spin_unlock" => On(function, call, PairKind.Locked, RolePart.Close, "spin"),
        "bpf_res_spin_lock" => On(function, call, PairKind.Locked, RolePart.Open, "res"),
        "bpf_res_spin_unlock" => On(function, call, PairKind.Locked, RolePart.Close, "res"),
        "bpf_res_spin_lock_irqsave" => On(function, call, PairKind.Locked, RolePart.Open, "res irq"),
        "bpf_res_spin_unlock_irqrestore" => On(function, call, PairKind.Locked, RolePart.Close, "res irq"),
        "bpf_kptr_xchg" => new(PairKind.Reference, RolePart.Close, "", "", OwnerOf(call, 1)),
        _ => model.FindKfunc(name) is { } kfunc ? OfKfunc(function, call, kfunc) : null,
    };

    /// <summary>Whether this call is about what another one opened.</summary>
    public bool Meets(CallRole open, IReadOnlySet<int> owners) =>
        Kind == open.Kind && Family == open.Family
        && (Kind == PairKind.Reference
            ? Part == RolePart.Close && Owner is { } owner && owners.Contains(owner)
            : Subject.Length == 0 || open.Subject.Length == 0 || Subject == open.Subject);

    private static CallRole On(FunctionIr function, Call call, PairKind kind, RolePart part, string family) => new(kind, part, family, SubjectOf(function, call), null);

    private static CallRole? OfKfunc(FunctionIr function, Call call, KfuncSignature kfunc)
    {
        if (kfunc.Has(KfuncFlags.IterNew)) return Iterator(RolePart.Open, "_new");
        if (kfunc.Has(KfuncFlags.IterNext)) return Iterator(RolePart.Step, "_next");
        if (kfunc.Has(KfuncFlags.IterDestroy)) return Iterator(RolePart.Close, "_destroy");
        if (kfunc.Has(KfuncFlags.Acquire) && call.Result is { } result) return new(PairKind.Reference, RolePart.Open, "", "", result);
        return kfunc.Has(KfuncFlags.Release) ? new(PairKind.Reference, RolePart.Close, "", "", OwnerOf(call, 0)) : null;

        CallRole Iterator(RolePart part, string ending) =>
            new(PairKind.Iteration, part, kfunc.Name.EndsWith(ending, StringComparison.Ordinal) ? kfunc.Name[..^ending.Length] : kfunc.Name, SubjectOf(function, call), null);
    }

    private static int? OwnerOf(Call call, int argument) =>
        argument < call.Arguments.Count && call.Arguments[argument] is { Kind: OperandKind.Local } operand ? operand.LocalId : null;

    private static string SubjectOf(FunctionIr function, Call call) =>
        call.Arguments is [{ Kind: OperandKind.Local } first, ..] ? function.Locals[first.LocalId].Name : "";
}
