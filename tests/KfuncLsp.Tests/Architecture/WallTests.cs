using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using KfuncLsp.Registry;
using Xunit;

namespace KfuncLsp.Tests.Architecture;

/// <summary>What each project must not do.</summary>
public sealed partial class WallTests
{
    public static TheoryData<string> Projects => [.. Solution.SourceProjects.Select(Solution.ShortName)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Only_the_frontend_is_unsafe(string project)
    {
        if (project == "Frontend") return;
        var file = Solution.SourceProjects.Single(p => Solution.ShortName(p) == project);
        Assert.DoesNotContain(XDocument.Load(file).Descendants("AllowUnsafeBlocks"), e => (string)e == "true");
        Assert.DoesNotContain("AllowUnsafeBlocks", File.ReadAllText(Path.Combine(Solution.Root, "Directory.Build.props")));
        Assert.False(Solution.Uses(project).Contains("System.Runtime.CompilerServices.Unsafe"),
            $"{project} uses System.Runtime.CompilerServices.Unsafe. Where no line says so, the compiler does: for a collection expression that becomes a span, or for the "
            + "arguments of a method with `params ReadOnlySpan<T>` (string.Concat and Join, Path.Combine have one). Give it an array, or a list.");
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Only_the_server_uses_the_console(string project)
    {
        if (project == "Server") return;
        // The child's entry takes the streams for its protocol and sends every stray print to standard error; nobody writes.
        string[] streams = ["OpenStandardInput", "OpenStandardOutput", "SetOut", "get_Error"];
        var allowed = project == "Frontend" ? streams.Select(s => $"System.Console::{s}") : [];
        Assert.Empty(Solution.Uses(project).Where(u => u.StartsWith("System.Console::", StringComparison.Ordinal)).Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Only_the_registry_compares_kernel_versions(string project)
    {
        if (project == "Registry") return;
        string[] forbidden = ["CompareTo", "op_LessThan", "op_GreaterThan", "op_LessThanOrEqual", "op_GreaterThanOrEqual"];
        var version = typeof(KernelVersion).FullName!;
        Assert.Empty(Solution.Uses(project).Intersect(forbidden.Select(f => $"{version}::{f}")));
        Assert.Empty(SortedBy(project, version));
    }

    [Fact]
    public void The_analysis_asks_no_clock_file_thread_or_chance()
    {
        // Reading values out of bytes is no file.
        string[] allowed =
        [
            "System.Threading.CancellationToken", "System.IO.MemoryStream", "System.IO.Stream", "System.IO.BinaryReader", "System.IO.BinaryWriter",
            "System.IO.EndOfStreamException", "System.IO.InvalidDataException",
        ];
        string[] forbidden =
        [
            "System.DateTime", "System.DateTimeOffset", "System.Random", "System.Guid", "System.TimeProvider", "System.Environment",
            "System.Diagnostics.Stopwatch", "System.Diagnostics.Process",
        ];
        var types = Solution.Uses("Analysis").Concat(Solution.Uses("Ir")).Where(u => !u.Contains("::")).Except(allowed);
        Assert.DoesNotContain(types, t => forbidden.Contains(t) || t.StartsWith("System.IO.", StringComparison.Ordinal)
            || t.StartsWith("System.Threading.", StringComparison.Ordinal) || t.StartsWith("System.Net", StringComparison.Ordinal));
    }

    /// <summary>.NET's cryptography is OpenSSL's on Linux, and ends the process where there is none.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void Nothing_needs_a_library_of_cryptography(string project) =>
        Assert.DoesNotContain(Solution.Uses(project), u => u.StartsWith("System.Security.Cryptography.", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Nothing_goes_to_the_network(string project) =>
        Assert.DoesNotContain(Solution.Uses(project), u => u.StartsWith("System.Net.", StringComparison.Ordinal) && !u.StartsWith("System.Net.WebUtility", StringComparison.Ordinal));

    [Theory]
    [InlineData(typeof(KfuncLsp.Analysis.Analyzer))]
    [InlineData(typeof(KfuncLsp.Ir.FunctionIr))]
    public void The_pure_projects_have_no_mutable_statics(Type inside)
    {
        var fields = inside.Assembly.GetTypes().Where(t => !t.Name.StartsWith('<') && t.DeclaringType?.Name.StartsWith('<') != true)
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(f => !f.IsLiteral);
        Assert.Empty(fields.Where(f => !f.IsInitOnly || IsMutable(f.FieldType)).Select(f => $"{f.DeclaringType}.{f.Name}"));
    }

    [Theory]
    [InlineData("Ir")]
    [InlineData("Analysis")]
    public void The_pure_projects_know_no_json(string project) =>
        Assert.DoesNotContain(Solution.Uses(project), u => u.StartsWith("System.Text.Json", StringComparison.Ordinal));

    [Fact]
    public void No_libclang_type_is_public()
    {
        foreach (var type in typeof(KfuncLsp.Frontend.Parsing.UnitRequest).Assembly.GetExportedTypes())
        {
            Assert.False(IsLibclang(type), $"{type} is public");
            const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
            foreach (var method in type.GetMethods(Declared).Where(IsVisible).Concat<MethodBase>(type.GetConstructors(Declared).Where(IsVisible)))
                Assert.DoesNotContain(method.GetParameters().Select(p => p.ParameterType).Append((method as MethodInfo)?.ReturnType ?? typeof(void)), IsLibclang);
            foreach (var field in type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily)) Assert.False(IsLibclang(field.FieldType), $"{type}.{field.Name}");
        }

        static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
    }

    [Fact]
    public void No_file_names_a_place_on_one_machine()
    {
        var files = Solution.CommittedFiles();
        Assert.NotEmpty(files);
        Assert.Empty(files.Where(f => !IsBinary(f)).SelectMany(f => File.ReadLines(f)
            .Where(line => MachinePath().IsMatch(line)).Select(line => $"{Path.GetRelativePath(Solution.Root, f)}: {line.Trim()}")));
    }

    /// <summary>Paths of a build machine or of a person's home, apart from the usual names in examples.</summary>
    [GeneratedRegex(@"(?<![\w.~$}*-])/wor[k]/\w|/roo[t]/\w|/home/(?!user\b|me\b|you\b|dev\b|u\b|\$|\{|\*|<)\w+/|C:\\Users\\(?!me\b|user\b|you\b|dev\b)\w+")]
    private static partial Regex MachinePath();

    private static bool IsBinary(string file)
    {
        Span<byte> start = stackalloc byte[4096];
        using var stream = File.OpenRead(file);
        return start[..stream.Read(start)].Contains((byte)0);
    }

    private static bool IsLibclang(Type type) =>
        type.Name.StartsWith("CX", StringComparison.Ordinal) || type.IsPointer || type.IsFunctionPointer
        || (type.HasElementType && IsLibclang(type.GetElementType()!)) || (type.IsGenericType && type.GetGenericArguments().Any(IsLibclang));

    private static bool IsMutable(Type type) =>
        type.IsArray || (type.IsGenericType && type.GetGenericTypeDefinition() is var g
            && (g == typeof(List<>) || g == typeof(Dictionary<,>) || g == typeof(HashSet<>) || g == typeof(Queue<>) || g == typeof(Stack<>)
                || g.Name.StartsWith("Concurrent", StringComparison.Ordinal) || g.Name.StartsWith("ConditionalWeakTable", StringComparison.Ordinal)
                || g.Name.StartsWith("ThreadLocal", StringComparison.Ordinal) || g.Name.StartsWith("Lazy", StringComparison.Ordinal)));

    /// <summary>Calls of sorting methods whose type arguments name a type: <c>OrderBy&lt;…, KernelVersion&gt;</c>.</summary>
    private static string[] SortedBy(string project, string typeName) => Solution.Metadata(project, reader =>
    {
        var handles = reader.TypeReferences.Where(h => typeName.EndsWith("." + reader.GetString(reader.GetTypeReference(h).Name), StringComparison.Ordinal)).ToList();
        string[] sorts = ["OrderBy", "OrderByDescending", "Order", "OrderDescending", "ThenBy", "ThenByDescending", "Max", "Min", "MaxBy", "MinBy", "Sort"];
        var found = new List<string>();
        for (var row = 1; row <= reader.GetTableRowCount(TableIndex.MethodSpec); row++)
        {
            var spec = reader.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(row));
            if (spec.Method.Kind != HandleKind.MemberReference) continue;
            var name = reader.GetString(reader.GetMemberReference((MemberReferenceHandle)spec.Method).Name);
            if (!sorts.Contains(name)) continue;
            // The last type argument is the key.
            var key = LastArgument(reader.GetBlobReader(spec.Signature));
            if (handles.Any(h => h == key)) found.Add($"{name} by {typeName}");
        }
        return found.ToArray();
    });

    private static EntityHandle LastArgument(BlobReader signature)
    {
        var last = default(EntityHandle);
        signature.ReadByte();
        signature.ReadCompressedInteger();
        while (signature.RemainingBytes > 0)
        {
            var code = signature.ReadSignatureTypeCode();
            last = code == SignatureTypeCode.TypeHandle ? signature.ReadTypeHandle() : default;
        }
        return last;
    }
}
