using System.Collections.Immutable;
using KfuncLsp.Ir;

namespace KfuncLsp.Frontend.Parsing;

/// <summary>Asks for the IR of a file as an editor has it.</summary>
/// <remarks>
/// <see cref="Text"/> is the buffer in UTF-8; null reads the file. <see cref="Overlays"/> are other unsaved files by path.
/// <see cref="Arguments"/> are clang's, complete, without the file name.
/// </remarks>
public sealed record UnitRequest(string File, ReadOnlyMemory<byte>? Text, ImmutableArray<string> Arguments)
{
    public ImmutableDictionary<string, ReadOnlyMemory<byte>> Overlays { get; init; } =
        ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty;

    /// <summary>The last try ended the parser's process: nothing that was kept from earlier is used.</summary>
    public bool IsAfterCrash { get; init; }
}

/// <summary>Turns files into IR. Real sources: a child process that runs libclang, and libclang in this process.</summary>
public interface IUnitSource : IAsyncDisposable
{
    /// <summary>Parses, or reparses where the file was parsed before with the same arguments.</summary>
    /// <remarks>Errors: never throws for bad C; what went wrong is in <see cref="UnitIr.Issues"/>. Throws only <see cref="OperationCanceledException"/>.</remarks>
    ValueTask<UnitIr> ParseAsync(UnitRequest request, CancellationToken cancel);

    /// <summary>Gets ready to parse files of a directory. Does not wait.</summary>
    void Begin(string directory) { }

    /// <summary>Forgets a file: its translation unit is freed.</summary>
    ValueTask CloseAsync(string file);

    /// <summary>The processes that parse for it; none where it parses in this one.</summary>
    IEnumerable<ParserStatus> Parsers => [];
}

/// <summary>What is known of a process that parses.</summary>
/// <remarks>
/// Shape: <see cref="ProcessId"/> is null where none runs now; <see cref="Libclang"/> is its path and version, or why there is none, or empty before the
/// first start. <see cref="LeftAlone"/>: files that brought it down, and why they are not tried again. Units: memory in bytes.
/// </remarks>
public sealed record ParserStatus(string Libclang, int? ProcessId, int Starts, long MemoryBytes)
{
    public ImmutableArray<string> LeftAlone { get; init; } = [];
}
