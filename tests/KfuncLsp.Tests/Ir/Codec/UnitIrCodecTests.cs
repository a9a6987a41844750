using System.Buffers.Binary;
using System.Collections;
using System.Reflection;
using CsCheck;
using KfuncLsp.Ir;
using KfuncLsp.Ir.Codec;
using Xunit;

namespace KfuncLsp.Tests.Ir.Codec;

public sealed class UnitIrCodecTests
{
    [Fact]
    public void What_is_written_is_read_back() => Gen.Int.Sample(
        seed =>
        {
            var unit = new IrGenerator(seed).Unit();
            Assert.True(UnitIrCodec.TryDecode(UnitIrCodec.Encode(unit), out var read, out var problem), problem);
            AssertSame(unit, read);
        },
        iter: 400);

    [Fact]
    public void What_both_sides_have_is_named_and_read_back() => Gen.Select(Gen.Int, Gen.Int).Sample(
        (seed, other) =>
        {
            var (before, next) = (new IrGenerator(seed).Unit(), new IrGenerator(other).Unit());
            next = next with { Functions = [.. before.Functions.Select((f, i) => i % 2 == 0 ? f : f with { Anchor = f.Anchor with { Start = f.Anchor.Start + 7 } }), .. next.Functions] };
            Assert.True(UnitIrCodec.TryDecode(UnitIrCodec.Encode(next, before), before, out var read, out var problem), problem);
            AssertSame(next, read);
        },
        iter: 200);

    [Fact]
    public void A_function_that_an_edit_left_alone_stays_the_same_object_and_costs_few_bytes()
    {
        var unit = Enumerable.Range(0, 100).Select(seed => new IrGenerator(seed).Unit()).First(u => u.Functions.Length > 0);
        var bytes = UnitIrCodec.Encode(unit, unit);
        Assert.True(bytes.Length < UnitIrCodec.Encode(unit).Length);
        Assert.True(UnitIrCodec.TryDecode(bytes, unit, out var read, out var problem), problem);
        Assert.Same(unit.Functions[0], read.Functions[0]);
        Assert.False(UnitIrCodec.TryDecode(bytes, out _, out problem));
        Assert.Contains("not known", problem);
    }

    [Fact]
    public void The_generator_reaches_every_kind_of_instruction()
    {
        var seen = Enumerable.Range(0, 200).SelectMany(seed => new IrGenerator(seed).Unit().Functions)
            .SelectMany(f => f.Blocks).SelectMany(b => b.Instructions.Select(i => i.GetType()).Append(b.End.GetType())).ToHashSet();
        var all = typeof(UnitIr).Assembly.GetTypes().Where(t => !t.IsAbstract && (t.IsSubclassOf(typeof(Instr)) || t.IsSubclassOf(typeof(Terminator))));
        Assert.Empty(all.Except(seen));
    }

    [Fact]
    public void The_same_unit_gives_the_same_bytes() => Gen.Int.Sample(
        seed => Assert.Equal(UnitIrCodec.Encode(new IrGenerator(seed).Unit()), UnitIrCodec.Encode(new IrGenerator(seed).Unit())), iter: 50);

    [Fact]
    public void A_damaged_byte_is_told() => Gen.Select(Gen.Int, Gen.Int[0, int.MaxValue], Gen.Int[1, 255]).Sample(
        (seed, place, flip) =>
        {
            var bytes = UnitIrCodec.Encode(new IrGenerator(seed).Unit());
            bytes[place % bytes.Length] ^= (byte)flip;
            Assert.False(UnitIrCodec.TryDecode(bytes, out _, out var problem));
            Assert.NotEmpty(problem);
        },
        iter: 200);

    /// <summary>Even with a check sum that fits, hostile bytes give an answer or a refusal and never an exception.</summary>
    [Fact]
    public void Hostile_bytes_never_throw() => Gen.Select(Gen.Int, Gen.Int[5, int.MaxValue], Gen.Byte, Gen.Int[0, 40]).Sample(
        (seed, place, value, cut) =>
        {
            var bytes = UnitIrCodec.Encode(new IrGenerator(seed).Unit());
            bytes[5 + (place % (bytes.Length - 13))] = value;
            bytes = [.. bytes.AsSpan(0, Math.Max(5, bytes.Length - 8 - cut)), .. new byte[8]];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(bytes.Length - 8), CheckSum.Of(bytes.AsSpan(0, bytes.Length - 8)));
            Assert.True(UnitIrCodec.TryDecode(bytes, out _, out var problem) == problem is null);
        },
        iter: 2000);

    [Theory]
    [InlineData("", "not an IR message")]
    [InlineData("hello, this is not it", "not an IR message")]
    [InlineData("KFIR\u007fand more than enough bytes", "IR message of version 127, this is version 5")]
    public void What_is_no_message_is_told(string text, string expected)
    {
        Assert.False(UnitIrCodec.TryDecode(System.Text.Encoding.UTF8.GetBytes(text), out _, out var problem));
        Assert.Equal(expected, problem);
    }

    /// <summary>Records of arrays compare by value; the unit's own arrays and dictionaries do not, so they are compared element by element.</summary>
    private static void AssertSame(UnitIr expected, UnitIr actual)
    {
        foreach (var property in typeof(UnitIr).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var (left, right) = (property.GetValue(expected), property.GetValue(actual));
            switch (left)
            {
                case IDictionary entries:
                    Assert.Equal(entries.Count, ((IDictionary)right!).Count);
                    foreach (DictionaryEntry entry in entries) Assert.Equal(entry.Value, ((IDictionary)right)[entry.Key]);
                    break;
                case string or null:
                    Assert.Equal(left, right);
                    break;
                default:
                    Assert.Equal(((IEnumerable)left).Cast<object>(), ((IEnumerable)right!).Cast<object>());
                    break;
            }
        }
    }
}
