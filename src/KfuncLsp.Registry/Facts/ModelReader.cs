using System.Collections.Immutable;

namespace KfuncLsp.Registry.Facts;

/// <summary>Reads what <see cref="ModelWriter"/> wrote.</summary>
/// <remarks>Errors: an <see cref="InvalidDataException"/>, since only our own build makes these bytes.</remarks>
public sealed class ModelReader
{
    private readonly BinaryReader input;
    private readonly string[] texts;

    private ModelReader(BinaryReader input)
    {
        this.input = input;
        texts = new string[input.ReadInt32()];
        for (var i = 0; i < texts.Length; i++) texts[i] = input.ReadString();
    }

    public static KernelModel Read(Stream stream)
    {
        using var input = new BinaryReader(stream);
        if (input.ReadInt32() != ModelWriter.Format) throw new InvalidDataException("a model of another format");
        var hash = input.ReadString();
        return new ModelReader(input).Model(hash);
    }

    private KernelModel Model(string hash)
    {
        var version = Version()!.Value;
        var release = Text();
        var hasCommonHook = Number() == 1;
        return new()
        {
            Version = version,
            Release = release,
            Hash = hash,
            HasCommonHook = hasCommonHook,
            Kfuncs = List(Kfunc).ToImmutableDictionary(k => k.Name, StringComparer.Ordinal),
            Traits = Traits(),
            Messages = new(List(() => (Condition: Text(), Formats: List(Text))).ToImmutableDictionary(m => m.Condition, m => m.Formats, StringComparer.Ordinal)),
            Hooks = List(() => ((ProgramType)input.ReadByte(), (KfuncHook)input.ReadByte())).ToImmutableDictionary(h => h.Item1, h => h.Item2),
            Sections = new(List(() => new SectionRule(Text(), (ProgramType)input.ReadByte(), Text(), input.ReadBoolean(), input.ReadBoolean()))),
            SafeFields = new(List(() => (Field: (Text(), Text()), Trust: (FieldTrust)input.ReadByte())).ToImmutableDictionary(f => f.Field, f => f.Trust)),
            TracepointArguments = List(() => (Name: Text(), Arguments: List(() => (TracepointArgument)input.ReadByte()))).ToImmutableDictionary(t => t.Name, t => t.Arguments, StringComparer.Ordinal),
            Lsm = new(Set(), Set()) { Disabled = Set(), Boolean = Set(), Void = Set() },
            Helpers = List(Helper).ToImmutableDictionary(h => h.Id),
            KptrTypes = List(() => new KptrType(Text(), Optional(), input.ReadBoolean())).ToImmutableDictionary(k => k.Struct, StringComparer.Ordinal),
            StructOps = List(StructOps).ToImmutableDictionary(s => s.Name, StringComparer.Ordinal),
            IterContexts = List(() => (Target: Text(), Fields: List(() => new IterContextField(Text(), Text(), input.ReadBoolean(), input.ReadBoolean())))).ToImmutableDictionary(i => i.Target, i => i.Fields, StringComparer.Ordinal),
            Declarations = new(Set(), Set(), Set(), List(() => (Bit: Number(), Flag: (KfuncFlags)input.ReadUInt32())).ToImmutableDictionary(b => b.Bit, b => b.Flag)),
            Package = input.ReadBoolean() ? new(Text(), Text(), Text()) : null,
            Contexts = List(() => ((ProgramType)input.ReadByte(), new ContextType(Text(), Text()))).ToImmutableDictionary(c => c.Item1, c => c.Item2),
            Beginnings = List(() => (Name: Text(), Begins: List(Text))).ToImmutableDictionary(b => b.Name, b => b.Begins, StringComparer.Ordinal),
            RcuNames = Set(),
        };
    }

