using System.Collections.Immutable;
using KfuncLsp.Frontend.Headers;
using KfuncLsp.Frontend.Parsing;

namespace KfuncLsp.Tests.Frontend.Parsing;

/// <summary>A project on a machine of its own: a temporary directory with the system's headers inside.</summary>
internal sealed class TestProject : IDisposable
{
    private readonly string _root = Path.GetFullPath(Directory.CreateTempSubdirectory("kfunc-lsp-test-").FullName);

    public TestProject()
    {
        Root = Directory.CreateDirectory(Path.Combine(_root, "project")).FullName;
        Directory.CreateDirectory(Path.Combine(Root, ".git"));
        Settings = new CompileSettings
        {
            Host = new HostEnvironment
            {
                TargetArch = "x86",
                Multiarch = "x86_64-linux-gnu",
                SystemIncludes = [Path.Combine(_root, "usr/include")],
                ToolDirectories = [Path.Combine(_root, "bin")],
                CacheDirectory = Path.Combine(_root, "cache/kfunc-lsp"),
            },
        };
    }

    public string Root { get; }
    public CompileSettings Settings { get; set; }
    public string Cache => Settings.Host.CacheDirectory;

    public string OwnHeaders => CompatHeaders.Materialize(Settings.Host).Directory!.Replace(_root, "$TOP");

    public string Path_(string name) => Path.GetFullPath(name, Root);

    /// <summary>Writes a file of the project; <c>$ROOT</c> in it is the project's directory.</summary>
    public TestProject With(string name, string content)
    {
        var path = Path_(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content.Replace("$ROOT", Root));
        return this;
    }

    /// <summary>Writes a system header.</summary>
    public TestProject WithSystem(string name, string content = "") => With($"../usr/include/{name}", content);

    /// <summary>Installs a tool: a shell script.</summary>
    public TestProject WithTool(string name, string script)
    {
        With($"../bin/{name}", "#!/bin/sh\n" + script);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path_($"../bin/{name}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return this;
    }

    public ImmutableArray<CompileCommand> ResolveAll(string name) => CompileCommandResolver.Resolve(Path_(name), Settings);

    public CompileCommand Resolve(string name) => Xunit.Assert.Single(ResolveAll(name));

    /// <summary>The arguments on one line, the project's directory as <c>$ROOT</c>.</summary>
    public string Arguments(string name) => Show(Resolve(name));

    public string Show(CompileCommand command) => string.Join(' ', command.Arguments).Replace(Root, "$ROOT").Replace(_root, "$TOP");

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
