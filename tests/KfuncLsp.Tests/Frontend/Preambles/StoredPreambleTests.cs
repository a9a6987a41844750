using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Frontend.Process;
using KfuncLsp.Ir;
using KfuncLsp.Ir.Codec;
using Xunit;

namespace KfuncLsp.Tests.Frontend.Preambles;

/// <summary>What is parsed on top of a stored preamble means what it means without one.</summary>
public sealed class StoredPreambleTests : IDisposable
{
    private const string Main = """
        // A comment that stays here.
        #include "types.h"
        #define LIMIT 7
        #include "more.h"

        struct own { struct task *t; int left; };
        static int helper(struct own *o) { return o->left + LIMIT + from_header(o->t); }
        int entry(struct own *o)
        {
        	return helper(o) + nowhere(MISSING_ARGUMENT(o));
        }
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("kfunc-lsp-test-").FullName;

    public StoredPreambleTests()
    {
        Write("types.h", "#pragma once\nstruct task { int pid; struct task *next; };\n");
        Write("more.h", "#pragma once\n#define MISSING_ARGUMENT(x) (x)->left\nextern int nowhere(int);\nstatic inline int from_header(struct task *t) { return t ? t->pid : -1; }\n");
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_unit_is_the_same(bool holdsWhole)
    {
        var expected = await ParseOnceAsync(Main);
        await using var source = Source(holdsWhole);
        Assert.Equal(expected, Encode(await source.ParseAsync(Request(Main), default)));
        await WaitForListsAsync(holdsWhole ? 2 : 1);
        Assert.Equal(expected, Encode(await source.ParseAsync(Request(Main), default)));

        await using var later = Source(holdsWhole);
        Assert.Equal(expected, Encode(await later.ParseAsync(Request(Main), default)));
    }

    [Fact]
    public async Task Edits_and_unsaved_or_changed_headers_are_seen()
    {
        await using var source = Source(holdsWhole: true);
        await source.ParseAsync(Request(Main), default);
        await WaitForListsAsync(2);

        var edited = Main.Replace("LIMIT +", "LIMIT -");
        Assert.Equal(await ParseOnceAsync(edited), Encode(await source.ParseAsync(Request(edited), default)));

        var defined = Main.Replace("LIMIT 7", "LIMIT 8");
        Assert.Equal(await ParseOnceAsync(defined), Encode(await source.ParseAsync(Request(defined), default)));

        var unsaved = Request(Main) with { Overlays = ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty.Add(PathOf("types.h"), "struct task { long other; int pid; };"u8.ToArray()) };
        var withUnsaved = await source.ParseAsync(unsaved, default);
        Assert.Equal(8 * 8, withUnsaved.Structs["task"].Fields.First(f => f.Name == "pid").BitOffset);

        Write("types.h", "#pragma once\nstruct task { long other, another; int pid; };\n");
        Assert.Equal(await ParseOnceAsync(Main), Encode(await source.ParseAsync(Request(Main), default)));
    }

    [Fact]
    public async Task A_damaged_one_is_thrown_away()
    {
        await using (var source = Source(holdsWhole: true))
        {
            await source.ParseAsync(Request(Main), default);
            await WaitForListsAsync(2);
        }

        foreach (var file in Directory.GetFiles(Cache, "*.pch"))
        {
            var time = File.GetLastWriteTimeUtc(file);
            File.WriteAllBytes(file, new byte[new FileInfo(file).Length]);
            File.SetLastWriteTimeUtc(file, time);
        }

        await using var later = Source(holdsWhole: true);
        Assert.Equal(await ParseOnceAsync(Main), Encode(await later.ParseAsync(Request(Main), default)));
    }

    [Fact]
    public async Task A_header_with_an_error_is_not_stored_and_its_error_not_lost()
    {
        Write("more.h", "#include \"nowhere.h\"\n");
        await using var source = Source(holdsWhole: true);
        for (var round = 0; round < 3; round++)
        {
            var unit = await source.ParseAsync(Request(Main), default);
            Assert.Contains(unit.Issues, i => i.Message.Contains("nowhere.h", StringComparison.Ordinal));
        }
    }

    private string Cache => Path.Combine(_directory, "cache");

    private string PathOf(string name) => Path.Combine(_directory, name);

    private void Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        File.SetLastWriteTimeUtc(PathOf(name), DateTime.UtcNow.AddMinutes(-1));
    }

    private InProcessUnitSource Source(bool holdsWhole) => new(preambles: new PreambleCache(Cache) { HoldsWhole = holdsWhole });

    private UnitRequest Request(string text) => new(PathOf("a.bpf.c"), Encoding.UTF8.GetBytes(text), ["-target", "bpf", "-w", "-ferror-limit=0"]);

    private async Task<string> ParseOnceAsync(string text)
    {
        await using var source = new InProcessUnitSource();
        return Encode(await source.ParseAsync(Request(text), default));
    }

    private static string Encode(UnitIr unit) => Convert.ToHexString(UnitIrCodec.Encode(unit with { Files = [.. unit.Files.Order(StringComparer.Ordinal)] }));

    private async Task WaitForListsAsync(int count)
    {
        while (!Directory.Exists(Cache) || Directory.GetFiles(Cache, "*.list").Length < count) await Task.Delay(10, TestContext.Current.CancellationToken);
    }
}
