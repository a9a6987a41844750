using KfuncLsp.Analysis.Rules;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>Enters and leaves functions of the unit, and callbacks.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, check_func_call, prepare_func_exit, push_callback_call.</remarks>
internal static class SubprogramTransfer
{
    private const int MostFrames = 24;

    /// <summary>Enters a function with the caller's state, or steps over one that is verified by itself.</summary>
    public static bool Enter(PathExplorer explorer, Site site, Call call, FunctionIr callee)
    {
        var program = site.Program;
        program.Reach(callee.Name);
        if (KF0709ExceptionCallback.IsCalled(site, call, callee)) return false;
        if (callee.NotLowered is { } reason)
        {
            program.GiveUp($"`{callee.DisplayName}` is not analysed: {reason}", site.Where);
            return false;
        }

        if (callee.IsGlobalFunction) return StepOver(explorer, site, call, callee);
        if (site.State.Frames.Count >= MostFrames)
        {
            program.GiveUp("calls are nested too deeply to follow", site.Where);
            return false;
        }

        var caller = site.State.Top.Precision;
        PushFrame(site, callee, FrameKind.Static, call, [.. call.Arguments.Select(a => ValueTransfer.Copy(program, site.State, a))], "");
        for (var i = 0; i < callee.Parameters.Count && i < call.Arguments.Count; i++)
            if (call.Arguments[i].Kind == OperandKind.Local) site.State.Top.Precision.Of(callee.Parameters[i].LocalId).ComesFrom(caller.Of(call.Arguments[i].LocalId));
        return true;
    }

    /// <summary>Pushes a frame with the given arguments.</summary>
    public static void PushFrame(Site site, FunctionIr callee, FrameKind kind, Call call, IReadOnlyList<RegState> arguments, string callbackOf, long mostRounds = 0)
    {
        var caller = site.State.Top;
        var facts = site.Program.Unit.FactsOf(callee);
        var frame = new FrameState(facts, site.Program.Precision.Of(facts), kind)
        {
            Result = call.Result,
            Chain = site.Program.ChainOf(caller.Chain, callee.Name, caller.Block, caller.Index),
            CallSpan = call.Span,
            CallbackOf = callbackOf,
            MostRounds = mostRounds,
            CountsReferencesApart = kind == FrameKind.Callback && site.Traits.CallbackReferencesApart,
        };
        for (var i = 0; i < callee.Parameters.Count; i++)
            SetParameter(frame, callee.Parameters[i].LocalId, i < arguments.Count ? arguments[i] : RegState.Unknown);
        site.State.Frames.Add(frame);
    }

    private static void SetParameter(FrameState frame, int local, RegState value)
    {
        var variable = frame.Function.Locals[local];
        if (!variable.InMemory) frame.Locals[local] = value;
        else frame.Memory[local] = StackObject.Fresh.Put(0, new(SlotKind.Spill, variable.Type.Size) { Value = value });
    }

    /// <summary>A global function is verified apart; here it may change what it is given, and returns any number that it can.</summary>
    private static bool StepOver(PathExplorer explorer, Site site, Call call, FunctionIr callee)
    {
        if (!site.Program.CalledGlobals.Contains(callee.Name)) site.Program.CalledGlobals.Add(callee.Name);
        var isRemovable = RemovableCall.MayBe(site, call, callee);
        var isAskedAgain = RemovableCall.IsAskedAgain(site, callee);
        if (!isRemovable) site.Program.SurelyCalledGlobals.Add(callee.Name);
        if (isRemovable || isAskedAgain) site = site with { Doubt = $"the compiler may leave out the call of `{callee.DisplayName}`, and what it breaks with it" };
        if (!KF0411GlobalCallInRegion.IsBroken(site, call, callee)) KF0402SleepableInCriticalSection.IsBrokenByGlobal(site, call, callee);
        for (var i = 0; i < callee.Parameters.Count && i < call.Arguments.Count; i++)
            if (callee.Parameters[i].Type is not IntType) Precision.Need(site.State, call.Arguments[i]);
        KF0812GlobalFunctionArgument.IsBroken(site, call, callee);
        site.State.PacketBytes = 0;
        ExitChecks.AtGlobalCall(site, call, callee);
        foreach (var argument in call.Arguments)
        {
            var value = ValueTransfer.Read(site.State, argument);
            if (value.Type == RegType.PtrToStack) MemoryTransfer.Forget(site.State, value, null);
        }

        // Older kernels do not look into the function.
        if (site.Traits.LazyGlobalSubprograms && site.Program.Unit.PacketChanges.In(callee, site.Model)) DynptrTransfer.InvalidatePackets(site.State);
        if (call.Result is { } result)
            site.State.Top.Locals[result] = callee.ReturnType is IntType ? RegState.Scalar(site.Program.Unit.ResultRanges.Of(callee)) with { Term = isAskedAgain ? RegState.KnownElsewhere.Term : null } : MemoryTransfer.OfType(callee.ReturnType, isRuntime: true);
        return true;
    }

