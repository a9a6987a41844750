using System.CommandLine;
using System.Diagnostics;
using KfuncLsp.Registry;
using KfuncLsp.Site;

namespace KfuncLsp.Server.Cli;

/// <summary><c>kfunc-lsp registry site</c>: the registry as a static site, to be opened from disk or put on any server.</summary>
internal static class RegistrySite
{
    public static Command Build(CliConsole console)
    {
        var directory = new Argument<string>("DIR") { Description = "Where to write it; made if it is missing, files of the same names are replaced" };
        var command = new Command("site", "Write a static, searchable site of all kfuncs") { directory };
        command.SetAction(parsed =>
        {
            var root = Path.GetFullPath(parsed.GetValue(directory)!, console.Directory);
            var watch = Stopwatch.StartNew();
            var count = 0;
            try
            {
                foreach (var file in SiteGenerator.Generate(KernelModels.All))
                {
                    var path = Path.Combine(root, file.Path);
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    File.WriteAllText(path, file.Text);
                    count++;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return RegistryCommand.Refuse(console, $"{root}: {e.Message}");
            }

            console.Error.WriteLine($"{count} files in {watch.ElapsedMilliseconds} ms: open {Path.Combine(root, "index.html")}");
            return ExitCode.Clean;
        });
        return command;
    }
}
