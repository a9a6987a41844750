using System.Text;
using KfuncLsp.Registry;

namespace KfuncLsp.Workspace.Features;

/// <summary>Program types and hooks as people write them.</summary>
public static class ProgramTypeNames
{
    /// <summary>The kernel's name without <c>BPF_PROG_TYPE_</c>: <c>SCHED_CLS</c>.</summary>
    public static string Of(ProgramType type) => type == ProgramType.LwtSeg6Local ? "LWT_SEG6LOCAL" : Upper(type.ToString());

    /// <summary>The kernel's name of a <c>KF_*</c> flag: <c>KF_RET_NULL</c>.</summary>
    public static string Of(KfuncFlags flag) => "KF_" + Upper(flag.ToString());

    private static string Upper(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToUpperInvariant(c));
        }

        return text.ToString();
    }
}
