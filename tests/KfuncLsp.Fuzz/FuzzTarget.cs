namespace KfuncLsp.Fuzz;

/// <summary>One way in for bytes that we did not write.</summary>
internal abstract class FuzzTarget : IAsyncDisposable
{
    public abstract string Name { get; }

    /// <summary>Inputs to begin with, all of them good ones.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Tries one input. An exception, or an answer that is not in time, is a find.</summary>
    public abstract Task TryAsync(byte[] input);

    /// <summary>What is told besides the number of tries.</summary>
    public virtual string Note => "";

    /// <summary>What to keep of a find where it is not the input.</summary>
    public virtual string? Broken => null;

    public virtual ValueTask DisposeAsync() => default;
}

/// <summary>What a target found wrong in an answer.</summary>
internal sealed class FindException(string message) : Exception(message);
