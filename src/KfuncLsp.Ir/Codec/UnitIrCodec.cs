using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace KfuncLsp.Ir.Codec;

/// <summary>A unit as bytes and back: what a parser's process hands over.</summary>
/// <remarks>The same unit gives the same bytes. Strings and types are written once. Both sides must be of the same <see cref="Version"/>.</remarks>
public static class UnitIrCodec
{
    /// <summary>Goes up with every change of the IR or of this encoding.</summary>
    public const int Version = 3;

    private static ReadOnlySpan<byte> Mark => "KFIR"u8;

    public static byte[] Encode(UnitIr unit)
    {
        var writer = new IrWriter();
        WriteUnit(writer, unit);
        return writer.Finish(Mark, Version);
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <remarks>Errors: false, and <paramref name="problem"/> says what is wrong, for any other bytes.</remarks>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out UnitIr? unit, [NotNullWhen(false)] out string? problem)
    {
        unit = null;
        problem = Refusal(bytes);
        if (problem is not null) return false;

        try
        {
            var reader = new IrReader(bytes.ToArray(), Mark.Length + 1, bytes.Length - 8);
            unit = ReadUnit(reader);
            if (reader.AtEnd) return true;
            problem = "IR message with bytes left over";
        }
        catch (MalformedIrException malformed)
        {
            problem = $"IR message is malformed: {malformed.Message}";
        }

        unit = null;
        return false;
    }

    private static string? Refusal(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Mark.Length + 9 || !bytes.StartsWith(Mark)) return "not an IR message";
        if (bytes[Mark.Length] != Version) return $"IR message of version {bytes[Mark.Length]}, this is version {Version}";
        return CheckSum.Of(bytes[..^8]) == BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]) ? null : "IR message is damaged: its check sum differs";
    }

    private static void WriteUnit(IrWriter w, UnitIr unit)
    {
        w.Text(unit.MainFile);
        w.List(unit.Functions, FunctionCodec.Write);
        w.List(unit.Globals, DataCodec.WriteGlobal);
        w.List(unit.Maps, DataCodec.WriteMap);
        w.List(unit.Externs, DataCodec.WriteExtern);
        w.List([.. unit.Structs.OrderBy(s => s.Key, StringComparer.Ordinal)], static (w, entry) =>
        {
            w.Text(entry.Key);
            DataCodec.WriteStruct(w, entry.Value);
        });
        w.OptionalText(unit.License);
        w.List(unit.StructOps, DataCodec.WriteStructOps);
        w.List([.. unit.TracepointPrototypes.OrderBy(p => p.Key, StringComparer.Ordinal)], static (w, entry) =>
        {
            w.Text(entry.Key);
            w.Type(entry.Value);
        });
        w.List(unit.Files, static (w, file) => w.Text(file));
        w.List(unit.Issues, DataCodec.WriteIssue);
    }

    private static UnitIr ReadUnit(IrReader r) => new()
    {
        MainFile = r.Text(),
        Functions = r.List(FunctionCodec.Read),
        Globals = r.List(DataCodec.ReadGlobal),
        Maps = r.List(static r => DataCodec.ReadMap(r)),
        Externs = r.List(DataCodec.ReadExtern),
        Structs = Dictionary(r, DataCodec.ReadStruct),
        License = r.OptionalText(),
        StructOps = r.List(DataCodec.ReadStructOps),
        TracepointPrototypes = Dictionary(r, static r => r.Type<FunctionType>()),
        Files = r.List(static r => r.Text()),
        Issues = r.List(DataCodec.ReadIssue),
    };

    private static ImmutableDictionary<string, T> Dictionary<T>(IrReader r, Func<IrReader, T> readValue)
    {
        var entries = ImmutableDictionary.CreateBuilder<string, T>();
        var count = r.Count();
        for (var i = 0; i < count; i++)
            if (!entries.TryAdd(r.Text(), readValue(r))) throw new MalformedIrException("a name stands twice");
        return entries.ToImmutable();
    }
}
