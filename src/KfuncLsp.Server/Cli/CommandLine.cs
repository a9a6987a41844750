using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;

namespace KfuncLsp.Server.Cli;

/// <summary>The verbs of <c>kfunc-lsp</c>.</summary>
public static class CommandLine
{
    /// <summary>Runs one command line. Returns the process's exit code: see <see cref="ExitCode"/>.</summary>
    /// <remarks>What follows <c>--</c> is clang's and is never read as ours.</remarks>
    public static async Task<int> RunAsync(string[] arguments, CliConsole console, CancellationToken cancel = default)
    {
        var split = Array.IndexOf(arguments, "--");
        var own = split < 0 ? arguments : arguments[..split];
        var clang = split < 0 ? ImmutableArray<string>.Empty : [.. arguments[(split + 1)..]];
        if (own is ["--version"])
        {
            console.Out.WriteLine($"kfunc-lsp {ProductVersion.Text}");
            return ExitCode.Clean;
        }

        var root = Build(console, clang);
        var parsed = root.Parse(own, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0) return Refuse(parsed, console);
        try
        {
            return await parsed.InvokeAsync(new() { Output = console.Out, Error = console.Error, EnableDefaultExceptionHandler = false }, cancel);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            console.Error.WriteLine($"kfunc-lsp: internal error, please report it:\n{e}");
            return ExitCode.Internal;
        }
    }

    private static RootCommand Build(CliConsole console, ImmutableArray<string> clangArguments) => new(
        """
        Predicts from BPF C source what the Linux BPF verifier says about kfunc use, per kernel version.

        Exit codes: 0 no error found, 1 errors found, 2 wrong usage or a file that can't be read or parsed, 3 our own fault.
        """)
    {
        CheckCommand.Build(console, clangArguments),
        MinverCommand.Build(console, clangArguments),
        ServerCommand.Build(),
        ExplainCommand.Build(console),
        ExplainLogCommand.Build(console),
        DoctorCommand.Build(console, clangArguments),
        IrCommand.Build(console, clangArguments),
        RegistryCommand.Build(console),
        FrontendWorkerCommand.Build(),
    };

    private static int Refuse(ParseResult parsed, CliConsole console)
    {
        foreach (var error in parsed.Errors) console.Error.WriteLine($"kfunc-lsp: {error.Message}");
        var verb = parsed.CommandResult is { Parent: not null } inner ? " " + inner.Command.Name : "";
        console.Error.WriteLine($"Try `kfunc-lsp{verb} --help`.");
        return ExitCode.BadInput;
    }
}
