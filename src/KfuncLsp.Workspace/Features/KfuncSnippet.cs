using KfuncLsp.Registry;

namespace KfuncLsp.Workspace.Features;

/// <summary>A call of a kfunc with its arguments to fill in.</summary>
internal static class KfuncSnippet
{
    /// <summary>In LSP's snippet syntax; a guarded one is called only where the kernel has it.</summary>
    public static string Of(KfuncSignature kfunc, bool isGuarded)
    {
        var arguments = string.Join(", ", kfunc.Parameters.Select((p, i) => $"${{{i + 1}:{ArgumentOf(p)}}}"));
        var call = $"{kfunc.Name}({arguments})";
        return isGuarded ? $"if (bpf_ksym_exists({kfunc.Name}))\n\t{call};$0" : $"{call}$0";
    }

    /// <summary>The parameter's name without what only the verifier reads; arguments that have one value only are given.</summary>
    private static string ArgumentOf(KfuncParameter parameter)
    {
        if (parameter.Class == KfuncArgClass.Ignored) return "NULL";
        var name = parameter.Name;
        foreach (var suffix in parameter.Suffixes)
            if (name.EndsWith(suffix, StringComparison.Ordinal) && name.Length > suffix.Length) name = name[..^suffix.Length];
        return name.Length > 0 ? name : $"arg{parameter.Index + 1}";
    }
}
