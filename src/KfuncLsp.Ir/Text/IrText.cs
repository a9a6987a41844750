using System.Text;

namespace KfuncLsp.Ir;

/// <summary>Prints the IR: stable, complete and readable. The print of a function with its spans is what <see cref="IrHash"/> hashes.</summary>
/// <remarks>
/// <c>%3:task</c> is local 3; a type stands behind a colon; <c>@12+5</c> is a span (start and length in bytes). Types and prototypes that
/// a function uses by name are listed once, below its blocks. File anchors are not printed.
/// </remarks>
public static class IrText
{
    /// <summary>One function.</summary>
    public static string Print(FunctionIr function, bool spans = false)
    {
        var text = new StringBuilder();
        new FunctionPrinter(text, function, spans).Print();
        return text.ToString();
    }

    /// <summary>A whole unit: types, maps, globals, externs, then the functions.</summary>
    public static string Print(UnitIr unit, bool spans = false)
    {
        var text = new StringBuilder();
        text.Append("unit ").AppendLf(unit.License is { } license ? $"license {Quote(license)}" : "without license");
        foreach (var def in unit.Structs.Values.OrderBy(d => d.Name, StringComparer.Ordinal)) text.Append(Print(def));
        foreach (var map in unit.Maps) text.AppendLf(Print(map));
        foreach (var global in unit.Globals) text.AppendLf(Print(global));
        foreach (var function in unit.Externs) text.AppendLf(Print(function));
        foreach (var ops in unit.StructOps) text.AppendLf(Print(ops));
        foreach (var (target, prototype) in unit.TracepointPrototypes.OrderBy(p => p.Key, StringComparer.Ordinal))
            text.AppendLf($"target {target}: {prototype}");
        foreach (var issue in unit.Issues)
            text.AppendLf($"issue {issue.Kind}{(issue.Function is { } f ? $" in {f}" : "")}: {issue.Message}");
        foreach (var function in unit.Functions) text.AppendLf("").Append(Print(function, spans));
        return text.ToString();
    }

    /// <summary>A struct and its members, over several lines.</summary>
    public static string Print(StructDef def)
    {
        var text = new StringBuilder().Append($"{def.Type} {def.Type.ByteSize} bytes");
        if (def.IsForward) text.Append(" forward");
        if (!def.IsComplete) text.Append(" partial");
        if (def.PreservesAccessIndex) text.Append(" preserve_access_index");
        text.AppendLf("");
        foreach (var field in def.Fields)
        {
            text.Append($"    {field.ByteOffset}");
            if (field.BitOffset % 8 != 0) text.Append($".{field.BitOffset % 8}");
            text.Append($" {field.Name}: {TypeText.Exact(field.Type)}");
            if (field.BitWidth != 0) text.Append($" : {field.BitWidth} bits");
            text.AppendLf(Tags(field.DeclTags));
        }
        return text.ToString();
    }

    /// <summary>A global variable, on one line.</summary>
    public static string Print(GlobalVar global) =>
        $"global {global.Name}: {TypeText.Exact(global.Type)} {Quote(global.Section)}"
        + Flag(global.IsConst, "const") + Flag(global.IsVolatile, "volatile") + Flag(global.IsExtern, "extern")
        + Flag(global.IsWeak, "weak") + Flag(global.IsStatic, "static") + Tags(global.DeclTags)
        + (global.InitialBytes is not { } bytes ? " = ?" : bytes.All(b => b == 0) ? "" : $" = {Convert.ToHexStringLower(bytes.AsSpan())}")
        + string.Concat(global.Addresses.Select(a => $" +{a.Offset} {Print(a.Target)}"));

    private static string Print(Rvalue address) => address switch
    {
        AddressOfFunction f => $"&{f.Name}",
        AddressOfGlobal g => $"&{g.Name}",
        AddressOfString s => Convert.ToHexStringLower(s.Bytes.AsSpan()),
        _ => "?",
    };

    /// <summary>A map, on one line.</summary>
    public static string Print(MapDef map) =>
        $"map {map.Name}: type {map.Type}"
        + (map.Key is { } key ? $" key {TypeText.Exact(key)}" : "") + (map.Value is { } value ? $" value {TypeText.Exact(value)}" : "")
        + $" key_size {map.KeySize} value_size {map.ValueSize} max_entries {map.MaxEntries} flags {map.Flags}"
        + (map.Inner is { } inner ? $" of ({Print(inner)})" : "");

    /// <summary>A function that the unit does not define, on one line.</summary>
    public static string Print(ExternFunction function) =>
        $"extern {function.Name}: {TypeText.Exact(function.Prototype)}" + Flag(function.IsKsym, "ksym") + Flag(function.IsWeak, "weak")
        + Flag(function.IsImplicit, "implicit") + Flag(function.InMainFile, "in-main-file") + Tags(function.DeclTags);

    /// <summary>A struct_ops map, on one line.</summary>
    public static string Print(StructOpsVar ops) =>
        $"struct_ops {ops.Name}: {ops.TypeName} {Quote(ops.Section)} {{ "
        + string.Join(", ", ops.Members.Select(m => $".{m.Member} = {m.Function}{(m.Prototype is { } p ? $": {TypeText.Exact(p)}" : "")}")) + " }";

    private static StringBuilder AppendLf(this StringBuilder text, string line) => text.Append(line).Append('\n');

    internal static string Flag(bool set, string name) => set ? $" {name}" : "";

    internal static string Tags(EquatableArray<string> tags) => string.Concat(tags.Select(t => $" tag {Quote(t)}"));

    /// <summary>The text on one line between quotes, so that no two texts print alike.</summary>
    internal static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                < ' ' or (char)127 => quoted.Append($"\\x{(int)c:x2}"),
                _ => quoted.Append(c),
            };
        return quoted.Append('"').ToString();
    }
}
