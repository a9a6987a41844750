using System.Text;
using KfuncLsp.Frontend.Interop;

namespace KfuncLsp.Frontend.Lowering;

/// <summary>The attributes of a declaration that matter to BPF.</summary>
internal sealed class DeclAttributes
{
    public static readonly DeclAttributes None = new();

    public string? Section { get; private set; }
    public string? Cleanup { get; private set; }
    public bool IsWeak { get; private set; }
    public bool IsAlwaysInline { get; private set; }
    public bool IsNoInline { get; private set; }
    public bool IsNaked { get; private set; }

    /// <summary><c>aligned</c>: where it lies, its type does not tell.</summary>
    public bool IsAligned { get; private set; }

    /// <summary><c>__hidden</c>: libbpf tells the kernel that such a function is static.</summary>
    public bool IsHidden { get; private set; }
    public List<string> DeclTags { get; } = [];

    /// <summary>Joins what all declarations of one thing say; the kernel sees one symbol.</summary>
    public static DeclAttributes Merge(IEnumerable<DeclAttributes> all)
    {
        var merged = new DeclAttributes();
        foreach (var one in all)
        {
            merged.Section ??= one.Section;
            merged.Cleanup ??= one.Cleanup;
            merged.IsWeak |= one.IsWeak;
            merged.IsAlwaysInline |= one.IsAlwaysInline;
            merged.IsNoInline |= one.IsNoInline;
            merged.IsNaked |= one.IsNaked;
            merged.IsAligned |= one.IsAligned;
            merged.IsHidden |= one.IsHidden;
            foreach (var tag in one.DeclTags)
                if (!merged.DeclTags.Contains(tag)) merged.DeclTags.Add(tag);
        }
        return merged;
    }

    /// <summary>Reads the attributes off one declaration as clang prints it; those of its parameters are not its own.</summary>
    public static DeclAttributes Of(CXCursor declaration, nint tersePolicy)
    {
        if (clang.Cursor_hasAttrs(declaration) == 0) return None;
        var text = Cursors.Take(clang.getCursorPrettyPrinted(declaration, tersePolicy));
        var tokens = PrintedText.Tokenize(text);
        var result = new DeclAttributes();
        for (var i = 0; i + 2 < tokens.Count; i++)
        {
            var word = tokens[i].In(text);
            if (word is "__attribute__")
            {
                var close = PrintedText.Close(text, tokens, i + 1);
                result.Read(text, tokens, i + 3, close - 1);
                i = close;
            }
            else if (word is "(" or "{") i = PrintedText.Close(text, tokens, i);
        }
        return result;
    }

    private void Read(string text, List<PrintedText.Token> tokens, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            var name = tokens[i].In(text);
            var hasArguments = i + 1 < end && text[tokens[i + 1].Start] == '(';
            var argument = hasArguments && i + 2 < end ? tokens[i + 2].In(text) : default;
            switch (name)
            {
                case "section": Section ??= Text(argument); break;
                case "cleanup": Cleanup = argument.ToString(); break;
                case "btf_decl_tag": DeclTags.Add(Text(argument)); break;
                case "weak": IsWeak = true; break;
                case "always_inline": IsAlwaysInline = true; break;
                case "noinline": IsNoInline = true; break;
                case "naked": IsNaked = true; break;
                case "aligned": IsAligned = true; break;
                case "visibility": IsHidden = Text(argument) == "hidden"; break;
            }
            if (hasArguments) i = PrintedText.Close(text, tokens, i + 1);
        }

        static string Text(ReadOnlySpan<char> literal) => Encoding.UTF8.GetString(PrintedText.Unquote(literal));
    }
}
