using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;
using KfuncLsp.Registry;

namespace KfuncLsp.Analysis.Engine;

/// <summary>One call of a kfunc, as its checks fill it: the kernel's <c>struct bpf_kfunc_call_arg_meta</c>.</summary>
internal sealed class KfuncCall(Call call, KfuncSignature kfunc, KfuncFlags flags, RegState[] arguments)
{
    public Call Call { get; } = call;
    public KfuncSignature Kfunc { get; } = kfunc;

    /// <summary>The flags that hold on the program's hook.</summary>
    public KfuncFlags Flags { get; } = flags;

    public RegState[] Arguments { get; } = arguments;

    /// <summary>The name without <c>_impl</c>: one name for the old and the new form.</summary>
    public string Name { get; } = kfunc.Name.EndsWith("_impl", StringComparison.Ordinal) ? kfunc.Name[..^5] : kfunc.Name;

    /// <summary>The argument that is released, or null.</summary>
    public int? ReleasedArgument { get; set; }

    /// <summary>The value of the <c>__k</c> or <c>__szk</c> argument.</summary>
    public RegState? Constant { get; set; }

    /// <summary>The initialised dynptr among the arguments.</summary>
    public StackSlot? Dynptr { get; set; }

    /// <summary>The list head or tree root, and the tag that says what it contains.</summary>
    public RegState? GraphRoot { get; set; }

    /// <summary>Size of the memory that is returned.</summary>
    public long? ReturnSize { get; set; }
    public bool ReturnIsReadOnly { get; set; }

    /// <summary>Whether <c>bpf_refcount_acquire</c> got an owning reference.</summary>
    public bool IsOwningArgument { get; set; }

    public bool Has(KfuncFlags flag) => (Flags & flag) != 0;
    public bool IsRelease => Has(KfuncFlags.Release);

    /// <summary>Whether objects must be trusted: by flag, because they are released, or because this kernel asks it of every call.</summary>
    public bool WantsTrusted(VerifierTraits traits) => traits.TrustedArgsByDefault || Has(KfuncFlags.TrustedArgs) || IsRelease;

    public Span SpanOf(int argument) => Call.SpanOf(argument);
}
