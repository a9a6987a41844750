using KfuncLsp.Registry;
using KfuncLsp.Workspace.Explaining;
using Xunit;

namespace KfuncLsp.Tests.Cli;

public sealed class VerifierLogTests
{
    private static readonly List<(KernelVersion, MessageMatcher)> s_kernels =
        [.. KernelModels.Versions.Select(KernelModels.For).OfType<KernelModel>().Select(m => (m.Version, new MessageMatcher(m.Messages)))];

    private const string Legacy = """
        ; if (!p) @ leak.bpf.c:22
        4: (15) if r0 == 0x0 goto pc+11       ; R0_w=ptr_task_struct(ref_obj_id=2) refs=2
        ; return 1; @ leak.bpf.c:24
        8: (56) if w2 != 0x0 goto pc+7 16: R0=ptr_task_struct(ref_obj_id=2) R10=fp0 refs=2
        17: (95) exit
        Unreleased reference id=2 alloc_insn=2
        processed 20 insns (limit 1000000) max_states_per_insn 1 total_states 2 peak_states 2 mark_read 1
        """;

    [Fact]
    public void ALegacyLogIsReadAndExplained()
    {
        var explained = Explain(Legacy);
        Assert.Equal(("Unreleased reference id=2 alloc_insn=2", "leak.bpf.c", 24), (explained.Message.Text, explained.Place!.File, explained.Place.Line));
        Assert.Equal("KF0101", Assert.Single(explained.Rules).Id.Code);
        Assert.Contains(new KernelVersion(6, 12), explained.Kernels);
    }

    [Fact]
    public void ALoadersPrefixesAndSeveralProgramsAreRead()
    {
        var text = $"""
            libbpf: prog 'fine': BPF program load failed: Invalid argument
            libbpf: prog 'leak': -- BEGIN PROG LOAD LOG --
            {Legacy}
            -- END PROG LOAD LOG --
            libbpf: prog 'other': -- BEGIN PROG LOAD LOG --
            0: R1=ctx() R10=fp0
            ; bpf_task_release(p);
            3: (85) call bpf_task_release#1
            arg 0 is nothing that anyone ever printed
            processed 3 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
            -- END PROG LOAD LOG --
            libbpf: prog 'other': failed to load: -22
            """;
        var found = VerifierLog.Read(text.Split('\n')).Where(r => r.Program.Length > 0).ToList();
        Assert.Equal(["leak", "other"], found.Select(r => r.Program));
        var unknown = LogExplanation.Of(found[1], s_kernels);
        Assert.Empty(unknown.Rules);
        Assert.Equal("arg 0 is nothing that anyone ever printed", unknown.Message.Text);
        Assert.Equal(("", 0, "bpf_task_release(p);"), (unknown.Place!.File, unknown.Place.Line, unknown.Place.Source));
    }

    [Fact]
    public void AReportOfNewerKernelsSaysWhere()
    {
        var explained = Explain("""
            17: (95) exit
            Unreleased reference id=2 alloc_insn=2

            Verification failed: Resource Lifetime Safety: Unreleased resource

            Reason:
              Owned resource (id=2) was acquired at instruction 2.

            At:
              forgets @ leak.bpf.c:30:1
              Source context:
              >>> 30 | }

            Causal path:
              forgets @ leak.bpf.c:21:9

            Suggestion:
              Release or transfer ownership.

            BPF_EXIT instruction in main prog would lead to reference leak
            processed 20 insns (limit 1000000) max_states_per_insn 1 total_states 2 peak_states 2 mark_read 0
            """);
        Assert.Equal("Resource Lifetime Safety: Unreleased resource", explained.Rejection.Report);
        Assert.Equal(("leak.bpf.c", 30), (explained.Place!.File, explained.Place.Line));
        Assert.Equal("KF0101", explained.Rules[0].Id.Code);
    }

    [Theory]
    [InlineData("R0 invalid mem access 'trusted_ptr_or_null_'", "KF0202")]
    [InlineData("R7 invalid mem access 'scalar'", "KF0102")]
    public void TheTypeInAMessageTellsTheRule(string message, string rule)
    {
        var explained = Explain(message + "\n");
        Assert.Equal(rule, explained.Rules[0].Id.Code);
        Assert.Equal(KernelModels.Versions, explained.Kernels);
    }

    [Fact]
    public void TheRegistersOfACalleeAreNoMessage() =>
        Assert.Empty(VerifierLog.Read("0: R1=ctx() R10=fp0\n4: frame1: R1_w=scalar() R10=fp0\n5: safe\n".Split('\n')));

    [Fact]
    public void ALogOfSuccessHasNoRejection() =>
        Assert.Empty(VerifierLog.Read("0: R1=ctx() R10=fp0\n0: (b7) r0 = 0\n1: (95) exit\nprocessed 2 insns (limit 1000000) max_states_per_insn 0\n".Split('\n')));

    private static LogExplanation Explain(string log) => LogExplanation.Of(Assert.Single(VerifierLog.Read(log.Split('\n'))), s_kernels);
}