    private KfuncSignature Kfunc() => new()
    {
        Name = Text(),
        Flags = (KfuncFlags)input.ReadUInt32(),
        Return = new(Type()),
        Parameters = List(Parameter),
        ImplicitParameters = List(Parameter),
        Hooks = List(() => ((KfuncHook)input.ReadByte(), (KfuncFlags)input.ReadUInt32())).ToImmutableDictionary(h => h.Item1, h => h.Item2),
        Filters = List(Filter),
        Sets = List(Text),
        IsTest = input.ReadBoolean(),
        Config = List(Text),
        MayBeInModule = input.ReadBoolean(),
        Deprecated = input.ReadBoolean() ? new(Optional(), Text(), Text()) : null,
        Since = Version(),
        Until = Version(),
        Source = Text(),
    };

    private KfuncParameter Parameter()
    {
        var parameter = new KfuncParameter(Number(), Text(), Type(), (KfuncArgClass)input.ReadByte());
        var marks = input.ReadByte();
        var size = Number();
        return parameter with
        {
            IsNullable = (marks & 1) != 0,
            IsUninit = (marks & 2) != 0,
            AllowsNonOwning = (marks & 4) != 0,
            SizeParameter = size < 0 ? null : size,
            Suffixes = List(Text),
            PointeeIsScalarOnly = input.ReadByte() switch { 0 => null, 1 => false, _ => true },
            PointeeSize = input.Read7BitEncodedInt64(),
        };
    }

    private KfuncType Type() => new(Text(), (KfuncTypeKind)input.ReadByte())
    {
        Bits = input.ReadByte(),
        IsSigned = input.ReadBoolean(),
        PointeeStruct = Optional(),
        Pointee = (KfuncTypeKind)input.ReadByte(),
    };

    private KfuncFilter Filter() => new(Text(), (KfuncHook)input.ReadByte(), new()
    {
        ProgramTypes = List(() => (ProgramType)input.ReadByte()),
        AttachTypes = List(Text),
        StructOpsMembers = List(Text),
        ExcludedTargets = List(Text),
        IsExact = input.ReadBoolean(),
    });

    private HelperSignature Helper() => new(Number(), Text())
    {
        Arguments = List(Text),
        Return = Text(),
        BtfTypes = List(() => (Number(), Text())).ToImmutableDictionary(b => b.Item1, b => b.Item2),
        DiffersByProgramType = input.ReadBoolean(),
        MightSleep = input.ReadBoolean(),
        GplOnly = input.ReadBoolean(),
    };

    private StructOpsType StructOps() => new(Text())
    {
        SleepableMembers = Set(),
        Arguments = List(() => (Member: Text(), Suffixes: List(() => (Number(), Text())).ToImmutableDictionary(a => a.Item1, a => a.Item2))).ToImmutableDictionary(m => m.Member, m => m.Suffixes, StringComparer.Ordinal),
    };

    private VerifierTraits Traits()
    {
        var bits = new bool[TraitBits.Count];
        for (var i = 0; i < bits.Length; i++) bits[i] = input.ReadBoolean();
        bool? typeTags = input.ReadByte() switch { 0 => null, 1 => false, _ => true };
        return TraitBits.From(bits, typeTags, Set(), Set());
    }

    /// <summary>Frozen sets would take longer to make than all questions to them.</summary>
    private HashSet<string> Set() => List(Text).ToHashSet(StringComparer.Ordinal);

    private KernelVersion? Version()
    {
        var major = Number();
        if (major < 0) return null;
        var minor = Number();
        var patch = Number();
        return new(major, minor, patch < 0 ? null : patch);
    }

    private string? Optional() => input.ReadBoolean() ? Text() : null;

    private string Text() => texts[input.Read7BitEncodedInt()];

    private int Number() => input.Read7BitEncodedInt();

    private ImmutableArray<T> List<T>(Func<T> read)
    {
        var items = new T[input.Read7BitEncodedInt()];
        for (var i = 0; i < items.Length; i++) items[i] = read();
        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(items);
    }
}
