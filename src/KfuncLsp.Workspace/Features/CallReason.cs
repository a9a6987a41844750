using System.Collections.Immutable;
using KfuncLsp.Registry;

namespace KfuncLsp.Workspace.Features;

/// <summary>Whether a program may call a kfunc at all, whatever its state.</summary>
internal static class CallReason
{
    /// <summary>Why not; null where it may.</summary>
    public static string? Refusal(KfuncSignature kfunc, KernelModel model, EnclosingProgram program)
    {
        if (model.Built is { } built && built.Lacks(kfunc.Name)) return $"it is not in this kernel ({built.Name})";
        var callable = model.MayCall(kfunc, program.Context);
        if (!callable.IsAllowed) return callable.Reason;
        var flags = kfunc.FlagsOn(model.HookOf(program.Context.Program.Type));
        return (flags & KfuncFlags.Sleepable) != 0 && !program.Context.Program.IsSleepable ? "it may sleep, and this program may not" : null;
    }

    /// <summary>Whether all programs around a place may call it; null where there are none.</summary>
    public static string? Here(KfuncSignature kfunc, KernelModel model, ImmutableArray<EnclosingProgram> programs)
    {
        if (programs.IsEmpty) return null;
        var refused = programs.Select(p => (p.Name, Reason: Refusal(kfunc, model, p))).Where(r => r.Reason is not null).ToList();
        var names = string.Join(", ", programs.Select(p => $"`{p.Name}` ({ProgramTypeNames.Of(p.Context.Program.Type)}{(p.Context.Program.IsSleepable ? ", sleepable" : "")})"));
        return refused.Count == 0 ? $"May be called in {names} on {model.Version}" : $"May not be called in `{refused[0].Name}` on {model.Version}: {refused[0].Reason}";
    }
}
