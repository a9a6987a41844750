using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace KfuncLsp.Ir.Codec;

/// <summary>A unit as bytes and back: what a parser's process hands over.</summary>
/// <remarks>
/// The same unit gives the same bytes. Strings and types are written once. Both sides must be of the same <see cref="Version"/>. Where both hold the
/// unit before, functions that an edit left alone are named instead of written, and stay the same objects.
/// </remarks>
public static class UnitIrCodec
{
    /// <summary>Goes up with every change of the IR or of this encoding.</summary>
    public const int Version = 5;

    private static ReadOnlySpan<byte> Mark => "KFIR"u8;

    /// <remarks>Shape: <paramref name="before"/> is what the reader has; null where it has nothing.</remarks>
    public static byte[] Encode(UnitIr unit, UnitIr? before = null)
    {
        var writer = new IrWriter();
        WriteUnit(writer, unit, new(before));
        return writer.Finish(Mark, Version);
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <remarks>Errors: false, and <paramref name="problem"/> says what is wrong, for any other bytes.</remarks>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out UnitIr? unit, [NotNullWhen(false)] out string? problem) =>
        TryDecode(bytes, null, out unit, out problem);

    /// <inheritdoc cref="TryDecode(ReadOnlySpan{byte}, out UnitIr?, out string?)"/>
    /// <remarks>Shape: <paramref name="before"/> is the unit that the writer was given as such.</remarks>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, UnitIr? before, [NotNullWhen(true)] out UnitIr? unit, [NotNullWhen(false)] out string? problem)
    {
        unit = null;
        problem = Refusal(bytes);
        if (problem is not null) return false;

        try
        {
            var reader = new IrReader(bytes.ToArray(), Mark.Length + 1, bytes.Length - 8);
            unit = ReadUnit(reader, new(before));
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

    private static void WriteUnit(IrWriter w, UnitIr unit, KnownFunctions known)
    {
        w.Text(unit.MainFile);
        w.List(unit.Functions, known.Write);
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

    private static UnitIr ReadUnit(IrReader r, KnownFunctions known) => new()
    {
        MainFile = r.Text(),
        Functions = r.List(known.Read),
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

    /// <summary>The functions that both sides have; where one stands in its file may be another place now.</summary>
    private sealed class KnownFunctions(UnitIr? before)
    {
        private readonly ImmutableArray<FunctionIr> _functions = before?.Functions ?? [];
        private Dictionary<string, int>? _places;

        public void Write(IrWriter w, FunctionIr function)
        {
            if (PlaceOf(function) is not { } place)
            {
                w.Int(0);
                FunctionCodec.Write(w, function);
                return;
            }

            w.Int(place + 1);
            FunctionCodec.WriteAnchor(w, function.Anchor);
        }

        public FunctionIr Read(IrReader r)
        {
            var place = r.Int() - 1;
            if (place < 0) return FunctionCodec.Read(r);
            if (place >= _functions.Length) throw new MalformedIrException("a function is named that is not known");
            var (function, anchor) = (_functions[place], FunctionCodec.ReadAnchor(r));
            return anchor == function.Anchor ? function : function with { Anchor = anchor };
        }

        private int? PlaceOf(FunctionIr function)
        {
            if (_places is null)
            {
                _places = new(_functions.Length, StringComparer.Ordinal);
                for (var i = 0; i < _functions.Length; i++) _places.TryAdd(_functions[i].Name, i);
            }

            return _places.TryGetValue(function.Name, out var place) && _functions[place] with { Anchor = function.Anchor } == function ? place : null;
        }
    }
}
