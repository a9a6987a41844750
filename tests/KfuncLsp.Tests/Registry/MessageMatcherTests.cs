using System.Collections.Immutable;
using KfuncLsp.Registry;
using Xunit;

namespace KfuncLsp.Tests.Registry;

/// <summary>Which condition a line of a log is an instance of.</summary>
public sealed class MessageMatcherTests
{
    private static readonly MessageMatcher s_matcher = new(new MessageCatalog(new Dictionary<string, ImmutableArray<string>>
    {
        ["whole"] = ["R%d must be referenced\n"],
        ["longer"] = ["R%d must be referenced when passed to %s\n"],
        ["continued"] = ["invalid kptr access, R%d type=%s%s ", "expected=%s%s"],
    }.ToImmutableDictionary()));

    [Theory]
    [InlineData("R1 must be referenced", "whole")]
    [InlineData("R1 must be referenced when passed to release function", "longer")]
    [InlineData("R1 must be referenced anyway", "")]
    [InlineData("invalid kptr access, R2 type=ptr_cgroup expected=ptr_task_struct", "continued")]
    [InlineData("invalid kptr access, R2", "")]
    public void TellsTheCondition(string message, string condition) =>
        Assert.Equal(condition.Length == 0 ? [] : [condition], s_matcher.Of(message));
}
