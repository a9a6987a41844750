using System.CommandLine;
using KfuncLsp.Server.Cli.Output;
using KfuncLsp.Workspace.Checking;
using KfuncLsp.Workspace.Explaining;

namespace KfuncLsp.Server.Cli;

/// <summary><c>kfunc-lsp explain KF0101</c>: a rule's page.</summary>
public static class ExplainCommand
{
    public static Command Build(CliConsole console)
    {
        var rule = new Argument<string?>("RULE") { Description = "A rule's code or name: KF0101, unreleased-reference; without it, all rules are listed", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("explain", "Print what a rule means, why the kernel rejects what breaks it, and how to mend it") { rule };
        command.SetAction(parsed => Run(console, parsed.GetValue(rule)));
        return command;
    }

    private static int Run(CliConsole console, string? name)
    {
        if (name is null)
        {
            foreach (var each in NamedRules.All) console.Out.WriteLine($"{each.Id.Code}  {each.Id.Slug,-32} {each.Title}");
            return ExitCode.Clean;
        }

        if (NamedRules.Find(name) is not { } rule || RulePage.Of(rule) is not { } page)
        {
            console.Error.WriteLine($"kfunc-lsp: there is no rule '{name}'; `kfunc-lsp explain` lists them");
            return ExitCode.BadInput;
        }

        PageText.Write(page, console.Out, new(console.OutHasColors));
        return ExitCode.Clean;
    }
}
