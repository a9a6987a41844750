using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>What a function may do besides giving a result, as the compiler finds out of one that it does not inline.</summary>
internal sealed class FunctionEffects(FunctionIr function)
{
    private readonly bool _reads = Has(function, i => i is Load);

    /// <summary>Whether it may write memory, or calls what may.</summary>
    public bool MayWrite { get; } = function.NotLowered is not null || Has(function, i => i is Store or CopyMemory or SetMemory or AtomicUpdate or InlineAsm or Call { Callee: not BuiltinCallee });

    public bool WritesThroughArgumentsOnly { get; } = !Has(function, i => i is Call { Callee: not BuiltinCallee } or InlineAsm or AtomicUpdate or Assign { Value: AddressOfGlobal });

    public bool GivesOneConstant { get; } =
        function.Blocks.Select(b => b.End).OfType<Return>().Select(r => r.Value is { Kind: OperandKind.Const } value ? value.Value : (long?)null).Distinct().ToArray() is [not null];

    /// <summary>Whether its result depends on its arguments alone, and nothing else comes of it.</summary>
    public bool OnlyComputes => WritesThroughArgumentsOnly && !MayWrite && !_reads;

    private static bool Has(FunctionIr function, Func<Instr, bool> kind) => function.Blocks.SelectMany(b => b.Instructions).Any(kind);
}
