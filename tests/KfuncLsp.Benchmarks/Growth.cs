using System.Globalization;
using System.Text;

namespace KfuncLsp.Benchmarks;

/// <summary>How the cost of a check grows with the number of functions, of branches in a row, and of open files; drawn as a picture.</summary>
internal sealed class Growth(Commands commands)
{
    private const int Width = 300, Height = 200, Margin = 40;

    public string Draw()
    {
        var picture = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{3 * (Width + Margin) + Margin}\" height=\"{Height + 2 * Margin}\" font-family=\"sans-serif\" font-size=\"11\">\n"));
        picture.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        Plot(picture, 0, "functions", "ms of processor time", [.. new[] { 1000, 2000, 3000, 5000, 7000 }.Select(lines => (LargeProgram.Write(lines).Split("\nstatic ").Length * 4.0 / 3, Processor(LargeProgram.Write(lines))))]);
        Plot(picture, 1, "branches in a row", "ms of processor time", [.. new[] { 10, 20, 40, 80, 160 }.Select(n => ((double)n, Processor(Branches(n))))]);
        Plot(picture, 2, "open files", "MB at the peak", OpenFiles([1, 2, 4, 7, 10]));
        return picture.Append("</svg>\n").ToString();
    }

    private double Processor(string text)
    {
        File.WriteAllText(Path.Combine(commands.Project, "growth.bpf.c"), text);
        commands.Run(commands.Check("growth.bpf.c"));
        return new[] { 1, 2, 3 }.Min(_ => commands.Run(commands.Check("growth.bpf.c")).Processor);
    }

    /// <summary>A program whose branches all depend on what is not known, and whose ways meet after each.</summary>
    private static string Branches(int count)
    {
        var text = new StringBuilder(LargeProgram.Write(0)).Append("\nSEC(\"tc\")\nint branches(struct __sk_buff *skb)\n{\n\tu32 sum = 0;\n\n");
        for (var i = 0; i < count; i++) text.Append(CultureInfo.InvariantCulture, $"\tif (skb->len & {1 << i % 16})\n\t\tsum += {i + 1};\n");
        return text.Append("\treturn sum;\n}\n").ToString();
    }

    private (double, double)[] OpenFiles(int[] counts)
    {
        var text = File.ReadAllText(Path.Combine(commands.Project, "program.bpf.c"));
        using var client = commands.StartOurs();
        client.Initialize(commands.Project);
        var points = new List<(double, double)>();
        for (var i = 1; i <= counts[^1]; i++)
        {
            var path = Path.Combine(commands.Project, $"grown-{i}.bpf.c");
            client.Open(path, text);
            client.WaitForDiagnostics(1);
            if (counts.Contains(i)) points.Add((i, Commands.PeakMemory(client.ProcessId)));
        }

        return [.. points];
    }

    private static void Plot(StringBuilder picture, int column, string what, string unit, (double X, double Y)[] points)
    {
        Console.WriteLine($"growth with {what}: {string.Join(", ", points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0} → {p.Y:0}")))} {unit}");
        var (left, bottom) = (Margin + column * (Width + Margin), Margin + Height);
        var (mostX, mostY) = (points.Max(p => p.X), points.Max(p => p.Y));
        picture.Append(CultureInfo.InvariantCulture, $"<path d=\"M{left} {Margin} V{bottom} H{left + Width}\" fill=\"none\" stroke=\"black\"/>\n");
        var way = string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{left + p.X / mostX * Width:0.0},{bottom - p.Y / mostY * Height:0.0}")));
        picture.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{way}\" fill=\"none\" stroke=\"steelblue\" stroke-width=\"2\"/>\n");
        picture.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + Width / 2}\" y=\"{bottom + 28}\" text-anchor=\"middle\">{what} (to {mostX:0})</text>\n");
        picture.Append(CultureInfo.InvariantCulture, $"<text x=\"{left}\" y=\"{Margin - 8}\">{unit} (to {mostY:0})</text>\n");
    }
}
