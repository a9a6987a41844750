using System.Collections.Immutable;

namespace KfuncLsp.Registry;

/// <summary>A BPF helper, as far as references, trust, NULL and context go.</summary>
/// <remarks>Argument and return types are the kernel's <c>ARG_*</c> and <c>RET_*</c> names as written in its <c>bpf_func_proto</c>.</remarks>
public sealed record HelperSignature(int Id, string Name)
{
    /// <summary>Such as <c>ARG_PTR_TO_BTF_ID_SOCK_COMMON | OBJ_RELEASE</c>.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>Such as <c>RET_PTR_TO_SOCKET_OR_NULL</c>.</summary>
    public string Return { get; init; } = "";

    /// <summary>The struct a returned or passed BTF pointer is of, by argument index; -1 for the return.</summary>
    public ImmutableDictionary<int, string> BtfTypes { get; init; } = ImmutableDictionary<int, string>.Empty;

    /// <summary>Whether some program types have another prototype under this number; then <see cref="Arguments"/> holds for most, not all.</summary>
    public bool DiffersByProgramType { get; init; }

    public bool MightSleep { get; init; }
    public bool GplOnly { get; init; }
}
