using Xunit;
using KfuncLsp.Frontend.Lowering;
using KfuncLsp.Frontend.Lowering.Assembly;
using KfuncLsp.Ir;

namespace KfuncLsp.Tests.Frontend.Lowering.Assembly;

public sealed class AsmParserTests
{
    private static readonly AsmRegister R0 = new(0, false), R1 = new(1, false), R2 = new(2, false), W1 = new(1, true), Frame = new(10, false);
    private static readonly IntType U8 = new(8, false), U32 = new(32, false), U64 = new(64, false);

    public static TheoryData<string, object> Instructions() => new()
    {
        { "r1 = r2", new AsmMove(R1, R2) },
        { "w1 = -7", new AsmMove(W1, new AsmNumber(-7)) },
        { "r1 = 0xffffffff", new AsmMove(R1, new AsmNumber(-1)) },
        { "r1 = 0xffffffff ll", new AsmMove(R1, new AsmNumber(0xffffffff)) { Slots = 2 } },
        { "r1 = %[map] ll", new AsmMove(R1, new AsmOperand("map", false)) { Slots = 2 } },
        { "r1 = (s8)r2", new AsmMove(R1, R2, 8) },
        { "r1 = %[eight] + 4", new AsmMove(R1, new AsmNumber(12)) },
        { "r1 += -48", new AsmArithmetic(R1, BinaryOp.Add, false, new AsmNumber(-48)) },
        { "w1 s>>= 3", new AsmArithmetic(W1, BinaryOp.Shr, true, new AsmNumber(3)) },
        { "r1 %%= r2", new AsmArithmetic(R1, BinaryOp.Mod, false, R2) },
        { "r1 s%%= 2", new AsmArithmetic(R1, BinaryOp.Mod, true, new AsmNumber(2)) },
        { "r1 = -r1", new AsmNegate(R1) },
        { "r1 = bswap32 r1", new AsmOpaque(R1, "the result of a byte swap") },
        { "r1 = *(u8 *)(r2 + 4)", new AsmLoad(R1, U8, new(R2, 4)) },
        { "r0 = *(u64*)(r10 -8)", new AsmLoad(R0, U64, new(Frame, -8)) },
        { "r1 = *(u32 *)%[place]", new AsmLoad(R1, U32, new(new AsmOperand("place", false), 0)) },
        { "*(u32 *)(r10 - %[eight]) = r1", new AsmStore(new(Frame, -8), U32, R1) },
        { "*(u64 *)(%[at] + 0) = 5", new AsmStore(new(new AsmOperand("at", false), 0), U64, new AsmNumber(5)) },
        { "r1 = load_acquire((u64 *)(r2 + 8))", new AsmLoad(R1, U64, new(R2, 8)) },
        { "r0 = *(u8 *)skb[2]", new AsmPacketLoad(null) },
        { "r0 = *(u32 *)skb[r1]", new AsmPacketLoad(R1) },
        { "call %[bpf_f]", new AsmCall(new AsmOperand("bpf_f", false)) },
        { "call sub", new AsmCall(new AsmSymbol("sub")) },
        { "call 7", new AsmCall(new AsmNumber(7)) },
        { "if r1 s> -5 goto l0_%=", new AsmIf(BinaryOp.Gt, true, false, R1, new AsmNumber(-5), new("l0_%=")) },
        { "if w1 & 0x10 goto +2", new AsmIf(BinaryOp.Ne, false, true, W1, new AsmNumber(16), new("", Slots: 2)) },
        { "if %[a] == %1 goto %l[out]", new AsmIf(BinaryOp.Eq, false, false, new AsmOperand("a", false), new AsmOperand("1", false), new("out", IsCLabel: true)) },
        { "may_goto +3", new AsmMayGoto(new("", Slots: 3)) },
        { ".byte 0xe5; .byte 0; .short -2; .long 0", new AsmMayGoto(new("", Slots: -2)) },
        { "1: .byte 0xe5; .byte 0; .long ((%l[out] - 1b - 8) / 8) & 0xffff; .short 0", new AsmMayGoto(new("out", IsCLabel: true)) },
        { "gotol l1", new AsmJump(new("l1")) },
        { "exit", new AsmExit() },
        { ".8byte %[store]", new AsmStore(new(Frame, -8), U64, new AsmNumber(5)) },
    };

    [Theory]
    [MemberData(nameof(Instructions))]
    public void EachFormIsRead(string text, object expected) => Assert.Equal(expected, Assert.Single(Parse(text).Instructions));

    [Theory]
    [InlineData("lock *(u64 *)(r1 + 8) |= r2", "__sync_fetch_and_or", 1, false)]
    [InlineData("r2 = atomic_fetch_add((u64 *)(r1 + 8), r2)", "__sync_fetch_and_add", 1, true)]
    [InlineData("w2 = xchg32_32(r1 + 8, w2)", "__sync_lock_test_and_set", 1, true)]
    [InlineData("r0 = cmpxchg_64(r1 + 8, r0, r2)", "__sync_val_compare_and_swap", 2, true)]
    public void AtomicOperationsAreNamedAsTheirBuiltins(string text, string builtin, int values, bool hasResult)
    {
        var atomic = Assert.IsType<AsmAtomic>(Assert.Single(Parse(text).Instructions));
        Assert.Equal((builtin, values, hasResult, 8L), (atomic.Builtin, atomic.Values.Length, atomic.Result is not null, atomic.Place.Offset));
    }

    [Fact]
    public void StatementsEndAtSemicolonsAndLinesAndCommentsAreNone()
    {
        var text = Parse("r0 = 0; # r1 = 1\n/* r2 = 2; */ l0_%=: l1: r1 = 1 // r3 = 3\n\t;exit");
        Assert.Equal(3, text.Instructions.Count);
        Assert.Equal([("l0_%=", 1), ("l1", 1)], text.Labels);
    }

    [Fact]
    public void JumpsFindTheirInstruction()
    {
        var text = Parse("1: r1 = %[map] ll; 1: if r1 == 0 goto 1b; goto 1f; r0 = 1; 1: exit; goto -3; if r1 == 0 goto nowhere");
        Assert.Equal(1, text.Find(new("1b"), 1));
        Assert.Equal(4, text.Find(new("1f"), 2));
        Assert.Equal(3, text.Find(new("", Slots: -3), 5));
        Assert.Equal(1, text.Find(new("", Slots: 0), 0));
        Assert.Null(text.Find(new("", Slots: -2), 1)); // The middle of an instruction of two slots.
        Assert.Null(text.Find(new("nowhere"), 6));
    }

    [Theory]
    [InlineData("r1 = r11")]
    [InlineData("r1 += ")]
    [InlineData("if r1 ~ 5 goto l")]
    [InlineData("r1 = *(u24 *)(r2 + 0)")]
    [InlineData("call")]
    [InlineData("nop")]
    [InlineData("r1 = r2 r3")]
    [InlineData(".8byte 3")]
    [InlineData(".byte 0xe5; .byte 0")]
    [InlineData("r1 = %[unknown] + 1")]
    [InlineData("*(u64 *)(r10 - 8")]
    public void WhatIsNotUnderstoodGivesUp(string text) => Assert.Throws<NotLoweredException>(() => Parse(text));

    private static AsmText Parse(string text) => AsmParser.Parse(text, static name => name switch
    {
        "eight" => 8,
        "store" => 0x0000_0005_fff8_0a7a,
        _ => null,
    });
}
