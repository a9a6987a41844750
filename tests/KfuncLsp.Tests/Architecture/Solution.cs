using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace KfuncLsp.Tests.Architecture;

/// <summary>The repository and what was built from it, for tests that hold its walls.</summary>
internal static class Solution
{
    public static readonly string Root = FindRoot();

    public static readonly string[] SourceProjects =
        [.. Directory.GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>The last part of a project's name: <c>Ir</c>.</summary>
    public static string ShortName(string project) => Path.GetFileNameWithoutExtension(project)["KfuncLsp.".Length..];

    /// <summary>The names in a project's items of one kind; project references by their short names.</summary>
    public static string[] Items(string project, string kind) =>
        [.. XDocument.Load(project).Descendants(kind).Select(e => (string)e.Attribute("Include")!)
            .Select(name => kind == "ProjectReference" ? ShortName(name.Replace('\\', '/')) : name).Order(StringComparer.Ordinal)];

    /// <summary>The lines of code of a source project, with their files.</summary>
    public static IEnumerable<(string File, string Line)> Lines(string shortName) =>
        Directory.GetFiles(Path.Combine(Root, "src", $"KfuncLsp.{shortName}"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .SelectMany(f => File.ReadLines(f).Select(line => (Path.GetRelativePath(Root, f), line)));

    /// <summary>Calls <paramref name="look"/> with the metadata of a built source project.</summary>
    public static T Metadata<T>(string shortName, Func<MetadataReader, T> look)
    {
        var name = shortName == "Server" ? "kfunc-lsp.dll" : $"KfuncLsp.{shortName}.dll";
        using var reader = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, name)));
        return look(reader.GetMetadataReader());
    }

    /// <summary>Everything outside that a built project names: <c>System.Console</c>, and members such as <c>System.Console::WriteLine</c>.</summary>
    public static string[] Uses(string shortName) => Metadata(shortName, reader =>
    {
        var types = reader.TypeReferences.Select(h => TypeName(reader, h));
        var members = reader.MemberReferences.Select(reader.GetMemberReference).Where(m => m.Parent.Kind == HandleKind.TypeReference)
            .Select(m => $"{TypeName(reader, (TypeReferenceHandle)m.Parent)}::{reader.GetString(m.Name)}");
        return types.Concat(members).Distinct().Order(StringComparer.Ordinal).ToArray();
    });

    /// <summary>The files that belong to the repository.</summary>
    public static string[] CommittedFiles()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z"]) { WorkingDirectory = Root, RedirectStandardOutput = true };
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(f => Path.Combine(Root, f)).Where(File.Exists)];
    }

    private static string TypeName(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference ? $"{TypeName(reader, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : type.Namespace.IsNil ? name : $"{reader.GetString(type.Namespace)}.{name}";
    }

    private static string FindRoot()
    {
        for (var directory = AppContext.BaseDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
            if (File.Exists(Path.Combine(directory, "KfuncLsp.sln"))) return directory;
        throw new InvalidOperationException("the tests do not run from a build inside the repository");
    }
}
