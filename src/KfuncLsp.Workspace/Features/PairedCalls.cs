using System.Collections.Immutable;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Workspace.Features;

/// <summary>What lies between two calls that belong together.</summary>
internal enum PairKind : byte { Reference, RcuSection, PreemptDisabled, IrqDisabled, Locked, Iteration }

/// <summary>A call that begins something and those that end it on the paths from there. <see cref="Steps"/> are an iterator's <c>next</c> calls.</summary>
internal sealed record PairedCalls(PairKind Kind, Call Open, ImmutableArray<Call> Steps, ImmutableArray<Call> Closes)
{
    /// <summary>Whether the pair encloses a stretch of code under a rule of its own.</summary>
    public bool IsRegion => Kind is not (PairKind.Reference or PairKind.Iteration);

    public IEnumerable<Call> All => [Open, .. Steps, .. Closes];

    /// <summary>The pairs of a function, in the order of its code.</summary>
    public static ImmutableArray<PairedCalls> In(FunctionIr function, KernelModel model)
    {
        var pairs = ImmutableArray.CreateBuilder<PairedCalls>();
        foreach (var block in function.Blocks)
            for (var i = 0; i < block.Instructions.Count; i++)
                if (block.Instructions[i] is Call call && CallRole.Of(function, call, model) is { Part: RolePart.Open } role)
                    pairs.Add(Follow(function, model, call, role, block.Id, i + 1));
        return pairs.ToImmutable();
    }

    /// <summary>Walks on from the opening call until each path closes it.</summary>
    private static PairedCalls Follow(FunctionIr function, KernelModel model, Call open, CallRole role, int block, int index)
    {
        var (steps, closes) = (new List<Call>(), new List<Call>());
        var owners = role.Kind == PairKind.Reference ? Copies(function, open.Result) : [];
        var seen = new HashSet<(int Block, int Depth)>();
        var pending = new Stack<(int Block, int Index, int Depth)>([(block, index, 0)]);
        while (pending.TryPop(out var at))
        {
            var (depth, isOpen) = (at.Depth, true);
            var instructions = function.Blocks[at.Block].Instructions;
            for (var i = at.Index; i < instructions.Count && isOpen; i++)
            {
                if (instructions[i] is not Call call) continue;
                if (ReferenceEquals(call, open)) isOpen = false;
                else if (CallRole.Of(function, call, model) is not { } other || !other.Meets(role, owners)) continue;
                else if (other.Part == RolePart.Step) AddOnce(steps, call);
                else if (other.Part == RolePart.Open) depth++;
                else if (depth-- == 0)
                {
                    AddOnce(closes, call);
                    isOpen = false;
                }
            }

            if (!isOpen) continue;
            foreach (var next in ControlFlow.Successors(function.Blocks[at.Block].End))
                if (seen.Add((next, depth))) pending.Push((next, 0, depth));
        }

        return new(role.Kind, open, [.. steps.OrderBy(c => c.Span.Start)], [.. closes.OrderBy(c => c.Span.Start)]);
    }

    private static void AddOnce(List<Call> calls, Call call)
    {
        if (!calls.Contains(call)) calls.Add(call);
    }

    /// <summary>The locals that a value is copied into.</summary>
    private static HashSet<int> Copies(FunctionIr function, int? local)
    {
        var copies = new HashSet<int>();
        if (local is { } first) copies.Add(first);
        for (var before = 0; before != copies.Count;)
        {
            before = copies.Count;
            foreach (var block in function.Blocks)
                foreach (var instruction in block.Instructions)
                    if (instruction is Assign { Value: Use { Value.Kind: OperandKind.Local } or Cast { Value.Kind: OperandKind.Local } } assign
                        && copies.Contains(assign.Value is Use use ? use.Value.LocalId : ((Cast)assign.Value).Value.LocalId)) copies.Add(assign.Target);
        }

        return copies;
    }
}
