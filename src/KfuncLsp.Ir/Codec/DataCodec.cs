namespace KfuncLsp.Ir.Codec;

/// <summary>What stands outside functions. Each <c>Read</c> mirrors its <c>Write</c>, field by field.</summary>
internal static class DataCodec
{
    /// <summary>Maps of maps are two deep in the kernel; more is damage.</summary>
    private const int DeepestMap = 16;

    public static void WriteGlobal(IrWriter w, GlobalVar global)
    {
        w.Text(global.Name);
        w.Type(global.Type);
        WriteFileSpan(w, global.Anchor);
        w.Text(global.Section);
        w.Bool(global.IsConst);
        w.Bool(global.IsVolatile);
        w.Bool(global.IsExtern);
        w.Bool(global.IsWeak);
        w.Bool(global.IsStatic);
        w.Texts(global.DeclTags);
        w.Bool(global.InitialBytes.HasValue);
        if (global.InitialBytes is { } bytes) w.Bytes(bytes.AsSpan());
        w.List(global.Addresses, WriteAddress);
    }

    private static void WriteAddress(IrWriter w, StoredAddress address)
    {
        w.Long(address.Offset);
        RvalueCodec.Write(w, address.Target);
    }

    public static GlobalVar ReadGlobal(IrReader r) => new(r.Text(), r.Type(), ReadFileSpan(r))
    {
        Section = r.Text(),
        IsConst = r.Bool(),
        IsVolatile = r.Bool(),
        IsExtern = r.Bool(),
        IsWeak = r.Bool(),
        IsStatic = r.Bool(),
        DeclTags = r.Texts(),
        InitialBytes = r.Bool() ? r.Bytes() : null,
        Addresses = r.List(a => new StoredAddress(a.Long(), RvalueCodec.Read(a))),
    };

    public static void WriteMap(IrWriter w, MapDef map)
    {
        w.Text(map.Name);
        w.Int(map.Type);
        WriteFileSpan(w, map.Anchor);
        w.OptionalType(map.Key);
        w.OptionalType(map.Value);
        w.Long(map.KeySize);
        w.Long(map.ValueSize);
        w.Long(map.MaxEntries);
        w.Long(map.Flags);
        w.Bool(map.Inner is not null);
        if (map.Inner is not null) WriteMap(w, map.Inner);
    }

    public static MapDef ReadMap(IrReader r, int depth = 0) => new(r.Text(), r.Int(), ReadFileSpan(r))
    {
        Key = r.OptionalType(),
        Value = r.OptionalType(),
        KeySize = r.Long(),
        ValueSize = r.Long(),
        MaxEntries = r.Long(),
        Flags = r.Long(),
        Inner = !r.Bool() ? null : depth < DeepestMap ? ReadMap(r, depth + 1) : throw new MalformedIrException("maps are nested too deep"),
    };

    public static void WriteExtern(IrWriter w, ExternFunction function)
    {
        w.Text(function.Name);
        w.Type(function.Prototype);
        WriteFileSpan(w, function.Anchor);
        w.Bool(function.IsKsym);
        w.Bool(function.IsWeak);
        w.Bool(function.IsImplicit);
        w.Bool(function.InMainFile);
        w.Texts(function.DeclTags);
    }

    public static ExternFunction ReadExtern(IrReader r) => new(r.Text(), r.Type<FunctionType>(), ReadFileSpan(r))
    {
        IsKsym = r.Bool(),
        IsWeak = r.Bool(),
        IsImplicit = r.Bool(),
        InMainFile = r.Bool(),
        DeclTags = r.Texts(),
    };

    public static void WriteStruct(IrWriter w, StructDef definition)
    {
        w.Type(definition.Type);
        w.Bool(definition.IsComplete);
        w.Bool(definition.IsForward);
        w.Bool(definition.PreservesAccessIndex);
        w.List(definition.Fields, static (w, field) =>
        {
            w.Text(field.Name);
            w.Long(field.BitOffset);
            w.Type(field.Type);
            w.Int(field.BitWidth);
            w.Texts(field.DeclTags);
        });
    }

    public static StructDef ReadStruct(IrReader r)
    {
        var definition = new StructDef(r.Type<StructType>(), [])
        {
            IsComplete = r.Bool(),
            IsForward = r.Bool(),
            PreservesAccessIndex = r.Bool(),
        };
        return definition with
        {
            Fields = r.List(static r => new StructField(r.Text(), r.Long(), r.Type(), r.Int()) { DeclTags = r.Texts() }),
        };
    }

    public static void WriteStructOps(IrWriter w, StructOpsVar variable)
    {
        w.Text(variable.Name);
        w.Text(variable.TypeName);
        w.Text(variable.Section);
        WriteFileSpan(w, variable.Anchor);
        w.List(variable.Members, static (w, member) =>
        {
            w.Text(member.Member);
            w.Text(member.Function);
            w.OptionalType(member.Prototype);
        });
    }

    public static StructOpsVar ReadStructOps(IrReader r) => new(r.Text(), r.Text(), r.Text(), ReadFileSpan(r))
    {
        Members = r.List(static r => new StructOpsMember(r.Text(), r.Text(), r.OptionalType() switch
        {
            null => null,
            FunctionType prototype => prototype,
            _ => throw new MalformedIrException("a member's prototype is no function"),
        })),
    };

    public static void WriteIssue(IrWriter w, UnitIssue issue)
    {
        w.Byte((byte)issue.Kind);
        w.Text(issue.Message);
        WriteFileSpan(w, issue.Where);
        w.OptionalText(issue.Function);
    }

    public static UnitIssue ReadIssue(IrReader r) =>
        new((UnitIssueKind)r.Enum((byte)UnitIssueKind.Vmlinux), r.Text(), ReadFileSpan(r)) { Function = r.OptionalText() };

    public static void WriteFileSpan(IrWriter w, FileSpan span)
    {
        w.Text(span.File);
        w.Int(span.Start);
        w.Int(span.Length);
    }

    public static FileSpan ReadFileSpan(IrReader r) => new(r.Text(), r.Int(), r.Int());
}
