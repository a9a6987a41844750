using KfuncLsp.Analysis.Engine;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.State;

/// <summary>How a frame was entered, and what its return does.</summary>
internal enum FrameKind : byte { Program, Global, Static, Callback, AsyncCallback, ExceptionCallback }

/// <summary>One function's activation: the kernel's <c>struct bpf_func_state</c>.</summary>
/// <remarks>Mutable until it is shared by several states. <see cref="Index"/> is the instruction to do next.</remarks>
internal sealed class FrameState
{
    public FrameState(FunctionFacts facts, FunctionPrecision precision, FrameKind kind)
        : this(facts, precision, kind, NewLocals(facts.Function), new(new StackObject?[facts.Function.Locals.Count]))
    {
    }

    private FrameState(FunctionFacts facts, FunctionPrecision precision, FrameKind kind, CopyOnWrite<RegState> locals, CopyOnWrite<StackObject?> memory) =>
        (Facts, Precision, Kind, Locals, Memory) = (facts, precision, kind, locals, memory);

    public FunctionFacts Facts { get; }
    public FrameKind Kind { get; }
    public FunctionIr Function => Facts.Function;

    /// <summary>Which of the locals' numbers matter.</summary>
    public FunctionPrecision Precision { get; }

    public CopyOnWrite<RegState> Locals { get; }
    public CopyOnWrite<StackObject?> Memory { get; }

    public int Block { get; set; }
    public int Index { get; set; }

    /// <summary>The caller's local that takes the result.</summary>
    public int? Result { get; init; }

    /// <summary>Names the chain of calls that leads here; equal chains have equal numbers.</summary>
    public int Chain { get; init; }

    /// <summary>Where the caller called.</summary>
    public Span CallSpan { get; init; }

    /// <summary>The kfunc or helper whose callback this is.</summary>
    public string CallbackOf { get; init; } = "";

    /// <summary>In place of a block's number: the rounds of a callback.</summary>
    public const int Rounds = -1;

    /// <summary>How often a callback runs at most, one round after the other; 0 where only one round is followed.</summary>
    public long MostRounds { get; init; }

    /// <summary>Whether what becomes of the caller's references in here is nothing to the caller, as of older kernels' callbacks.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, prepare_func_exit: a callback's references are not transferred back.</remarks>
    public bool CountsReferencesApart { get; init; }

    private static CopyOnWrite<RegState> NewLocals(FunctionIr function)
    {
        var locals = new RegState[function.Locals.Count];
        Array.Fill(locals, RegState.Unknown);
        return new(locals);
    }

    /// <summary>Whether several states hold it, so that it stays as it is.</summary>
    public bool IsShared { get; private set; }

    public FrameState Share()
    {
        IsShared = true;
        Locals.Freeze();
        Memory.Freeze();
        return this;
    }

    public FrameState Clone() => new(Facts, Precision, Kind, Locals.Copy(), Memory.Copy())
    {
        Block = Block,
        Index = Index,
        Result = Result,
        Chain = Chain,
        CallSpan = CallSpan,
        CallbackOf = CallbackOf,
        MostRounds = MostRounds,
        CountsReferencesApart = CountsReferencesApart,
    };
}
