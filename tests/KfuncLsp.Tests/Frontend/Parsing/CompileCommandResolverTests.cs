using KfuncLsp.Ir;
using Xunit;

namespace KfuncLsp.Tests.Frontend.Parsing;

public sealed class CompileCommandResolverTests : IDisposable
{
    private const string Defaults = "-target bpf -D__TARGET_ARCH_x86 -O2 -fms-extensions";
    private const string Warnings = "-w -ferror-limit=0";

    /// <summary>Our own headers' directory has a name made of their content.</summary>
    private string Always => $"-idirafter {_project.OwnHeaders}/after {Warnings}";

    private readonly TestProject _project = new TestProject().With("a.bpf.c", "int x;");

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Without_a_project_there_are_defaults()
    {
        Directory.CreateDirectory(_project.Path_("../usr/include/x86_64-linux-gnu"));
        Assert.Equal($"{Defaults} -idirafter $TOP/usr/include/x86_64-linux-gnu {Always}", _project.Arguments("a.bpf.c"));
        Assert.StartsWith("defaults", _project.Resolve("a.bpf.c").Origin);
        Assert.Empty(_project.Resolve("a.bpf.c").Issues);
    }

    [Theory]
    [InlineData("compile_commands.json")]
    [InlineData("build/compile_commands.json")]
    public void The_exact_entry_is_used(string place)
    {
        _project.With(place, """[{"directory": "$ROOT/build", "file": "../a.bpf.c", "command": "clang -target bpf -O1 -I../inc '-DNAME=\"a b\"' -c ../a.bpf.c -o a.o"}]""");
        Assert.Equal($"-D__TARGET_ARCH_x86 -fms-extensions -target bpf -O1 -I$ROOT/inc -DNAME=\"a b\" {Always}", _project.Arguments("a.bpf.c"));
        Assert.Contains("the file's own entry", _project.Resolve("a.bpf.c").Origin);
    }

    [Fact]
    public void Several_entries_of_a_file_are_all_used()
    {
        _project.With("compile_commands.json", """
            [{"directory": "$ROOT", "file": "a.bpf.c", "arguments": ["ccache", "clang", "-DONE", "-c", "a.bpf.c"]},
             {"directory": "$ROOT", "file": "a.bpf.c", "arguments": ["clang", "-DTWO", "a.bpf.c"]}]
            """);
        Assert.Equal([$"{Defaults} -DONE {Always}", $"{Defaults} -DTWO {Always}"], _project.ResolveAll("a.bpf.c").Select(_project.Show));
        Assert.EndsWith("(2 of 2)", _project.ResolveAll("a.bpf.c")[1].Origin);
    }

    [Fact]
    public void Else_the_nearest_entry_of_a_bpf_program_is_used()
    {
        _project.With("src/bpf/new.bpf.c", "").With("compile_commands.json", """
            [{"directory": "$ROOT", "file": "other/far.bpf.c", "command": "clang -DFAR other/far.bpf.c"},
             {"directory": "$ROOT", "file": "src/bpf/near.bpf.c", "command": "clang -DNEAR src/bpf/near.bpf.c"},
             {"directory": "$ROOT", "file": "src/bpf/loader.c", "command": "gcc -DLOADER src/bpf/loader.c"}]
            """);
        Assert.Equal($"{Defaults} -DNEAR {Always}", _project.Arguments("src/bpf/new.bpf.c"));
        Assert.Contains("src/bpf/near.bpf.c", _project.Resolve("src/bpf/new.bpf.c").Origin);
    }

    [Fact]
    public void A_database_without_bpf_programs_does_not_decide()
    {
        _project.With("compile_commands.json", """[{"directory": "$ROOT", "file": "loader.c", "command": "gcc -DLOADER loader.c"}]""");
        Assert.Equal($"{Defaults} {Always}", _project.Arguments("a.bpf.c"));
        Assert.Contains(_project.Resolve("a.bpf.c").Notes, n => n.Contains("no entry of the file"));
    }

    [Fact]
    public void A_program_for_the_host_keeps_its_target()
    {
        _project.With("loader.c", "#include <stdio.h>\n").With("compile_commands.json", """[{"directory": "$ROOT", "file": "loader.c", "command": "gcc -m64 -DX loader.c"}]""");
        Assert.Equal($"-m64 -DX {Warnings}", _project.Arguments("loader.c"));
    }

