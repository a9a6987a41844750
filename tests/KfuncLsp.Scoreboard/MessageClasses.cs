using System.Collections.Immutable;
using KfuncLsp.Registry;

namespace KfuncLsp.Scoreboard;

/// <summary>Tells which condition of the catalogue a kernel's message is an instance of.</summary>
public sealed class MessageClasses(MessageCatalog catalog)
{
    /// <summary>The class of a message that no format matches.</summary>
    public const string Unknown = "(other)";

    private readonly MessageMatcher _matcher = new(catalog);

    /// <summary>The conditions whose format matches with the most literal text: several where kernels print the same for them.</summary>
    public ImmutableArray<string> Of(string message) => _matcher.Of(message) is { IsEmpty: false } conditions ? conditions : [Unknown];
}