    /// <summary>Leaves the top frame; false where that ends the path.</summary>
    public static bool Return(PathExplorer explorer, Site site, Return end)
    {
        var state = site.State;
        var frame = state.Top;
        var value = end.Value is { } operand ? ValueTransfer.Read(state, operand) : RegState.Unknown;
        if (state.Frames.Count == 1 || frame.Kind != FrameKind.Static) site.Program.ReportWithheld(state);
        if (state.Frames.Count == 1)
        {
            if (frame.Kind == FrameKind.ExceptionCallback && end.Value is { } thrown) Precision.Need(state, thrown);
            ExitChecks.AtEnd(site with { ShownAt = state.BodyReturn }, value);
            return false;
        }

        if (frame.Kind == FrameKind.Callback) ExitChecks.AtCallbackEnd(site, value, state.Depth);
        var depth = state.Depth;
        var aggregate = frame.Function.ReturnType is StructType ? ReturnedObject(state, frame, value) : null;
        state.PopFrame();
        if (depth == 1 && FunctionIr.ProgramOf(frame.Function.Name) == state.Top.Function.Name) state.BodyReturn = site.Where;
        if (value.Type == RegType.PtrToStack && value.Frame == depth) value = RegState.Unknown;
        // The call is done once more: with another round of the callback, or without.
        if (frame.MostRounds > 0) state.Top.Index--;
        if (frame.Kind == FrameKind.Callback) value = RegState.AnyScalar;
        else if (frame.Function is { IsNaked: false, ReturnType: IntType type } && value.IsScalar) value = Shorten(value, type);
        if (frame.Result is not { } result) return true;
        if (aggregate is not null)
        {
            state.Top.Memory[result] = aggregate;
            return true;
        }

        state.Top.Locals[result] = value;
        if (end.Value is { Kind: OperandKind.Local } returned) state.Top.Precision.Of(result).ComesFrom(frame.Precision.Of(returned.LocalId));
        return true;
    }

    /// <summary>A struct that is returned. One variable that all returns give lies in its caller's frame from the beginning, dynptrs and all; others are copied.</summary>
    private static StackObject ReturnedObject(VerifierState state, FrameState frame, RegState value)
    {
        if (value is not { Type: RegType.PtrToStack, Offset: 0, HasVariableOffset: false } || value.Frame != state.Depth || frame.Memory[value.LocalId] is not { IsEscaped: false } memory) return StackObject.Fresh;
        var isOwnPlace = frame.Facts.ReturnedLocal == value.LocalId;
        foreach (var (offset, slot) in memory.Slots)
        {
            if (slot.Kind != SlotKind.Spill && !isOwnPlace) memory = memory.Clear(offset, slot.Size);
            else if (slot.Value.Type == RegType.PtrToStack && slot.Value.Frame == state.Depth) memory = memory.Put(offset, slot with { Value = RegState.Unknown });
        }

        return memory;
    }

    private static RegState Shorten(RegState value, IntType type)
    {
        var range = value.Range.ConvertTo(type);
        return range == value.Range ? value : value.CutTo(range, type);
    }

    /// <summary>A callback that runs during the call: it may run, or not run at all.</summary>
    public static void PushCallback(PathExplorer explorer, Site site, Call call, RegState function, IReadOnlyList<RegState> arguments, string by)
    {
        if (FindCallback(site, function) is { } callee) explorer.Push(EnteredCallback(site, callee, call, arguments, by, 0));
    }

    /// <summary>The same, for a callback that runs any number of times, up to <paramref name="mostRounds"/>: after each the call is there again.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, push_callback_call and prepare_func_exit (calls_callback, callback_depth).</remarks>
    public static void PushRepeatedCallback(PathExplorer explorer, Site site, Call call, RegState function, IReadOnlyList<RegState> arguments, string by, long mostRounds)
    {
        if (FindCallback(site, function) is not { } callee) return;
        if (!site.Traits.CallbacksRunAgain || mostRounds <= 0)
        {
            PushCallback(explorer, site, call, function, arguments, by);
            return;
        }

        var inside = EnteredCallback(site, callee, call, arguments, by, mostRounds);
        var rounds = (inside.Top.Chain, FrameState.Rounds);
        var done = site.State.LoopVisits.GetValueOrDefault(rounds);
        site.State.LoopVisits = site.State.LoopVisits.Remove(rounds);
        if (done >= mostRounds) return;
        inside.LoopVisits = inside.LoopVisits.SetItem(rounds, done + 1);
        explorer.Push(inside);
    }

    private static VerifierState EnteredCallback(Site site, FunctionIr callee, Call call, IReadOnlyList<RegState> arguments, string by, long mostRounds)
    {
        var inside = site.State.Clone();
        if (call.Result is { } result) inside.Top.Locals[result] = RegState.AnyScalar;
        PushFrame(site with { State = inside }, callee, FrameKind.Callback, call, arguments, by, mostRounds);
        return inside;
    }

    /// <summary>A callback that runs later, with a state of its own.</summary>
    public static void PushAsyncCallback(PathExplorer explorer, Site site, Call call, RegState function, bool isSleepable, IReadOnlyList<RegState> arguments, string by)
    {
        if (FindCallback(site, function) is not { } callee) return;
        var later = new VerifierState { IsSleepable = isSleepable };
        var facts = site.Program.Unit.FactsOf(callee);
        var frame = new FrameState(facts, site.Program.Precision.Of(facts), FrameKind.AsyncCallback)
        {
            Chain = site.Program.ChainOf(-1, callee.Name, isSleepable ? 1 : 0, 0),
            CallbackOf = by,
        };
        for (var i = 0; i < callee.Parameters.Count; i++)
            SetParameter(frame, callee.Parameters[i].LocalId, i < arguments.Count ? arguments[i] : RegState.Unknown);
        later.Frames.Add(frame);
        explorer.PushAsync($"{callee.Name}:{isSleepable}:{by}", later);
    }

    private static FunctionIr? FindCallback(Site site, RegState function)
    {
        if (function.Type != RegType.PtrToFunc || site.Program.Unit.FindFunction(function.Object) is not { } callee)
        {
            if (function.IsUnknown) site.Program.GiveUp("the callback is not known here", site.Where);
            return null;
        }

        site.Program.Reach(callee.Name);
        if (callee.NotLowered is not { } reason) return callee;
        site.Program.GiveUp($"`{callee.DisplayName}` is not analysed: {reason}", site.Where);
        return null;
    }
}
