namespace KfuncLsp.Server.Cli.Output;

/// <summary>A rule's page for a terminal: headings in bold, code indented, tables in columns, paragraphs wrapped.</summary>
public static class PageText
{
    private const int Width = 100;

    public static void Write(string markdown, TextWriter output, Palette colours)
    {
        var table = new List<string[]>();
        var isCode = false;
        foreach (var line in markdown.TrimEnd().Split('\n').Select(l => l.TrimEnd('\r')))
        {
            if (!isCode && line.StartsWith('|'))
            {
                if (!line.StartsWith("|---", StringComparison.Ordinal)) table.Add([.. line.Trim('|').Split('|').Select(c => c.Trim())]);
                continue;
            }

            WriteTable(table, output);
            if (line.StartsWith("```", StringComparison.Ordinal)) isCode = !isCode;
            else if (isCode) output.WriteLine(line.Length > 0 ? $"    {line.Replace("\t", "    ", StringComparison.Ordinal)}" : "");
            else if (line.StartsWith('#')) output.WriteLine(colours.Strong(line.TrimStart('#').Trim()));
            else WriteWrapped(line, output);
        }

        WriteTable(table, output);
    }

    private static void WriteTable(List<string[]> rows, TextWriter output)
    {
        if (rows.Count == 0) return;
        var widths = Enumerable.Range(0, rows.Max(r => r.Length)).Select(i => rows.Max(r => i < r.Length ? r[i].Length : 0)).ToArray();
        foreach (var row in rows) output.WriteLine("  " + string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        rows.Clear();
    }

    private static void WriteWrapped(string text, TextWriter output)
    {
        while (text.Length > Width && text.LastIndexOf(' ', Width) is var cut and > 0)
        {
            output.WriteLine(text[..cut]);
            text = text[(cut + 1)..];
        }

        output.WriteLine(text);
    }
}
