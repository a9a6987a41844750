using System.CommandLine;

namespace KfuncLsp.Server.Cli.Adoption;

/// <summary>The options by which an old code base takes up <c>check</c>.</summary>
internal sealed class AdoptionOptions
{
    private readonly Option<string?> _baseline = new("--baseline") { Description = "A file with findings that are known and not reported", HelpName = "FILE" };
    private readonly Option<bool> _update = new("--update-baseline") { Description = "Write the present findings into the file of --baseline" };
    private readonly Option<string?> _since = new("--changed-since") { Description = "Check only what changed since this git revision, and what includes it", HelpName = "REV" };

    public void AddTo(Command command)
    {
        command.Options.Add(_baseline);
        command.Options.Add(_update);
        command.Options.Add(_since);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(_update) && parsed.GetValue(_baseline) is null) parsed.AddError("--update-baseline needs --baseline FILE.");
        });
    }

    /// <summary>The request with what was asked for.</summary>
    public CheckRequest Read(ParseResult parsed, string directory, CheckRequest request) => request with
    {
        Baseline = parsed.GetValue(_baseline) is { } file ? Path.GetFullPath(file, directory) : null,
        UpdatesBaseline = parsed.GetValue(_update),
        ChangedSince = parsed.GetValue(_since),
    };
}
