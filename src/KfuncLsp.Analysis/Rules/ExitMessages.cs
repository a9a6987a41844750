using KfuncLsp.Analysis.Engine;

namespace KfuncLsp.Analysis.Rules;

/// <summary>What the kernel says where a path ends inside a region.</summary>
internal static class ExitMessages
{
    /// <summary>The text for a way to leave: <c>BPF_EXIT instruction in main prog</c>, <c>bpf_throw</c>, <c>tail_call</c>.</summary>
    public static string Of(Site site, string condition, string prefix)
    {
        foreach (var format in site.Model.Messages.Formats(condition))
        {
            if (format.StartsWith("%s cannot be used", StringComparison.Ordinal)) return site.Kernel(condition, format, prefix);
            if (format.StartsWith(prefix, StringComparison.Ordinal)) return site.Kernel(condition, format, 1, "").Split(" || ")[0];
            if (prefix.StartsWith("BPF_EXIT", StringComparison.Ordinal) && format.Contains("missing", StringComparison.Ordinal))
                return site.Kernel(condition, format, 1, " is").Split(" || ")[^1];
        }

        return "";
    }
}