    [Fact]
    public void A_build_directory_is_the_only_place_looked_at()
    {
        _project.With("compile_commands.json", """[{"directory": "$ROOT", "file": "a.bpf.c", "command": "clang -DWRONG a.bpf.c"}]""")
            .With("out/compile_commands.json", """[{"directory": "$ROOT", "file": "a.bpf.c", "command": "clang -DRIGHT a.bpf.c"}]""");
        _project.Settings = _project.Settings with { BuildDirectory = _project.Path_("out") };
        Assert.Contains("-DRIGHT", _project.Arguments("a.bpf.c"));

        _project.Settings = _project.Settings with { BuildDirectory = _project.Path_("nowhere") };
        Assert.Contains(_project.Resolve("a.bpf.c").Issues, i => i.Message.EndsWith("nowhere/compile_commands.json does not exist"));
    }

    [Theory]
    [InlineData("this is not JSON", ":1: not JSON")]
    [InlineData("[\n{\"file\": \"a.bpf.c\",\n", ":3: not JSON")]
    [InlineData("{}", "it holds no array")]
    public void A_database_that_is_none_is_told_and_the_rest_goes_on(string content, string expected)
    {
        _project.With("compile_commands.json", content).With("compile_flags.txt", "-DFLAGS\n");
        var command = _project.Resolve("a.bpf.c");
        Assert.Contains(expected, Assert.Single(command.Issues).Message);
        Assert.Contains("-DFLAGS", command.Arguments);
    }

    [Fact]
    public void Entries_that_make_no_sense_are_passed_over()
    {
        _project.With("compile_commands.json", """[1, null, {}, {"file": 7}, {"file": "a.bpf.c"}, {"directory": "$ROOT", "file": "a.bpf.c", "command": "clang -DGOOD a.bpf.c"},]""");
        Assert.Equal($"{Defaults} -DGOOD {Always}", _project.Arguments("a.bpf.c"));
    }

    [Fact]
    public void Flags_of_a_text_file_are_used()
    {
        _project.With("compile_flags.txt", "-Iinc\n\n-D\nONE\n");
        Assert.Equal($"{Defaults} -I$ROOT/inc -D ONE {Always}", _project.Arguments("a.bpf.c"));
    }

    [Fact]
    public void Clangd_s_file_adds_and_removes()
    {
        _project.With("compile_flags.txt", "-DONE\n-DTWO\n-O1\n-Iold").With(".clangd", """
            # For clangd, and for us
            CompileFlags:
              Add: [-DTHREE, "-DNAME=a, b"]   # more
              Remove:
                - -DTWO
                - '-O*'
                - -I
            Diagnostics:
              Suppress: '*'
            ---
            If:
              PathMatch: sub/.*
            CompileFlags:
              Add: -DSUB
            """).With("sub/b.bpf.c", "");
        Assert.Equal($"{Defaults} -DONE -DTHREE -DNAME=a, b {Always}", _project.Arguments("a.bpf.c"));
        Assert.Equal($"{Defaults} -DONE -DTHREE -DNAME=a, b -DSUB {Always}", _project.Arguments("sub/b.bpf.c"));
        Assert.EndsWith(".clangd", _project.Resolve("a.bpf.c").Origin);
    }

    [Fact]
    public void The_configuration_and_the_caller_come_last()
    {
        _project.With("compile_flags.txt", "-DONE\n-DTWO");
        _project.Settings = _project.Settings with { Add = ["-DTHREE"], Remove = ["-DO*"], ExtraArguments = ["-DFOUR", "-o", "/tmp/x"] };
        Assert.Equal($"{Defaults} -DTWO -DTHREE -DFOUR {Always}", _project.Arguments("a.bpf.c"));
    }

