using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using KfuncLsp.Registry;

namespace KfuncLsp.Workspace.Configuration;

/// <summary>Reads the text of a configuration, key by key, so that each mistake has its line and column.</summary>
/// <remarks>Comments and trailing commas are allowed. A key that is wrong is told and passed over; the others hold.</remarks>
internal ref struct ConfigurationReader(string file, byte[] text)
{
    private static readonly string[] s_keys = ["kernels", "compileFlags", "vmlinux", "btf", "kernelTree", "libclang", "capabilities", "exclude", "rules"];
    private static readonly string[] s_severities = ["error", "warning", "information", "hint", "off"];
    private static readonly string[] s_capabilities = ["CAP_BPF", "CAP_PERFMON", "CAP_SYS_BOOT", "CAP_SYS_ADMIN", "CAP_NET_ADMIN"];

    private readonly string _directory = Path.GetDirectoryName(file) ?? "/";
    private readonly int _bom = text.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]) ? 3 : 0;
    private readonly ImmutableArray<ConfigurationProblem>.Builder _problems = ImmutableArray.CreateBuilder<ConfigurationProblem>();
    private Utf8JsonReader _json = new(
        text.AsSpan(text.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]) ? 3 : 0),
        new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });

    public ProjectConfiguration Read()
    {
        var configuration = ProjectConfiguration.Empty with { File = file };
        try
        {
            _json.Read();
            if (_json.TokenType != JsonTokenType.StartObject)
            {
                Report("an object is expected here");
                return configuration with { Problems = _problems.ToImmutable() };
            }

            while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
            {
                var key = _json.GetString()!;
                configuration = ReadKey(configuration, key);
            }

            // Anything after the object is a mistake that the reader tells.
            while (_json.Read())
            {
            }
        }
        catch (JsonException wrong)
        {
            _problems.Add(new(file, (int)(wrong.LineNumber ?? 0) + 1, (int)(wrong.BytePositionInLine ?? 0) + 1, $"not JSON: {Sentence(wrong.Message)}"));
        }

        return configuration with { Problems = _problems.ToImmutable() };
    }

    private ProjectConfiguration ReadKey(ProjectConfiguration configuration, string key)
    {
        switch (key)
        {
            case "$schema":
                _json.Skip();
                return configuration;
            case "kernels":
                return configuration with { Kernels = Strings(static text => KernelVersion.Parse(text) is null ? $"'{text}' is no kernel version; 6.12 is one" : null) };
            case "compileFlags":
                return ReadFlags(configuration);
            case "vmlinux":
                return configuration with { VmlinuxHeader = PathValue() };
            case "btf":
                return configuration with { Btf = PathValue() };
            case "kernelTree":
                return configuration with { KernelTree = PathValue() };
            case "libclang":
                return configuration with { Libclang = PathValue() };
            case "capabilities":
                return configuration with
                {
                    Capabilities = Strings(static text =>
                        s_capabilities.Contains(text, StringComparer.OrdinalIgnoreCase) ? null : $"'{text}' is not one of {string.Join(", ", s_capabilities)}"),
                };
            case "exclude":
                return configuration with { Exclude = Strings(static _ => null) };
            case "rules":
                return configuration with { Rules = ReadRules() };
            default:
                Report(Unknown(key, s_keys));
                _json.Read();
                _json.Skip();
                return configuration;
        }
    }

    private ProjectConfiguration ReadFlags(ProjectConfiguration configuration)
    {
        if (!Enter()) return configuration;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            switch (_json.GetString()!)
            {
                case "add":
                    configuration = configuration with { AddFlags = Strings(static _ => null) };
                    break;
                case "remove":
                    configuration = configuration with { RemoveFlags = Strings(static _ => null) };
                    break;
                case var other:
                    Report(Unknown(other, ["add", "remove"]));
                    _json.Read();
                    _json.Skip();
                    break;
            }
        }

        return configuration;
    }

    private ImmutableDictionary<string, string> ReadRules()
    {
        var rules = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (!Enter()) return rules.ToImmutable();
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var rule = _json.GetString()!;
            _json.Read();
            if (_json.TokenType == JsonTokenType.String && s_severities.Contains(_json.GetString()!))
            {
                rules[rule] = _json.GetString()!;
            }
            else
            {
                Report($"one of {string.Join(", ", s_severities)} is expected here");
                _json.Skip();
            }
        }

        return rules.ToImmutable();
    }

    /// <summary>A list of strings; a single string is a list of one.</summary>
    private ImmutableArray<string> Strings(Func<string, string?> objection)
    {
        var values = ImmutableArray.CreateBuilder<string>();
        _json.Read();
        if (_json.TokenType == JsonTokenType.StartArray)
        {
            while (_json.Read() && _json.TokenType != JsonTokenType.EndArray) Add(ref this);
        }
        else
        {
            Add(ref this);
        }

        return values.ToImmutable();

        void Add(ref ConfigurationReader reader)
        {
            if (reader._json.TokenType != JsonTokenType.String)
            {
                reader.Report("a string is expected here");
                reader._json.Skip();
            }
            else if (objection(reader._json.GetString()!) is { } message)
            {
                reader.Report(message);
            }
            else
            {
                values.Add(reader._json.GetString()!);
            }
        }
    }

    /// <summary>A path, made absolute from the configuration's directory; <c>~/</c> is the user's home.</summary>
    private string? PathValue()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.String || _json.GetString() is not { Length: > 0 } path)
        {
            Report("a path is expected here");
            _json.Skip();
            return null;
        }

        if (path.StartsWith("~/", StringComparison.Ordinal)) path = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[2..]);
        return Path.GetFullPath(path, _directory);
    }

    /// <summary>Goes into the object that must come next.</summary>
    private bool Enter()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.StartObject) return true;
        Report("an object is expected here");
        _json.Skip();
        return false;
    }

    /// <summary>Tells a mistake at the token that was read last.</summary>
    private readonly void Report(string message)
    {
        var before = text.AsSpan(0, _bom + (int)_json.TokenStartIndex);
        _problems.Add(new(file, before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n') - (before.Contains((byte)'\n') ? 0 : _bom), message));
    }

    private static string Unknown(string key, string[] known)
    {
        var near = known.FirstOrDefault(k => k.Equals(key, StringComparison.OrdinalIgnoreCase));
        return near is null ? $"unknown key '{key}'; known are {string.Join(", ", known)}" : $"unknown key '{key}'; '{near}' is meant";
    }

    private static string Sentence(string message)
    {
        var end = message.IndexOf(" LineNumber", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
