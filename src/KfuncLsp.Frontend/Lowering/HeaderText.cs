using System.Text;
using KfuncLsp.Frontend.Interop;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>Finds in the text of a unit's files what leads to declarations that are not walked: nearly all of a unit is its headers.</summary>
/// <remarks>
/// The text says where to look, and libclang's cursor there decides. Where a word stands in a header is kept from one version of the unit to the next.
/// Units: positions in bytes.
/// </remarks>
internal sealed class HeaderText(UnitContext context)
{
    /// <summary>vmlinux.h is longer and has no programs.</summary>
    private const int LongestHeaderWithPrograms = 1 << 20;

    private const int MostNames = 12;
    private const int ShortestPasted = 3;
    private static readonly char[] s_digits = [.. "0123456789"];
    private static readonly string[] s_sectionWords = ["SEC(", "section(", "__section__("];

    private readonly Dictionary<string, CXCursor?> _byName = [];
    private List<nint>? _inclusions;

    /// <summary>Every file that was read.</summary>
    public List<nint> Files()
    {
        if (_inclusions is not null) return _inclusions;
        var names = context.Unit.PreambleFiles.Select(context.FileOf).Where(f => f != 0);
        return _inclusions = [.. Inclusions.Of(context.Unit.Handle).Concat(names).Distinct()];
    }

    /// <summary>A declaration in a header, by name; null where there is none.</summary>
    public CXCursor? Find(string name, CXCursorKind kind)
    {
        var key = $"{kind}:{name}";
        if (_byName.TryGetValue(key, out var known)) return known;
        CXCursor? found = null;
        var wanted = Encoding.UTF8.GetBytes(name);
        foreach (var file in Files())
        {
            var text = context.Contents(file);
            foreach (var position in Occurrences(file, name, wanted))
            {
                if (found is not null) break;
                if (position + wanted.Length < text.Length && IsWord(text[position + wanted.Length])) continue;
                var cursor = CursorAt(file, position);
                if (cursor.Kind == kind && cursor.Spelling() == name) found = cursor;
            }
            if (found is not null) break;
        }
        return _byName[key] = found;
    }

    /// <summary>Programs, maps and other variables with a section that headers define; the walk of the main file does not show them.</summary>
    /// <remarks><c>SEC(</c> in a header's text, or a macro that makes a section, leads to them.</remarks>
    public IEnumerable<CXCursor> Sectioned()
    {
        var found = new HashSet<nint>();
        var headers = Files().FindAll(f => f != context.MainFile && !IsLong(f));
        var makers = SectionMacros([context.MainFile, .. headers]);
        foreach (var file in headers)
            foreach (var position in makers.SelectMany(m => Occurrences(file, m, Encoding.UTF8.GetBytes(m))))
                foreach (var near in NamesAround(file, position))
                {
                    var cursor = CursorAt(file, near);
                    if (cursor.Kind is not (CXCursorKind.CXCursor_FunctionDecl or CXCursorKind.CXCursor_VarDecl)) continue;
                    if (cursor.Kind == CXCursorKind.CXCursor_FunctionDecl && FunctionIr.ProgramOf(cursor.Spelling()) is { } program) cursor = BesideBody(cursor, program) ?? cursor;
                    var first = clang.getCanonicalCursor(cursor);
                    if (context.AllAttributesOf(cursor).Section is null) continue;
                    if (!found.Add(first.Declaration)) break;
                    // The section may stand at the declaration before the definition.
                    if (first.Declaration != cursor.Declaration && !context.IsInMainFile(first)) yield return first;
                    yield return cursor;
                    break;
                }
    }

    /// <summary>The program beside a body that <c>BPF_PROG(name)</c> and its like make, to which the name leads: the one whose call is the body's type, <c>typeof(name(0))</c>.</summary>
    private static CXCursor? BesideBody(CXCursor body, string program)
    {
        foreach (var type in body.Children())
        {
            if (type.Kind != CXCursorKind.CXCursor_ParenExpr) continue;
            foreach (var call in type.Children())
                if (clang.getCursorReferenced(call) is { Kind: CXCursorKind.CXCursor_FunctionDecl } called && called.Spelling() == program)
                    return clang.getCursorDefinition(called) is { IsNull: false } definition ? definition : called;
        }

        return null;
    }