    [Theory]
    [InlineData("-c a.bpf.c -o out.o -MMD -MF out.d -MTout.o -Wp,-MD,x.d -g -Werror", "", "")]
    [InlineData("-Xclang -load -Xclang evil.so -DX", "-DX", "-Xclang -load -Xclang evil.so")]
    [InlineData("-fplugin=evil.so -load evil.so -fpass-plugin=x.so @response -cc1", "", "-fplugin=evil.so -load evil.so -fpass-plugin=x.so @response -cc1")]
    [InlineData("-save-temps -emit-llvm -emit-ast -ftime-trace -mllvm -print-after-all", "", "-save-temps -emit-ast -ftime-trace -mllvm -print-after-all")]
    [InlineData("-oout -obj.o -mllvm=-load=evil.so -Xopenmp-target -load -Xarch_x86 -fplugin=evil.so -DX", "-DX", "-mllvm=-load=evil.so -Xopenmp-target -load -Xarch_x86 -fplugin=evil.so")]
    [InlineData("-std -fplugin=evil.so -D -load -include -fplugin=evil.so -I @evil -DX", "-DX", "-std -fplugin=evil.so -D -load -include -fplugin=evil.so -I @evil")]
    [InlineData("-include-pch evil.pch -ivfsoverlayevil.yaml -fmodules -fmodules-cache-path=/x -fmodule-file=evil.pcm", "", "-include-pch evil.pch -ivfsoverlayevil.yaml -fmodules -fmodules-cache-path=/x -fmodule-file=evil.pcm")]
    [InlineData("-index-store-path /x -save-stats=obj -ccc-gcc-name evil -B/evil -wrapper evil --config=evil.cfg -specs=evil", "", "-index-store-path -save-stats=obj -ccc-gcc-name -B/evil -wrapper evil --config=evil.cfg -specs=evil")]
    [InlineData("-fprofile-generate=/x -fcrash-diagnostics-dir=/x -fsave-optimization-record -serialize-diagnostics /x -MJ /x -dependency-file /x", "", "-fprofile-generate=/x -fcrash-diagnostics-dir=/x -fsave-optimization-record")]
    [InlineData("-fconserve-stack -mno-sse -m64 --param=allow-store-data-races=0 -mcpu=v3", "-mcpu=v3", "-fconserve-stack -mno-sse -m64 --param=allow-store-data-races=0")]
    [InlineData("-Xclang -target-feature -Xclang +alu32 -Wall -std=gnu11", "-Xclang -target-feature -Xclang +alu32 -Wall -std=gnu11", "")]
    [InlineData("-isystem inc -include ab.h -I. -iquoteq", "-isystem $ROOT/inc -include ab.h -I$ROOT -iquote$ROOT/q", "")]
    public void Flags_are_made_safe_and_right(string given, string kept, string dropped)
    {
        _project.With("compile_commands.json", $$"""[{"directory": "$ROOT", "file": "a.bpf.c", "command": "clang {{given}}"}]""");
        Assert.Equal($"{Defaults} {(kept.Length > 0 ? kept + " " : "")}{Always}", _project.Arguments("a.bpf.c"));
        var told = _project.Resolve("a.bpf.c").Issues.SingleOrDefault(i => i.Kind == UnitIssueKind.Flags)?.Message ?? "";
        Assert.Equal(dropped.Length == 0 ? "" : $"Compile flags that are not used for parsing were dropped: {dropped}", told);
    }

    /// <summary>The other places where a project says how it is compiled are no way round.</summary>
    [Theory]
    [InlineData("compile_flags.txt", "-fplugin=evil.so\n-Xclang\n-load\n-Xclang\nevil.so\n-o\n/x\n@evil\n-DX")]
    [InlineData(".clangd", "CompileFlags:\n  Add: [-fplugin=evil.so, -Xclang, -load, -Xclang, evil.so, -o, /x, '@evil', -DX]\n")]
    public void Flags_are_made_safe_wherever_they_stand(string file, string content)
    {
        _project.With(file, content);
        Assert.Equal($"{Defaults} -DX {Always}", _project.Arguments("a.bpf.c"));
        Assert.Contains(_project.Resolve("a.bpf.c").Issues, i => i.Message.EndsWith("dropped: -fplugin=evil.so -Xclang -load -Xclang evil.so @evil", StringComparison.Ordinal));
    }

    [Fact]
    public void A_configurations_flags_are_made_safe()
    {
        _project.Settings = _project.Settings with { Add = ["-fplugin=evil.so", "-o", "/x", "-DX"] };
        Assert.Equal($"{Defaults} -DX {Always}", _project.Arguments("a.bpf.c"));
    }

