using KfuncLsp.Registry;

namespace KfuncLsp.Workspace.Features;

/// <summary>Whether a program may call a kfunc at all, whatever its state.</summary>
internal static class CallReason
{
    /// <summary>Why not; null where it may.</summary>
    public static string? Refusal(KfuncSignature kfunc, KernelModel model, EnclosingProgram program)
    {
        var callable = model.MayCall(kfunc, program.Context);
        if (!callable.IsAllowed) return callable.Reason;
        var flags = kfunc.FlagsOn(model.HookOf(program.Context.Program.Type));
        return (flags & KfuncFlags.Sleepable) != 0 && !program.Context.Program.IsSleepable ? "it may sleep, and this program may not" : null;
    }
}
