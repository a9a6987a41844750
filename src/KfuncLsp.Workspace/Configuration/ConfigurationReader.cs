using System.Collections.Immutable;
using System.Text.Json;
using KfuncLsp.Registry;
using KfuncLsp.Workspace.Checking;

namespace KfuncLsp.Workspace.Configuration;

/// <summary>Reads the text of a configuration, key by key, so that each mistake has its line and column.</summary>
/// <remarks>Comments and trailing commas are allowed. A key that is wrong is told and passed over; the others hold.</remarks>
internal ref struct ConfigurationReader(string file, byte[] text, ConfigurationScope scope)
{
    private static readonly string[] s_projectKeys =
        ["kernels", "compileFlags", "vmlinux", "btf", "registry", "kernelTree", "libclang", "capabilities", "exclude", "rules", "hints", "completion"];
    private static readonly string[] s_editorKeys = [.. s_projectKeys, "logFile"];
    private static readonly string[] s_severities = ["error", "warning", "information", "hint", "off"];
    private static readonly string[] s_capabilities = ["CAP_BPF", "CAP_PERFMON", "CAP_SYS_BOOT", "CAP_SYS_ADMIN", "CAP_NET_ADMIN"];

    private readonly string _directory = Path.GetDirectoryName(file) ?? "/";
    private readonly int _bom = text.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]) ? 3 : 0;
    private readonly ImmutableArray<ConfigurationProblem>.Builder _problems = ImmutableArray.CreateBuilder<ConfigurationProblem>();
    private readonly List<string> _keys = ["kfunc"];
    private Utf8JsonReader _json = new(
        text.AsSpan(text.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]) ? 3 : 0),
        new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });

    /// <summary>What the text says, over what <paramref name="below"/> says.</summary>
    public ProjectConfiguration Read(ProjectConfiguration below)
    {
        var configuration = below;
        try
        {
            _json.Read();
            if (_json.TokenType != JsonTokenType.StartObject)
            {
                Report("an object is expected here");
                return configuration with { Problems = [.. below.Problems, .. _problems] };
            }

            while (NextKey() is { } key) configuration = ReadKey(configuration, key);

            // Anything after the object is a mistake that the reader tells.
            while (_json.Read())
            {
            }
        }
        catch (JsonException wrong)
        {
            _problems.Add(new(file, (int)(wrong.LineNumber ?? 0) + 1, (int)(wrong.BytePositionInLine ?? 0) + 1, $"not JSON: {Sentence(wrong.Message)}"));
        }

        return configuration with { Problems = [.. below.Problems, .. _problems] };
    }

    private ProjectConfiguration ReadKey(ProjectConfiguration configuration, string key)
    {
        switch (key)
        {
            case "$schema":
                _json.Skip();
                return configuration;
            case "kernels":
            case "kernel" when scope == ConfigurationScope.Editor:
                return Strings(static text => KernelVersion.Parse(text) is null ? $"'{text}' is no kernel version; 6.12 is one" : null) is { IsEmpty: false } kernels
                    ? configuration with { Kernels = kernels, KernelsFrom = scope == ConfigurationScope.Editor ? ConfigurationFile.EditorSettingsName : file } : configuration;
            case "compileFlags":
                return ReadFlags(configuration);
            case "vmlinux":
                return configuration with { VmlinuxHeader = PathValue() ?? configuration.VmlinuxHeader };
            case "btf":
                return configuration with { Btf = PathValue() ?? configuration.Btf };
            case "registry":
                var beside = _directory;
                return configuration with { Registries = [.. Strings(static text => text.Length == 0 ? "a path is expected here" : null).Select(path => FullPath(path, beside))] };
            case "kernelTree":
                return configuration with { KernelTree = PathValue() ?? configuration.KernelTree };
            case "libclang":
                if (PathValue() is not { } library) return configuration;
                if (scope == ConfigurationScope.Editor || InstalledCode.IsInstalled(library, file)) return configuration with { Libclang = library };
                Report($"a project's file may only name a libclang that is installed under {InstalledCode.Places}, since its code is run; name this one in the editor's settings or in KFUNC_LSP_LIBCLANG");
                return configuration;
            case "capabilities":
                return configuration with
                {
                    Capabilities = Strings(static text =>
                        s_capabilities.Contains(text, StringComparer.OrdinalIgnoreCase) ? null : $"'{text}' is not one of {string.Join(", ", s_capabilities)}"),
                };
            case "exclude":
                var root = _directory;
                return configuration with { Exclude = [.. configuration.Exclude, .. Strings(static _ => null).Select(pattern => (root, pattern))] };
            case "rules":
                return configuration with { Rules = ReadRules(configuration.Rules) };
            case "hints":
                return configuration with { Hints = ReadHints(configuration.Hints) };
            case "completion":
                return configuration with { Declarations = ReadDeclarations(configuration.Declarations) };
            case "logFile" when scope == ConfigurationScope.Editor:
                return configuration with { LogFile = PathValue() };
            default:
                Unknown(key, scope == ConfigurationScope.Editor ? s_editorKeys : s_projectKeys);
                return configuration;
        }
    }

    private HintSettings ReadHints(HintSettings hints)
    {
        if (!Enter()) return hints;
        while (NextKey() is { } key)
        {
            switch (key)
            {
                case "acquires": hints = hints with { Acquires = Flag(hints.Acquires) }; break;
                case "nullable": hints = hints with { Nullable = Flag(hints.Nullable) }; break;
                case "rcu": hints = hints with { Rcu = Flag(hints.Rcu) }; break;
                case "annotations": hints = hints with { Annotations = Flag(hints.Annotations) }; break;
                default: Unknown(key, ["acquires", "nullable", "rcu", "annotations"]); break;
            }
        }

        return hints;
    }

    private DeclarationStyle ReadDeclarations(DeclarationStyle style)
    {
        if (!Enter()) return style;
        while (NextKey() is { } key)
        {
            if (key != "declaration")
            {
                Unknown(key, ["declaration"]);
                continue;
            }

            _json.Read();
            switch (_json.TokenType == JsonTokenType.String ? _json.GetString() : null)
            {
                case "plain": style = DeclarationStyle.Plain; break;
                case "weak": style = DeclarationStyle.Weak; break;
                default:
                    Report("one of plain, weak is expected here");
                    _json.Skip();
                    break;
            }
        }

        return style;
    }

    private bool Flag(bool otherwise)
    {
        _json.Read();
        if (_json.TokenType is JsonTokenType.True or JsonTokenType.False) return _json.GetBoolean();
        Report("true or false is expected here");
        _json.Skip();
        return otherwise;
    }

    private ProjectConfiguration ReadFlags(ProjectConfiguration configuration)
    {
        if (!Enter()) return configuration;
        while (NextKey() is { } key)
        {
            switch (key)
            {
                case "add":
                    configuration = configuration with { AddFlags = [.. configuration.AddFlags, .. Strings(static _ => null)] };
                    break;
                case "remove":
                    configuration = configuration with { RemoveFlags = [.. configuration.RemoveFlags, .. Strings(static _ => null)] };
                    break;
                default:
                    Unknown(key, ["add", "remove"]);
                    break;
            }
        }

        return configuration;
    }

    private ImmutableDictionary<string, string> ReadRules(ImmutableDictionary<string, string> below)
    {
        var rules = below.ToBuilder();
        if (!Enter()) return below;
        while (NextKey() is { } rule)
        {
            if (NamedRules.Find(rule) is { } id)
            {
                if (Severity() is { } severity) rules[id.Code] = severity;
            }
            else
            {
                Report($"there is no rule '{rule}'");
                SkipValue();
            }
        }

        return rules.ToImmutable();
    }

    private string? Severity()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.String && s_severities.Contains(_json.GetString()!)) return _json.GetString();
        Report($"one of {string.Join(", ", s_severities)} is expected here");
        _json.Skip();
        return null;
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

        return FullPath(path, _directory);
    }

    private static string FullPath(string path, string directory) =>
        Path.GetFullPath(path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[2..]) : path, directory);

    /// <summary>The next key of the object that is being read; null at its end.</summary>
    private string? NextKey()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.PropertyName) return null;
        var key = _json.GetString()!;
        while (_keys.Count > _json.CurrentDepth) _keys.RemoveAt(_keys.Count - 1);
        _keys.Add(key);
        return key;
    }

    private void SkipValue()
    {
        _json.Read();
        _json.Skip();
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
        var column = before.Length - before.LastIndexOf((byte)'\n') - (before.Contains((byte)'\n') ? 0 : _bom);
        _problems.Add(new(file, before.Count((byte)'\n') + 1, column, message) { Key = scope == ConfigurationScope.Editor ? string.Join('.', _keys) : null });
    }

    /// <summary>Tells a key that nobody knows, and passes over its value.</summary>
    private void Unknown(string key, string[] known)
    {
        var near = known.FirstOrDefault(k => k.Equals(key, StringComparison.OrdinalIgnoreCase));
        Report(near is null ? $"unknown key '{key}'; known are {string.Join(", ", known)}" : $"unknown key '{key}'; '{near}' is meant");
        SkipValue();
    }

    private static string Sentence(string message)
    {
        var end = message.IndexOf(" LineNumber", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
