namespace KfuncLsp.Server.Cli.Output;

/// <summary>Terminal colours, or none.</summary>
public sealed record Palette(bool IsOn)
{
    public string Error(string text) => Paint("1;31", text);
    public string Warning(string text) => Paint("1;33", text);
    public string Note(string text) => Paint("1;36", text);
    public string Good(string text) => Paint("1;32", text);
    public string Frame(string text) => Paint("1;34", text);
    public string Strong(string text) => Paint("1", text);

    private string Paint(string code, string text) => IsOn && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
