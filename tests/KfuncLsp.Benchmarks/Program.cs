using System.Diagnostics;
using System.Text;
using KfuncLsp.Benchmarks;
using KfuncLsp.Frontend.Parsing;
using static KfuncLsp.Benchmarks.Times;

const string Usage = """
    usage: benchmarks --vmlinux DIR --libbpf INCLUDE_DIR [--server FILE] [--edits N] [--kernel V] [--file FILE | --lines N] [--analysis]
    --table [--clangd FILE] [--loader FILE] [--files N] [--plot FILE]: the server next to clangd, to libclang, and to compiling and loading; the ratios.
    --many DIR [-- CLANG ARGUMENTS]: only how `check` over a directory shares the work among cores.
    --soak MINUTES: files opened, edited and closed, and what memory is held after that.
    --models: how long kernel models take to load; needs nothing else.
    --lines N: a generated file of so many lines. --analysis: the analyser alone, without a server.
    Otherwise: edit to diagnostics through the language server, and libclang's bare reparse of the same text, edit by edit in one run; then how
    long answers to questions about the code take.
    """;

if (args is ["--models"]) return ModelLoading.Run();

string vmlinux = "", libbpf = "", server = "", kernel = "6.12", file = Path.Combine(AppContext.BaseDirectory, "program.bpf.c");
var (edits, lines) = (100, 0);
var (analysis, table) = (args.Contains("--analysis"), args.Contains("--table"));
var (clangd, loader, plot, many, files, minutes) = ("clangd-19", "", "", "", 800, 0);
var split = Array.IndexOf(args, "--");
string[] clang = split < 0 ? [] : args[(split + 1)..];
if (split >= 0) args = args[..split];
args = [.. args.Where(a => a is not ("--analysis" or "--table"))];
for (var i = 0; i + 1 < args.Length; i += 2)
    switch (args[i])
    {
        case "--vmlinux": vmlinux = args[i + 1]; break;
        case "--libbpf": libbpf = args[i + 1]; break;
        case "--server": server = args[i + 1]; break;
        case "--kernel": kernel = args[i + 1]; break;
        case "--file": file = args[i + 1]; break;
        case "--soak" when int.TryParse(args[i + 1], out minutes): break;
        case "--clangd": clangd = args[i + 1]; break;
        case "--loader": loader = args[i + 1]; break;
        case "--plot": plot = args[i + 1]; break;
        case "--many": many = Path.GetFullPath(args[i + 1]); break;
        case "--files" when int.TryParse(args[i + 1], out files): break;
        case "--lines" when int.TryParse(args[i + 1], out lines): break;
        case "--edits" when int.TryParse(args[i + 1], out edits): break;
        default: Console.Error.WriteLine(Usage); return 2;
    }
if (!File.Exists(Path.Combine(vmlinux, "vmlinux.h")))
{
    Console.WriteLine("not run: --vmlinux names no directory with a vmlinux.h");
    return args.Length == 0 ? 0 : 2;
}
server = server.Length > 0 ? server : FindServer() ?? "";
if (!analysis && !File.Exists(server))
{
    Console.WriteLine("not run: the server is not built (dotnet build -c Release src/KfuncLsp.Server)");
    return 2;
}

var project = Directory.CreateTempSubdirectory("kfunc-lsp-benchmark-").FullName;
try
{
    string[] flags = ["-target", "bpf", "-D__TARGET_ARCH_x86", "-g", "-O2", "-I" + vmlinux, .. libbpf.Length > 0 ? ["-I" + libbpf] : Array.Empty<string>()];
    File.WriteAllLines(Path.Combine(project, "compile_flags.txt"), flags);
    var path = Path.Combine(project, "program.bpf.c");
    File.WriteAllText(path, lines > 0 ? LargeProgram.Write(lines) : File.ReadAllText(file));
    var text = File.ReadAllText(path);
    Console.WriteLine($"{text.Count(c => c == '\n')} lines, vmlinux.h of {File.ReadLines(Path.Combine(vmlinux, "vmlinux.h")).Count()} lines, {edits} edits, server {Path.GetFileName(server)}");

    // The same arguments that the server finds.
    var command = CompileCommandResolver.Resolve(path, CompileSettings.Default)[0];
    if (table || many.Length > 0 || minutes > 0)
    {
        var commands = new Commands(server, clangd, loader, kernel, project, command.Arguments, flags);
        if (minutes > 0) return new Soak(commands).Run(TimeSpan.FromMinutes(minutes));
        if (many.Length > 0) new Table(commands, edits).PrintCheck(many, clang);
        else new Table(commands, edits).Print(files, plot);
        return 0;
    }
    if (analysis) return AnalysisBenchmark.Run(path, text, command.Arguments, kernel);
    var (ours, bare) = (new List<double>(), new List<double>());

    var clock = Stopwatch.StartNew();
    var (unit, error) = TranslationUnit.Parse(path, Encoding.UTF8.GetBytes(text), command.Arguments);
    if (unit is null) throw new InvalidOperationException(error);
    unit.Reparse(Encoding.UTF8.GetBytes(text));
    Console.WriteLine($"libclang's first parse and the reparse that warms its preamble: {clock.Elapsed.TotalMilliseconds:0} ms");

    clock.Restart();
    using var client = new LanguageClient(server, ["server", "--kernel", kernel], project);
    client.Initialize(project);
    client.Open(path, text);
    var first = client.WaitForDiagnostics(1);
    Console.WriteLine($"start to first diagnostics: {clock.Elapsed.TotalMilliseconds:0} ms, {first.Count} diagnostics");

    const int WarmUp = 20;
    var editor = new Editor(path, text);
    for (var edit = 0; edit < edits + WarmUp; edit++)
    {
        var change = editor.Next();
        var bytes = Encoding.UTF8.GetBytes(editor.Text);
        var (server1, bare1) = (client.Edited(change), Timed(() => unit.Reparse(bytes)));
        if (edit < WarmUp) continue;
        ours.Add(server1);
        bare.Add(bare1);
    }
    unit.Dispose();

    Console.WriteLine("                           p50       p95");
    Console.WriteLine($"edit to diagnostics  {At(ours, 50),9:0.0} {At(ours, 95),9:0.0}  ms");
    Console.WriteLine($"bare reparse         {At(bare, 50),9:0.0} {At(bare, 95),9:0.0}  ms");
    var ratio = At(ours, 50) / At(bare, 50);
    Console.WriteLine($"ratio                {ratio,9:0.0} {At(ours, 95) / At(bare, 95),9:0.0}");
    var isWithin = new RequestLatency(client, path, text).Run(editor);
    return ratio <= 3 && isWithin ? 0 : 1;
}
finally
{
    Directory.Delete(project, recursive: true);
}

static string? FindServer()
{
    for (var directory = AppContext.BaseDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
        if (File.Exists(Path.Combine(directory, "KfuncLsp.sln")))
            return new[] { "Release", "Debug" }
                .SelectMany(c => new[] { $"{c}/net10.0/publish/kfunc-lsp", $"{c}/net10.0/kfunc-lsp.dll" })
                .Select(p => Path.Combine(directory, "src/KfuncLsp.Server/bin", p)).FirstOrDefault(File.Exists);
    return null;
}