    /// <summary>A build writes the database while we read it: half of it is told, and the whole one is used as soon as it is there.</summary>
    [Fact]
    public void A_database_that_is_being_written_is_read_again()
    {
        const string whole = """[{"directory": "$ROOT", "file": "a.bpf.c", "command": "clang -DONE -c a.bpf.c"}]""";
        foreach (var length in new[] { 0, 1, whole.Length / 2, whole.Length - 1 })
        {
            _project.With("compile_commands.json", whole[..length]);
            Assert.Contains(_project.Resolve("a.bpf.c").Issues, i => i.Kind == UnitIssueKind.Flags && i.Message.Contains("compile_commands.json", StringComparison.Ordinal));
        }

        _project.With("compile_commands.json", whole);
        Assert.Contains("-DONE", _project.Arguments("a.bpf.c"));
        _project.With("compile_commands.json", whole.Replace("ONE", "TWO"));
        Assert.Contains("-DTWO", _project.Arguments("a.bpf.c"));
        File.Delete(_project.Path_("compile_commands.json"));
        Assert.Equal($"{Defaults} {Always}", _project.Arguments("a.bpf.c"));
    }

    /// <summary>Found by fuzzing.</summary>
    [Fact]
    public void A_database_with_bytes_that_are_no_text_is_read()
    {
        File.WriteAllBytes(_project.Path_("compile_commands.json"), System.Text.Encoding.Latin1.GetBytes("[{\"directory\": \"/\u00ff\", \"file\": \"a.bpf.c\", \"command\": \"clang -DX -I\\u0000x \u00d2\"}]"));
        Assert.NotEmpty(_project.Arguments("a.bpf.c"));
        _project.With("compile_commands.json", """[{"directory": "/", "file": "a.bpf.c", "command": "clang -I=include -I \u0000 -DX"}]""").With("a.bpf.c", "#include \"h.h\"\n#include \"a\0b.h\"\n");
        Assert.Contains("-I=include", _project.Arguments("a.bpf.c"));
        _project.With(".clangd", "CompileFlags:\n  CompilationDatabase: a\0b\n");
        Assert.NotEmpty(_project.Arguments("a.bpf.c"));
    }

    [Fact]
    public void A_header_that_is_a_link_to_itself_is_no_header()
    {
        if (OperatingSystem.IsWindows()) return;
        _project.With("a.bpf.c", "#include \"loop.h\"\n#include \"ring/vmlinux.h\"\n");
        File.CreateSymbolicLink(_project.Path_("loop.h"), _project.Path_("loop.h"));
        Directory.CreateSymbolicLink(_project.Path_("ring"), _project.Path_("ring"));
        Directory.CreateSymbolicLink(_project.Path_("include"), _project.Root);
        Assert.NotEmpty(_project.Arguments("a.bpf.c"));
    }

    [Fact]
    public void Headers_are_found_where_projects_keep_them()
    {
        _project.With("src/a.bpf.c", "#include \"vmlinux.h\"\n#include <bpf/bpf_helpers.h>\n#include \"common.h\"\n")
            .With("vmlinux/x86/vmlinux.h", "").With(".output/bpf/bpf_helpers.h", "").With(".output/bpf/bpf_helper_defs.h", "").With("include/common.h", "");
        var arguments = _project.Arguments("src/a.bpf.c");
        Assert.Contains("-I$ROOT/vmlinux/x86", arguments);
        Assert.Contains("-I$ROOT/.output", arguments);
        Assert.Contains("-I$ROOT/include", arguments);
    }

    [Fact]
    public void Headers_that_a_found_header_includes_are_found()
    {
        _project.With("a.bpf.c", "#include \"common.h\"").With("include/common.h", "#include \"vmlinux.h\"").With("vmlinux/vmlinux.h", "");
        Assert.Contains("-I$ROOT/vmlinux", _project.Arguments("a.bpf.c"));
    }

    [Fact]
    public void The_buffer_of_an_editor_decides()
    {
        _project.With("include/only.h", "");
        var command = KfuncLsp.Frontend.Parsing.CompileCommandResolver.Resolve(_project.Path_("a.bpf.c"), _project.Settings, "#include \"only.h\""u8.ToArray())[0];
        Assert.Contains($"-I{_project.Path_("include")}", command.Arguments);
    }
}
