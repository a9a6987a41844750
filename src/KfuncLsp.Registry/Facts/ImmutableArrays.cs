using System.Collections.Immutable;

namespace KfuncLsp.Registry.Facts;

/// <summary>A list that a file leaves out is an empty one.</summary>
internal static class ImmutableArrays
{
    public static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T> array) => array.IsDefault ? [] : array;
}
