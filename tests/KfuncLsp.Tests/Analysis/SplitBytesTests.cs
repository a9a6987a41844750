using KfuncLsp.Ir;
using Xunit;

namespace KfuncLsp.Tests.Analysis;

/// <summary>For which bit fields the kernel refuses the object's types.</summary>
public sealed class SplitBytesTests
{
    [Theory]
    [InlineData("struct held { struct bpf_spin_lock lock; u32 low : 3, high : 5; };", "struct held", "held.high")]
    [InlineData("struct held { u32 low : 3, high : 5; struct bpf_spin_lock lock; };", "struct held", "held.high")]
    [InlineData("struct held { struct bpf_spin_lock lock; u32 low : 8, high : 8; };", "struct held", null)]
    [InlineData("struct held { struct bpf_spin_lock lock; u32 low : 3; };", "struct held", null)]
    [InlineData("struct flags { u32 low : 3, high : 5; }; struct held { struct bpf_spin_lock lock; struct flags flags; };", "struct held", "flags.high")]
    [InlineData("struct flags { u32 low : 3, high : 5; }; struct held { struct bpf_spin_lock lock; struct flags many[2]; };", "struct held", "flags.high")]
    [InlineData("struct flags { u32 low : 3, high : 5; }; struct held { struct bpf_spin_lock lock; struct flags *away; };", "struct held", null)]
    [InlineData("union flags { u32 all; struct { u32 low : 3, high : 5; } each; }; struct held { struct bpf_spin_lock lock; union flags flags; };", "struct held", null)]
    [InlineData("struct held { struct bpf_timer timer; u32 low : 3, high : 5; };", "struct held", null)]
    [InlineData("struct held { u32 low : 3, high : 5; };", "struct held", null)]
    [InlineData("struct unknown { struct bpf_spin_lock lock; u32 low : 3, high : 5; };", "u32", null)]
    public void RefusesTypesThatItLooksInto(string types, string value, string? refused)
    {
        var unit = new RuleSource($$"""
            #include "kernel.h"
            {{types}}
            struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, {{value}}); } map SEC(".maps");

            SEC("tc")
            int program(struct __sk_buff *skb)
            {
                u32 key = 0;

                return bpf_map_lookup_elem(&map, &key) ? 1 : 0;
            }
            """).Lower();
        var found = new SplitBytes(unit, () => new(unit)).Refused;
        Assert.Equal(refused, found is null ? null : $"{found.Struct}.{found.Field}");
    }
}
