using KfuncLsp.Frontend.Lowering;
using KfuncLsp.Frontend.Parsing;
using KfuncLsp.Ir;

namespace KfuncLsp.Differential;

/// <summary>Parses and lowers in this process.</summary>
internal static class LoweredUnit
{
    /// <summary>The IR of a file, or of the text that stands for it.</summary>
    /// <remarks>Errors: throws <see cref="InvalidOperationException"/> where libclang gives no unit.</remarks>
    public static UnitIr Of(string file, ReadOnlyMemory<byte>? text, IReadOnlyList<string> arguments)
    {
        var (parsed, error) = TranslationUnit.Parse(file, text, arguments);
        using var unit = parsed ?? throw new InvalidOperationException(error);
        return UnitLowering.Lower(unit);
    }
}
