namespace KfuncLsp.Workspace.Configuration;

/// <summary>Which hints stand between the code's letters.</summary>
public sealed record HintSettings
{
    public static HintSettings Default { get; } = new();

    /// <summary>At a call that acquires: what must be released.</summary>
    public bool Acquires { get; init; } = true;

    /// <summary>At a call whose result may be NULL.</summary>
    public bool Nullable { get; init; } = true;

    /// <summary>Where an RCU read section begins and ends.</summary>
    public bool Rcu { get; init; } = true;

    /// <summary>At an argument: how the verifier reads it.</summary>
    public bool Annotations { get; init; } = true;
}

/// <summary>How an inserted kfunc is declared.</summary>
public enum DeclarationStyle : byte
{
    /// <summary><c>extern … __ksym;</c>: the program loads only where the kernel has it.</summary>
    Plain,

    /// <summary><c>extern … __ksym __weak;</c>: the program asks <c>bpf_ksym_exists</c> first.</summary>
    Weak,
}

/// <summary>Where a setting may stand.</summary>
internal enum ConfigurationScope : byte { Project, Editor }
