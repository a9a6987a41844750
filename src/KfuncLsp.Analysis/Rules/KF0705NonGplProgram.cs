using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Rules;

/// <summary>A kfunc is called from a program whose licence is not GPL compatible.</summary>
internal static class KF0705NonGplProgram
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0705", "non-gpl-program", "Kfuncs need a GPL-compatible licence", "kfunc-needs-gpl", "helper-needs-gpl", "struct-ops-member", "lsm-hook", "btf-walk-cap");

    /// <summary>Looks at every call of the functions that a program reaches: the kernel asks of dead code, too.</summary>
    public static void Check(ProgramContext program, FunctionIr function)
    {
        if (program.IsGpl) return;
        if (ReferenceEquals(function, program.Program)) CheckType(program);
        foreach (var block in function.Blocks)
            foreach (var instruction in block.Instructions)
                if (instruction is Call { Callee: DirectCallee callee } call && program.Unit.Externs.TryGetValue(callee.Name, out var external)
                    && external.IsKsym && KernelPresence.Has(program, external) == true)
                    Report(program, function, call, callee.Name);
    }

    /// <summary>A helper is asked about where a path comes to it only.</summary>
    public static void IsBrokenByHelper(Site site, Call call, HelperSignature signature)
    {
        if (!signature.GplOnly || signature.DiffersByProgramType || site.Program.IsGpl) return;
        var licence = site.Program.Unit.Unit.License is { } given ? $", not \"{given}\"" : "";
        site.At(call.CalleeSpan).Report(Rule, $"`{signature.Name}` needs a GPL-compatible licence{licence}", "helper-needs-gpl", site.Kernel("helper-needs-gpl", null));
    }

    /// <summary>Kernel objects are read by GPL programs only.</summary>
    /// <remarks>Source: kernel/bpf/verifier.c, check_ptr_to_btf_access.</remarks>
    public static bool IsBrokenByAccess(Site site, Operand operand, RegState pointer)
    {
        if (site.Program.IsGpl || !pointer.IsObject || pointer.Is(TypeFlags.MemAlloc | TypeFlags.StructUnknown)) return false;
        if (site.Kernel("btf-walk-cap", "non-GPL", pointer.Struct) is not { Length: > 0 } kernel) return false;
        var name = site.PointerNameOf(operand, "the object");
        site.Report(Rule, $"`{name}` is a kernel object, which only a GPL-compatible program can access", "btf-walk-cap", kernel, null, ("variable", name));
        return true;
    }

    /// <summary>Some kinds of programs need the licence whatever they call.</summary>
    private static void CheckType(ProgramContext program)
    {
        var (what, condition) = program.Kind?.Type switch
        {
            ProgramType.StructOps => ("struct_ops", "struct-ops-member"),
            ProgramType.Lsm => ("LSM", "lsm-hook"),
            _ => ("", ""),
        };
        if (what.Length == 0) return;
        program.Report(new(Rule.Id, Rule.Severity, $"{what} programs need a GPL-compatible licence{(program.Unit.Unit.License is { } licence ? $", not \"{licence}\"" : "")}", new(program.Program.Name, default))
        {
            Condition = condition,
            KernelMessage = program.Model.Messages.Format(condition, "GPL compatible"),
        });
    }

    private static void Report(ProgramContext program, FunctionIr function, Call call, string kfunc)
    {
        var message = program.Unit.Unit.License is { } licence
            ? $"`{kfunc}` needs a GPL-compatible licence, not \"{licence}\"" : $"`{kfunc}` needs a licence: `char LICENSE[] SEC(\"license\") = \"GPL\";`";
        program.Report(new(Rule.Id, Rule.Severity, message, new(function.Name, call.CalleeSpan))
        {
            Condition = "kfunc-needs-gpl",
            KernelMessage = program.Model.Messages.Format("kfunc-needs-gpl", null),
        });
    }
}
