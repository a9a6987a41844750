using KfuncLsp.Registry;
using KfuncLsp.Scoreboard;
using Xunit;

namespace KfuncLsp.Tests.Corpus;

public sealed class MessageClassTests
{
    [Theory]
    [InlineData("6.12", "Unreleased reference id=2 alloc_insn=1", "reference-leak")]
    [InlineData("6.12", "Possibly NULL pointer passed to trusted arg0", "arg-may-be-null")]
    [InlineData("7.3", "Possibly NULL pointer passed to trusted R1", "arg-may-be-null")]
    [InlineData("7.3", "calling kernel function bpf_task_acquire is not allowed", "kfunc-not-allowed")]
    [InlineData("7.3", "kfunc 'bpf_no_such' is referenced but wasn't resolved", "kfunc-dead-call-not-removed")]
    [InlineData("6.12", "bpf_throw cannot be used inside bpf_rcu_read_lock-ed region", "exc-throw-in-region")]
    [InlineData("7.3", "something that no kernel says", MessageClasses.Unknown)]
    public void A_message_is_recognised_by_the_format_it_was_printed_with(string kernel, string message, string condition)
    {
        var model = KernelModels.For(KernelVersion.Parse(kernel)!.Value)!;
        Assert.Contains(condition, new MessageClasses(model.Messages).Of(message));
    }
}
