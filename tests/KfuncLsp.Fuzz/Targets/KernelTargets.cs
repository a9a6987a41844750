using System.Text;
using KfuncLsp.Extraction;

namespace KfuncLsp.Fuzz.Targets;

/// <summary>A kernel tree of someone at work: one of its files is damaged.</summary>
internal sealed class TreeTarget : FuzzTarget
{
    private static readonly string s_good = Path.Combine(GoodInputs.Repository, "tests/fixtures/trees/forms");
    private static readonly string[] s_files = [.. Directory.EnumerateFiles(s_good, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(s_good, f)).Order(StringComparer.Ordinal)];

    private readonly string _tree = Directory.CreateTempSubdirectory("kfunc-lsp-fuzz-").FullName;
    private int _next;

    public TreeTarget()
    {
        foreach (var file in s_files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_tree, file))!);
            File.Copy(Path.Combine(s_good, file), Path.Combine(_tree, file));
        }
    }

    public override string Name => "tree";
    public override IReadOnlyList<byte[]> Seeds { get; } = [.. s_files.Select(f => File.ReadAllBytes(Path.Combine(s_good, f)))];

    public override Task TryAsync(byte[] input)
    {
        var file = s_files[_next++ % s_files.Length];
        File.WriteAllBytes(Path.Combine(_tree, file), input);
        var (facts, issues) = TreeExtractor.Extract(_tree);
        if (facts is null && !issues.Any()) throw new FindException($"{file}: neither facts nor a reason");
        File.Copy(Path.Combine(s_good, file), Path.Combine(_tree, file), overwrite: true);
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_tree, recursive: true);
        return default;
    }
}

/// <summary>A registry that a project's configuration names.</summary>
internal sealed class RegistryTarget : FuzzTarget
{
    public override string Name => "registry";
    public override IReadOnlyList<byte[]> Seeds { get; } = [File.ReadAllBytes(Path.Combine(GoodInputs.Repository, "tests/fixtures/trees/forms.json"))];

    public override Task TryAsync(byte[] input)
    {
        var (model, error) = RegistryFile.Of("registry.json", Encoding.UTF8.GetString(input));
        if (model is null && string.IsNullOrEmpty(error)) throw new FindException("neither a registry nor a reason");
        return Task.CompletedTask;
    }
}
