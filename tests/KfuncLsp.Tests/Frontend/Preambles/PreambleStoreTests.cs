using KfuncLsp.Frontend.Preambles;
using Xunit;

namespace KfuncLsp.Tests.Frontend.Preambles;

/// <summary>The store against changed files, killed writers, a second process and a full directory.</summary>
public sealed class PreambleStoreTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("kfunc-lsp-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void What_was_added_is_found_by_another_process()
    {
        var header = Header("h.h");
        Assert.True(Add(Store(), "k", 10, header));
        var stored = Store().Find(Key("k"))!;
        Assert.Equal(10, new FileInfo(stored.Path).Length);
        Assert.Equal([header], stored.Files.Select(f => f.Path));
        Assert.Null(Store().Find(Key("other")));
    }

    [Fact]
    public void A_changed_or_removed_file_makes_it_void()
    {
        var (changed, removed) = (Header("a.h"), Header("b.h"));
        var store = Store();
        Add(store, "changed", 1, changed);
        Add(store, "removed", 1, removed);
        Assert.NotNull(store.Find(Key("changed")));
        File.AppendAllText(changed, "x");
        File.Delete(removed);
        Assert.Null(store.Find(Key("changed")));
        Assert.Null(store.Find(Key("removed")));
    }

    [Fact]
    public void A_header_that_was_just_written_is_not_trusted()
    {
        var header = Header("a.h");
        File.SetLastWriteTimeUtc(header, DateTime.UtcNow);
        Assert.True(Add(Store(), "k", 1, header));
        Assert.Null(Store().Find(Key("k")));
        Assert.Empty(Directory.GetFiles(Cache, "*.pch"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("kfunc-lsp preamble 1\n1\n")]
    [InlineData("kfunc-lsp preamble 1\n1\n1 2 /nowhere\n")]
    [InlineData("kfunc-lsp preamble 1\n7\n1 2 /nowhere\nend\n")]
    [InlineData("kfunc-lsp preamble 1\n1\nx y z\nend\n")]
    [InlineData("kfunc-lsp preamble 2\n1\n1 2 /nowhere\nend\n")]
    public void A_list_that_is_not_whole_is_none(string text)
    {
        var store = Store();
        File.WriteAllText(Path.Combine(Cache, "k.list"), text);
        Assert.Null(store.Find(Key("k")));
    }

    [Fact]
    public void One_that_stands_on_another_is_void_without_it()
    {
        var store = Store();
        Add(store, "under", 1, Header("a.h"));
        var under = store.Find(Key("under"))!;
        Assert.True(store.Add(Key("above"), under, path => Write(path, 1, Header("b.h"))));
        Assert.Equal(2, store.Find(Key("above"))!.Files.Length);
        File.Delete(under.Path);
        Assert.Null(Store().Find(Key("above")));
    }

    [Fact]
    public void Two_processes_do_not_make_the_same_one()
    {
        var (one, two) = (Store(), Store());
        var tried = 0;
        Assert.True(one.Add(Key("k"), null, path =>
        {
            Assert.True(two.Add(Key("k"), null, _ => { tried++; return null; }));
            return Write(path, 1, Header("a.h"));
        }));
        Assert.Equal(0, tried);
        Assert.NotNull(two.Find(Key("k")));
    }

    [Fact]
    public void Making_it_is_not_tried_again_where_it_ended_a_process()
    {
        var store = Store();
        Assert.Throws<InvalidOperationException>(() => store.Add(Key("k"), null, _ => throw new InvalidOperationException("the end of the process, as it were")));
        Assert.False(Store().Add(Key("k"), null, path => Write(path, 1, Header("a.h"))));
        File.SetLastWriteTimeUtc(Path.Combine(Cache, "k.lock"), DateTime.UtcNow.AddDays(-2));
        Assert.True(Add(Store(), "k", 1, Header("a.h")));
    }

    [Fact]
    public void Making_it_is_tried_again_where_the_process_ended_for_another_reason()
    {
        var store = Store();
        Assert.Throws<InvalidOperationException>(() => store.Add(Key("k"), null, _ =>
        {
            store.Abandon();
            throw new InvalidOperationException("the end of the process, as it were");
        }));
        Assert.True(Add(Store(), "k", 1, Header("a.h")));
    }

    [Fact]
    public void One_that_cannot_be_used_leaves_nothing()
    {
        Assert.False(Store().Add(Key("k"), null, path => { File.WriteAllText(path, "half"); return null; }));
        Assert.Equal(["k.lock"], Directory.GetFiles(Cache).Select(Path.GetFileName));
    }

    [Fact]
    public void The_least_recently_used_makes_room()
    {
        var store = Store(limit: 250);
        var header = Header("a.h");
        foreach (var (key, age) in new[] { ("old", 3), ("used", 2), ("new", 1) })
        {
            Add(store, key, 100, header);
            File.SetLastWriteTimeUtc(Path.Combine(Cache, key + ".list"), DateTime.UtcNow.AddMinutes(-age));
        }

        // Another process uses one of them, and makes one more.
        Assert.NotNull(Store().Find(Key("used")));
        Add(Store(limit: 250), "newest", 100, header);
        Assert.Equal(["newest", "used"], Directory.GetFiles(Cache, "*.list").Select(Path.GetFileNameWithoutExtension).Order());
        Assert.Equal(2, Directory.GetFiles(Cache, "*.pch").Length);
    }

    [Fact]
    public void What_killed_writers_left_is_cleared_away()
    {
        var store = Store();
        foreach (var name in new[] { "k-1.pch", "k.list.1.tmp" })
        {
            File.WriteAllText(Path.Combine(Cache, name), "half");
            File.SetLastWriteTimeUtc(Path.Combine(Cache, name), DateTime.UtcNow.AddHours(-2));
        }

        File.WriteAllText(Path.Combine(Cache, "being-written.pch"), "half");
        Add(store, "other", 1, Header("a.h"));
        Assert.Equal(["being-written.pch"], Directory.GetFiles(Cache).Select(f => Path.GetFileName(f)!).Where(f => f.EndsWith(".tmp", StringComparison.Ordinal) || (f.EndsWith(".pch", StringComparison.Ordinal) && !f.StartsWith("other", StringComparison.Ordinal))));
    }

    /// <summary>A clock that was set back leaves times behind that lie ahead.</summary>
    [Fact]
    public void A_clock_that_jumps_holds_nothing_up()
    {
        var store = Store();
        Assert.Throws<InvalidOperationException>(() => store.Add(Key("k"), null, _ => throw new InvalidOperationException("the end of the process, as it were")));
        File.SetLastWriteTimeUtc(Path.Combine(Cache, "k.lock"), DateTime.UtcNow.AddYears(3));
        Assert.True(Add(store, "k", 1, Header("a.h")));

        File.WriteAllText(Path.Combine(Cache, "left.pch"), "half");
        File.SetLastWriteTimeUtc(Path.Combine(Cache, "left.pch"), DateTime.UtcNow.AddYears(3));
        Add(store, "other", 1, Header("a.h"));
        Assert.False(File.Exists(Path.Combine(Cache, "left.pch")));

        // A header of tomorrow may still change without showing it; it is read, and nothing is kept of it.
        var header = Header("b.h");
        File.SetLastWriteTimeUtc(header, DateTime.UtcNow.AddDays(1));
        Add(store, "ahead", 1, header);
        Assert.Null(store.Find(Key("ahead")));
    }

    [Fact]
    public void A_full_disk_leaves_nothing_and_is_tried_again()
    {
        var store = Store();
        Assert.False(store.Add(Key("k"), null, path =>
        {
            File.WriteAllText(path, "half");
            throw new IOException("No space left on device");
        }));
        Assert.Equal(["k.lock"], Directory.GetFiles(Cache).Select(Path.GetFileName));
        Assert.True(Add(store, "k", 1, Header("a.h")));
        Assert.NotNull(store.Find(Key("k")));
    }

    [Fact]
    public void A_directory_is_made_for_its_owner_only()
    {
        if (OperatingSystem.IsWindows()) return;
        Store();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Cache));
    }

    [Fact]
    public void A_directory_that_others_may_enter_is_not_used()
    {
        if (OperatingSystem.IsWindows()) return;
        Store();
        File.SetUnixFileMode(Cache, File.GetUnixFileMode(Cache) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        Assert.Null(PreambleStore.Open(Cache, 1 << 20));
    }

    [Fact]
    public void A_place_where_nothing_can_be_written_is_not_used()
    {
        File.WriteAllText(Path.Combine(_directory, "file"), "");
        Assert.Null(PreambleStore.Open(Path.Combine(_directory, "file", "preambles"), 1 << 20));
    }

    [Fact]
    public void A_text_with_the_same_hash_is_another_preamble()
    {
        Assert.True(Add(Store(), "k", 10, Header("a.h")));
        Assert.Null(Store().Find(new("k", "another text")));
    }

    private string Cache => Path.Combine(_directory, "cache");

    private PreambleStore Store(long limit = 1 << 20) => PreambleStore.Open(Cache, limit)!;

    private string Header(string name)
    {
        var path = Path.Combine(_directory, name);
        if (!File.Exists(path)) File.WriteAllText(path, "int x;");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-1));
        return path;
    }

    private static PreambleKey Key(string name) => new(name, "");

    private static bool Add(PreambleStore store, string key, int length, string header) => store.Add(Key(key), null, path => Write(path, length, header));

    private static string[] Write(string path, int length, string header)
    {
        File.WriteAllBytes(path, new byte[length]);
        return [header];
    }
}
