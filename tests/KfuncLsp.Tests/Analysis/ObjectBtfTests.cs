using KfuncLsp.Ir;
using Xunit;

namespace KfuncLsp.Tests.Analysis;

/// <summary>Which structs the compiler writes whole into the object's BTF.</summary>
public sealed class ObjectBtfTests
{
    private const string Source = """
        #include "kernel.h"
        struct by_value { int n; };
        struct held { int n; };
        struct in_global { struct by_value inner; struct held *pointer; };
        struct in_function { int n; };
        struct in_inline { int n; };
        struct in_local { int n; };
        struct allocated { int n; };
        struct in_map { struct held *pointer; };
        struct only_named { struct held *pointer; };
        struct in_global shared;
        struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct in_map); } map SEC(".maps");

        __attribute__((noinline)) int global(struct in_function *p) { return p ? p->n : 0; }
        static inline __attribute__((always_inline)) int inlined(struct in_inline *p) { return p->n; }

        SEC("tc")
        int program(struct __sk_buff *skb)
        {
            struct in_local local = {};
            struct in_inline other = {};
            struct in_function third = {};
            struct task_struct *task = bpf_task_from_pid(1);
            struct allocated *made = obj_new(struct allocated);

            if (made)
                bpf_obj_drop_impl(made, NULL);
            if (task)
                bpf_task_release(task);
            return local.n + inlined(&other) + global(&third) + shared.inner.n;
        }
        """;

    [Theory]
    [InlineData("in_global", true)]
    [InlineData("by_value", true)]
    [InlineData("held", false)]
    [InlineData("in_function", true)]
    [InlineData("in_inline", false)]
    [InlineData("in_local", false)]
    [InlineData("in_map", true)]
    [InlineData("allocated", true)]
    [InlineData("task_struct", true)]
    [InlineData("only_named", false)]
    public void HoldsWhatTheCompilerFollows(string name, bool isWhole) =>
        Assert.Equal(isWhole, new ObjectBtf(new RuleSource(Source).Lower()).Holds(name));

    [Theory]
    [InlineData("in_inline", true)]
    [InlineData("by_value", true)]
    [InlineData("in_local", false)]
    [InlineData("held", false)]
    public void MayHoldWhatAFunctionNamesThatIsPerhapsInlined(string name, bool isPossible) =>
        Assert.Equal(isPossible, new ObjectBtf(new RuleSource(Source).Lower()).MayHold(name));
}
