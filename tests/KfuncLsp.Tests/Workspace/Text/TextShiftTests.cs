using System.Text;
using KfuncLsp.Workspace.Text;
using Xunit;

namespace KfuncLsp.Tests.Workspace.Text;

public sealed class TextShiftTests
{
    [Theory]
    [InlineData("abcdef", "abXXcdef", 1, 1)]
    [InlineData("abcdef", "abXXcdef", 3, 2)]
    [InlineData("abcdef", "abXXcdef", 6, 4)]
    [InlineData("abcdef", "abef", 3, 5)]
    [InlineData("abcdef", "abcdef", 4, 4)]
    [InlineData("aaaa", "aaaaaa", 5, 4)]
    [InlineData("", "abc", 2, 0)]
    public void APlaceIsCarriedOverTheDifference(string was, string now, int offset, int expected) =>
        Assert.Equal(expected, Shift(was, now).Nearest(offset));

    [Theory]
    [InlineData(0, 2, 0)]
    [InlineData(4, 2, 2)]
    [InlineData(1, 3, null)]
    [InlineData(2, 2, null)]
    public void AStretchIsCarriedWhereTheDifferenceDoesNotTouchIt(int start, int length, int? expected) =>
        Assert.Equal(expected, Shift("abcdef", "abXXcdef").Carry(start, length));

    private static TextShift Shift(string was, string now) => new(Encoding.UTF8.GetBytes(was), Encoding.UTF8.GetBytes(now));
}
