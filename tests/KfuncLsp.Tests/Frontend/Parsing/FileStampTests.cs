using KfuncLsp.Frontend.Parsing;
using Xunit;

namespace KfuncLsp.Tests.Frontend.Parsing;

/// <summary>A file that changed has another stamp, whatever name leads to it.</summary>
public sealed class FileStampTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("kfunc-lsp-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_is_current_until_it_changes(bool byLink)
    {
        var (file, name) = (Path.Combine(_directory, "a.h"), Path.Combine(_directory, byLink ? "link.h" : "a.h"));
        File.WriteAllText(file, "one");
        if (byLink) File.CreateSymbolicLink(name, file);
        var stamp = FileStamp.Of(name)!.Value;
        Assert.Equal((name, 3L, File.GetLastWriteTimeUtc(file).Ticks), (stamp.Path, stamp.Length, stamp.Time));
        Assert.True(stamp.IsCurrent);

        File.WriteAllText(file, "three");
        Assert.False(stamp.IsCurrent);
    }

    [Fact]
    public void What_is_not_there_has_none()
    {
        var (missing, dangling, loop) = (Path.Combine(_directory, "missing"), Path.Combine(_directory, "dangling"), Path.Combine(_directory, "loop"));
        File.CreateSymbolicLink(dangling, missing);
        File.CreateSymbolicLink(loop, loop);
        Assert.All([missing, dangling, loop, _directory], name => Assert.Null(FileStamp.Of(name)));
    }
}
