using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Frontend.Preambles;
using KfuncLsp.Registry;

namespace KfuncLsp.Fuzz.Edits;

/// <summary>People at work: programs are edited over and over, line by line and word by word, undone, broken and mended.</summary>
/// <remarks>The same seed makes the same edits. A file is left for another one after some of them.</remarks>
internal sealed class EditSequences : IAsyncDisposable
{
    private const int EditsOfAFile = 40;

    private static readonly string[] s_statements =
    [
        "return 0;", "return 1;", "if (1) {", "}", "{", ";", "int n_ = 3; n_++;", "static int kept_; kept_++;", "struct { int a, b; } pair_ = { 1, 2 }; (void)pair_.b;",
        "struct local_ { long l; } local_ = { 3 }; (void)local_.l;", "for (int i_ = 0; i_ < 3; i_++) ;", "goto out_;", "out_:;", "/* a remark */", "// another", "/*", "*/", "\"text\";",
        "undeclared_(1);", "extern int elsewhere_(int) __attribute__((weak)); elsewhere_(2);", "elsewhere_(4);", "int (*f_)(int) = (void *)0;", "__builtin_memset((void *)0, 0, 0);", "memset(0, 0, 1);",
        "#define return return", "#undef return", "#if 0", "#endif", "return __LINE__;", "return __COUNTER__;", "asm volatile(\"\");", "char c_ = '}';", "printf(\"x\");",
    ];

    private static readonly KernelVersion[] s_kernels = [new(6, 12), new(7, 3)];

    private readonly Random _random;
    private readonly List<(string File, string[] Arguments)> _files;
    private readonly DirectoryInfo _cache = Directory.CreateTempSubdirectory("kfunc-lsp-fuzz-");
    private readonly PreambleStore? _store;
    private readonly Stack<string> _past = [];
    private EditedUnit? _unit;
    private EditedVerdicts? _verdicts;
    private string _file = "", _text = "", _before = "";
    private bool _isStored;
    private int _left;

    public EditSequences(int seed)
    {
        _random = new(seed);
        _store = PreambleStore.Open(_cache.FullName, limit: 64 << 20);
        var (rules, corpus) = (Path.Combine(GoodInputs.Repository, "tests", "fixtures", "rules"), Path.Combine(GoodInputs.Repository, "tests", "corpus"));
        string[] common = ["-target", "bpf", "-O2", "-g", "-std=gnu11", "-w", "-ferror-limit=0", "-D__TARGET_ARCH_x86"];
        _files =
        [
            .. Sources(rules).Select(f => (f, (string[])[.. common, "-nostdinc", "-I" + rules])),
            .. Sources(Path.Combine(corpus, "programs")).Select(f => (f, (string[])[.. CompileCommandResolver.Resolve(f, CompileSettings.Default)[0].Arguments])),
        ];
    }

    /// <summary>How many versions were lowered in part.</summary>
    public int InPart { get; private set; }

    /// <summary>The texts of the last two versions, and how they are parsed.</summary>
    public string Text => $"// {_file}{(_isStored ? ", on stored preambles" : "")}\n{_text}\n// The version before:\n{_before}";

    /// <summary>Makes one edit and compares: what it is lowered to, then what is said of it.</summary>
    public async Task StepAsync()
    {
        try
        {
            if (_left-- == 0 || _unit is null) await OpenAsync();
            (_before, _text) = (_text, Edit());
            if (_unit!.Next(_text)) InPart++;
            await _verdicts!.NextAsync(_text, _unit.Edited, _unit.Fresh);
        }
        catch
        {
            _left = 0;
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _cache.Delete(recursive: true);
    }

    private async ValueTask CloseAsync()
    {
        _unit?.Dispose();
        if (_verdicts is not null) await _verdicts.DisposeAsync();
        (_unit, _verdicts) = (null, null);
    }

    private async Task OpenAsync()
    {
        await CloseAsync();
        _past.Clear();
        _left = EditsOfAFile;
        (_file, var arguments) = _files[_random.Next(_files.Count)];
        _text = File.ReadAllText(_file);
        _isStored = _random.Next(2) == 0;
        _unit = new(_file, _text, arguments, _isStored ? _store : null);
        _verdicts = new(_file, arguments, s_kernels[_random.Next(s_kernels.Length)]);
        await _verdicts.NextAsync(_text, _unit.Edited, _unit.Fresh);
    }

    private string Edit()
    {
        // What was broken is mended more often than not, else everything ends broken.
        if (_past.Count > 0 && _random.Next(2) == 0) return _past.Pop();
        _past.Push(_text);
        var lines = _text.Split('\n').ToList();
        var at = _random.Next(lines.Count);
        // Mostly within functions.
        for (var tries = _random.Next(8); tries > 0 && !lines[at].StartsWith('\t'); tries--) at = _random.Next(lines.Count);
        switch (_random.Next(8))
        {
            case 0: lines.RemoveAt(at); break;
            case 1: lines.Insert(at, lines[_random.Next(lines.Count)]); break;
            case 2: lines.Insert(at, s_statements[_random.Next(s_statements.Length)]); break;
            case 3: lines.Insert(at, ""); break;
            case 4: (lines[at], lines[Math.Max(0, at - 1)]) = (lines[Math.Max(0, at - 1)], lines[at]); break;
            default: lines[at] = EditWord(lines); break;
        }

        return string.Join('\n', lines);

        string EditWord(List<string> of)
        {
            var words = Words(of[at]);
            if (words.Count == 0) return of[at] + " ";
            var (start, length) = words[_random.Next(words.Count)];
            var other = of[_random.Next(of.Count)];
            var others = Words(other);
            var replacement = _random.Next(4) switch
            {
                0 => _random.Next(5000).ToString(System.Globalization.CultureInfo.InvariantCulture),
                1 => "",
                _ when others.Count > 0 && others[_random.Next(others.Count)] is var (from, count) => other.Substring(from, count),
                _ => of[at][start].ToString(),
            };
            return of[at][..start] + replacement + of[at][(start + length)..];
        }
    }

    private static List<(int Start, int Length)> Words(string line)
    {
        var words = new List<(int, int)>();
        for (var i = 0; i < line.Length; i++)
        {
            if (!IsWord(line[i])) continue;
            var start = i;
            while (i < line.Length && IsWord(line[i])) i++;
            words.Add((start, i - start));
        }

        return words;

        static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
    }

    private static IEnumerable<string> Sources(string directory) => Directory.EnumerateFiles(directory, "*.bpf.c").Order(StringComparer.Ordinal);
}
