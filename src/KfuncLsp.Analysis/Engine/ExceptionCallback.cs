using KfuncLsp.Analysis.Rules;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>The function that a program's <c>exception_callback:</c> tag names: it runs after every <c>bpf_throw</c>.</summary>
/// <remarks>Source: kernel/bpf/verifier.c, bpf_find_exception_callback_insn_off, do_check_common.</remarks>
internal static class ExceptionCallback
{
    private const string Tag = "exception_callback:";

    /// <summary>The name that the program gives; null where it gives none.</summary>
    public static string? NameOf(FunctionIr program)
    {
        foreach (var tag in program.DeclTags)
            if (tag.StartsWith(Tag, StringComparison.Ordinal)) return tag[Tag.Length..];
        return null;
    }

    /// <summary>Verifies the callback, as the kernel does whether or not the program throws.</summary>
    public static void Explore(PathExplorer explorer)
    {
        var program = explorer.Program;
        if (NameOf(program.Program) is not { } name) return;
        program.Reach(name);
        if (KF0709ExceptionCallback.IsBroken(program, name, program.Program.DeclTags.Count(t => t.StartsWith(Tag, StringComparison.Ordinal)))) return;
        if (program.Unit.FindFunction(name) is not { NotLowered: null } function) return;
        var state = new VerifierState { IsSleepable = program.Kind?.IsSleepable ?? false };
        var frame = program.NewFrame(function, FrameKind.ExceptionCallback);
        foreach (var parameter in function.Parameters) frame.Locals[parameter.LocalId] = RegState.Scalar(ScalarRange.Of(parameter.Type));
        state.Frames.Add(frame);
        explorer.Explore(state);
    }

    /// <summary>Whether the function is entered as a callback, by whatever chain of calls.</summary>
    public static bool IsInCallback(VerifierState state) =>
        state.Frames.Any(f => f.Kind is FrameKind.Callback or FrameKind.AsyncCallback or FrameKind.ExceptionCallback);
}
