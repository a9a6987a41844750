using KfuncLsp.Ir;

namespace KfuncLsp.Differential.Covering;

/// <summary>What became of one file.</summary>
/// <remarks><see cref="Error"/> is the first C error, or null. <see cref="Unknown"/> has an entry for each unknown value.</remarks>
internal sealed record FileCoverage(string File, string? Error, int Functions, int Instructions)
{
    public List<(string Function, string Reason)> NotLowered { get; } = [];
    public List<(string Function, string Reason)> Unknown { get; } = [];

    public static FileCoverage Of(string file, UnitIr unit)
    {
        var error = unit.Issues.FirstOrDefault(i => i.Kind is UnitIssueKind.CompileError or UnitIssueKind.MissingHeader
            or UnitIssueKind.NotParsed or UnitIssueKind.Unreadable or UnitIssueKind.MissingMacro)?.Message;
        var coverage = new FileCoverage(file, error, unit.Functions.Length, unit.Functions.Sum(f => f.Blocks.Sum(b => b.Instructions.Count)));
        foreach (var function in unit.Functions)
        {
            if (function.NotLowered is { } reason) coverage.NotLowered.Add((function.Name, reason));
            foreach (var instruction in function.Blocks.SelectMany(b => b.Instructions)) coverage.Look(function.Name, instruction);
        }
        return coverage;
    }

    private void Look(string function, Instr instruction)
    {
        if (instruction is Havoc havoc) Unknown.Add((function, havoc.Reason));
        if (instruction is Assign { Value: UnknownValue unknown }) Unknown.Add((function, unknown.Reason));
        DefUse.ForEachUse(instruction, operand =>
        {
            if (operand.Kind == OperandKind.Unknown) Unknown.Add((function, $"an unknown operand of {instruction.GetType().Name}"));
        });
    }
}