    /// <summary><c>SEC(</c>, and the same of every macro whose body gives a section.</summary>
    private List<string> SectionMacros(List<nint> files)
    {
        var makers = new List<string> { "SEC(" };
        foreach (var file in files)
            foreach (var word in s_sectionWords)
                foreach (var position in Occurrences(file, word, Encoding.UTF8.GetBytes(word)))
                    if (Directives.MacroAround(context.Contents(file), position) is { } macro && !makers.Contains(macro + "(")) makers.Add(macro + "(");
        return makers;
    }

    /// <summary>Where the name may stand that <c>SEC("…")</c> belongs to: the word before it, or one of those after it.</summary>
    private List<int> NamesAround(nint file, int position)
    {
        var text = context.Contents(file);
        var names = new List<int>();
        var before = position - 1;
        while (before >= 0 && text[before] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'[' or (byte)']') before--;
        if (before >= 0 && IsWord(text[before]))
        {
            while (before > 0 && IsWord(text[before - 1])) before--;
            names.Add(before);
        }

        var close = text[position..].IndexOf((byte)')');
        if (close < 0) return names;
        for (var i = position; i < position + close && names.Count < MostNames; i++)
        {
            if (!IsWord(text[i])) continue;
            if (i > position && !IsWord(text[i - 1]) && !char.IsAsciiDigit((char)text[i])) names.Add(i);
        }
        for (var i = position + close + 1; i < text.Length && names.Count < MostNames; i++)
        {
            if (text[i] is (byte)'{' or (byte)';' or (byte)'=') break;
            if (!IsWord(text[i])) continue;
            names.Add(i);
            while (i + 1 < text.Length && IsWord(text[i + 1])) i++;
        }
        return names;
    }

    /// <summary>What can be told of the text around; null where a pragma of lasting effect may come out of one.</summary>
    public MacroSight? MacrosSight()
    {
        var files = Files().Append(context.MainFile).Distinct().Where(f => f == context.MainFile || !IsLong(f)).ToList();
        foreach (var file in files)
            foreach (var position in Occurrences(file, "_Pragma", "_Pragma"u8))
                if (!BodyText.IsPassingPragma(context.Contents(file)[position..])) return null;

        var counters = new List<string> { "__COUNTER__" };
        for (var i = 0; i < counters.Count; i++)
            foreach (var file in files)
                foreach (var position in Occurrences(file, counters[i], Encoding.UTF8.GetBytes(counters[i])))
                    if (Directives.DefinitionAround(context.Contents(file), position) is { } macro && !counters.Contains(macro.Name))
                    {
                        counters.Add(macro.Name);
                        // x1 … x9 are pasted together of x and a number.
                        var pasted = macro.Name.TrimEnd(s_digits);
                        if (pasted.Length > ShortestPasted && !counters.Contains(pasted)) counters.Add(pasted);
                    }
        return new([.. counters], files.Any(f => MacroSight.LineNumbers.Any(word => Occurrences(f, word, Encoding.UTF8.GetBytes(word)).Length > 0)));
    }

    private CXCursor CursorAt(nint file, int position) =>
        clang.getCursor(context.Unit.Handle, clang.getLocationForOffset(context.Unit.Handle, file, (uint)position));

    /// <summary>Whether a header is too long to have programs. One that still lies on disk as libclang met it is not read to learn that.</summary>
    private bool IsLong(nint file) =>
        FileStamp.Of(context.FileName(file)) is { Length: > LongestHeaderWithPrograms } onDisk
        && new DateTimeOffset(onDisk.Time, TimeSpan.Zero).ToUnixTimeSeconds() == clang.getFileTime(file)
        || context.Contents(file).Length > LongestHeaderWithPrograms;

    /// <summary>Where a word begins in a file; it may go on behind that.</summary>
    private int[] Occurrences(nint file, string key, ReadOnlySpan<byte> word)
    {
        var text = context.Contents(file);
        var stamp = (text.Length, clang.getFileTime(file));
        if (context.Unit.Words.TryGetValue((context.FileName(file), key), out var known) && known.Stamp == stamp) return known.Positions;
        var result = new List<int>();
        for (var from = 0; text[from..].IndexOf(word) is >= 0 and var at; from += at + word.Length)
            if (from + at == 0 || !IsWord(text[from + at - 1])) result.Add(from + at);
        int[] positions = [.. result];
        if (file != context.MainFile) context.Unit.Words[(context.FileName(file), key)] = (stamp, positions);
        return positions;
    }

    private static bool IsWord(byte b) => char.IsAsciiLetterOrDigit((char)b) || b == '_';
}
