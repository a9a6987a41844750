using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Engine;

/// <summary>What is asked of a function's shape again and again while its paths are explored.</summary>
internal sealed class FunctionFacts
{
    private readonly Dictionary<(int Block, int Index, bool IsGiven), int[]> _liveAt = [];
    private readonly int[]?[] _liveAtStart;
    private readonly (string? Holds, string? Fails)?[] _words;
    private readonly List<int>?[] _sources;
    private readonly UnitFacts _unit;
    private readonly Liveness _liveness;
    private readonly (bool Read, bool Needed)[] _isUsed;
    private readonly int[][] _predecessors;
    private int? _returnedLocal;
    private bool[]? _isComputedWith;
    private bool[]? _isCarriedAway;
    private bool[]? _isInLoop;
    private (int Count, int Block, int Index)[]? _definitions;
    private Dictionary<string, int>[]? _lastGlobals;
    private HashSet<string>[]? _globalsFrom;

    public FunctionFacts(FunctionIr function, UnitFacts unit)
    {
        Function = function;
        _unit = unit;
        Consequences = new(function);
        _liveness = Liveness.Of(function, Consequences.ForEachUse);
        _liveAtStart = new int[function.Blocks.Count][];
        _words = new (string?, string?)?[function.Blocks.Count];
        Names = new string[function.Locals.Count];
        foreach (var local in function.Locals) Names[local.Id] = local.Name;
        InMemory = [.. function.Locals.Where(l => l.InMemory || l.Type is StructType or ArrayType).Select(l => l.Id)];
        _predecessors = [.. ControlFlow.Predecessors(function).Select(p => p.ToArray())];
        IsMerge = [.. _predecessors.Select(p => p.Length > 1)];
        IsLoopHeader = new bool[function.Blocks.Count];
        foreach (var header in ControlFlow.LoopHeaders(function)) IsLoopHeader[header] = true;
        _sources = FindSources(function);
        _isUsed = FindUsedLocals(function, unit);
    }

    public FunctionIr Function { get; }

    public BranchConsequences Consequences { get; }

    /// <summary>The locals that lie in memory, by id.</summary>
    public int[] InMemory { get; }

    /// <summary>Blocks with more than one way in.</summary>
    public bool[] IsMerge { get; }

    public bool[] IsLoopHeader { get; }

    /// <summary>Whether a block may be entered again after it was left.</summary>
    public bool IsInLoop(int block) => (_isInLoop ??= ControlFlow.InLoops(Function))[block];

    /// <summary>The locals that were found to be 0 on the only way to a block.</summary>
    public IReadOnlyList<int> FoundZeroBefore(int block)
    {
        var found = new List<int>();
        for (; block != 0 && _predecessors[block] is [var before]; block = before)
            if (Function.Blocks[before].End is Branch { Op: BinaryOp.Eq or BinaryOp.Ne, Left: { Kind: OperandKind.Local, LocalId: var local }, Right: { Kind: OperandKind.Const, Value: 0 } } test
                && test.Then != test.Else && (test.Op == BinaryOp.Eq ? test.Then : test.Else) == block)
                found.Add(local);
        return found;
    }

    /// <summary>The locals that the function's own assignments and comparisons make a local's number of.</summary>
    public IReadOnlyList<int> SourcesOf(int local) => _sources[local] ?? [];

    /// <summary>Whether a load is left out by the compiler: something reads its value, but nothing comes of it.</summary>
    /// <remarks>A temporary that nobody reads at all was loaded for the sake of it: the memory is volatile. Assembly stays as written.</remarks>
    public bool IsRemoved(Load load) => _isUsed[load.Target] is { Needed: false } use && Function.Locals[load.Target].Kind != LocalKind.Register && (use.Read || Function.Locals[load.Target].Kind != LocalKind.Temporary);

    /// <summary>Whether an instruction compares numbers, and its answer goes where nobody sees any longer what was compared: to the caller, into memory, to a variable that has other values, too.</summary>
    /// <remarks>The machine has no instruction that gives such an answer: there are two ways to it, and the verifier follows both.</remarks>
    public bool IsToldApart(Instr instruction) =>
        instruction is Assign { Value: Binary test } assign && ScalarArithmetic.IsComparison(test.Op) && (_isCarriedAway ??= FindCarriedAway(Function))[assign.Target];

    /// <summary>Where a local got the value that it has before an instruction; null where that depends on the way, or it came with the call of the function.</summary>
    public (int Block, int Index)? DefinitionBefore(int block, int index, int local)
    {
        // What cannot be reached may go round in a circle.
        for (var left = Function.Blocks.Count; ; block = _predecessors[block][0], index = Function.Blocks[block].Instructions.Count)
        {
            if (DefUse.DefinitionIn(Function.Blocks[block], index, local) is >= 0 and var i) return (block, i);
            if (block != 0 && _predecessors[block].Length == 1 && left-- > 0) continue;
            return Definitions[local] is (1, var only, >= 0 and var at) ? (only, at) : null;
        }
    }

    /// <summary>Whether a parameter keeps what the call of the function gave it.</summary>
    public bool IsAsGiven(int parameter) => Definitions[parameter] is (1, _, < 0);

    private (int Count, int Block, int Index)[] Definitions => _definitions ??= FindDefinitions(Function);

    /// <summary>A function of the same unit, by name; null where there is none that was understood.</summary>
    public FunctionFacts? FactsOf(string function) => _unit.FindFunction(function) is { NotLowered: null } found ? _unit.FactsOf(found) : null;

    /// <summary>Whether a step to a member is one that the loader relocates.</summary>
    public bool IsRelocated(FieldAddr step) => _unit.FindStruct(step.Struct.Name) is not { PreservesAccessIndex: false };

    /// <summary>Whether a local is stored or compared, and nothing else is done with it.</summary>
    public bool IsOnlyStored(int local)
    {
        var isOnlyStored = true;
        foreach (var block in Function.Blocks)
        {
            foreach (var instruction in block.Instructions)
                if (instruction is Store store) Ask(store.Pointer);
                else DefUse.ForEachUse(instruction, Ask);
            if (block.End is not Branch) DefUse.ForEachUse(block.End, Ask);
        }

        return isOnlyStored;

        void Ask(Operand operand) => isOnlyStored &= operand.Kind != OperandKind.Local || operand.LocalId != local;
    }

    /// <summary>Whether a local is compared, as it is or what is computed from it at one place, and nothing else is done with it: it counts no rounds of a loop.</summary>
    public bool IsOnlyTested(int local) => !(_isComputedWith ??= FindComputedWith())[local];

    private bool[] FindComputedWith()
    {
        var isComputedWith = new bool[Function.Locals.Count];
        var conversions = new List<(int Target, int Source)>();
        foreach (var block in Function.Blocks)
        {
            foreach (var instruction in block.Instructions)
            {
                if (instruction is Assign assign && IsComputedOnce(assign)) DefUse.ForEachUse(instruction, o => conversions.Add((assign.Target, o.Kind == OperandKind.Local ? o.LocalId : assign.Target)));
                else if (instruction is not Assign { Value: Binary { Op: >= BinaryOp.Eq } }) DefUse.ForEachUse(instruction, Mark);
            }

            if (block.End is not (Branch or Switch)) DefUse.ForEachUse(block.End, Mark);
        }

        for (var isNew = true; isNew;)
        {
            isNew = false;
            foreach (var (target, source) in conversions)
                if (isComputedWith[target] && !isComputedWith[source]) isNew = isComputedWith[source] = true;
        }

        return isComputedWith;

        bool IsComputedOnce(Assign assign) => assign.Value is Cast or Unary || (assign.Value is Binary { Op: < BinaryOp.Eq } && Definitions[assign.Target].Count == 1);

        void Mark(Operand operand)
        {
            if (operand.Kind == OperandKind.Local) isComputedWith[operand.LocalId] = true;
        }
    }

    /// <summary>The stores that the compiler makes of several, by the one of these that writes where it begins.</summary>
    public IReadOnlyDictionary<(int Block, int Index), MergedStore> MergedStores => field ??= Engine.MergedStores.Of(Function, _unit);

    /// <summary>The variable in memory whose value each return gives; null where there is no such one.</summary>
    public int? ReturnedLocal => (_returnedLocal ??= FindReturnedLocal(Function)) is >= 0 and var local ? local : null;

    /// <summary>Locals by id, as written.</summary>
    public string[] Names { get; }

    /// <summary>In words, what the branch at a block's end says where it is taken, or not; null where that says nothing of interest.</summary>
    public string? WordsOf(Branch branch, int block, bool holds)
    {
        var words = _words[block] ??= (BranchRefinement.Describe(this, branch, holds: true), BranchRefinement.Describe(this, branch, holds: false));
        return holds ? words.Holds : words.Fails;
    }

    /// <summary>The locals that are still read after a point of a block: before its instruction <paramref name="index"/>.</summary>
    /// <remarks>Shape: <paramref name="isGiven"/> tells whether the instruction before it, a call that is under way else, has given its result.</remarks>
    public int[] LiveAt(int block, int index, bool isGiven)
    {
        if (index == 0) return _liveAtStart[block] ??= [.. _liveness.LiveIn(block)];
        if (_liveAt.TryGetValue((block, index, isGiven), out var known)) return known;
        var live = new bool[Function.Locals.Count];
        var instructions = Function.Blocks[block].Instructions;
        foreach (var successor in ControlFlow.Successors(Function.Blocks[block].End))
            foreach (var local in _liveness.LiveIn(successor)) live[local] = true;
        DefUse.ForEachUse(Function.Blocks[block].End, Use);
        Consequences.ForEachUse(block, Use);
        for (var i = instructions.Count - 1; i >= index; i--)
        {
            DefUse.ForEachDefinition(instructions[i], d => live[d] = false);
            DefUse.ForEachUse(instructions[i], Use);
        }

        if (!isGiven) DefUse.ForEachDefinition(instructions[index - 1], d => live[d] = false);
        return _liveAt[(block, index, isGiven)] = [.. Enumerable.Range(0, live.Length).Where(l => live[l])];

        void Use(Operand operand)
        {
            if (operand.Kind == OperandKind.Local) live[operand.LocalId] = true;
        }
    }

    /// <summary>Which locals are read, and of which the program's effects, its ways or its result depend on.</summary>
    private static (bool Read, bool Needed)[] FindUsedLocals(FunctionIr function, UnitFacts unit)
    {
        var used = new (bool Read, bool Needed)[function.Locals.Count];
        var sources = new List<int>[function.Locals.Count];
        var pending = new Stack<int>();
        foreach (var block in function.Blocks)
        {
            for (var i = 0; i < block.Instructions.Count; i++)
            {
                var instruction = block.Instructions[i];
                if (instruction is Store { Value: { Kind: OperandKind.Local, LocalId: var stored } } && IsWrittenAnew(block, i, unit))
                {
                    used[stored].Read = true;
                    continue;
                }

                var target = instruction switch { Assign a => a.Target, Load l => l.Target, _ => -1 };
                if (target < 0 || function.Locals[target].Kind == LocalKind.Register) DefUse.ForEachUse(instruction, Need);
                else
                    DefUse.ForEachUse(instruction, o =>
                    {
                        if (o.Kind != OperandKind.Local) return;
                        used[o.LocalId].Read = true;
                        (sources[target] ??= []).Add(o.LocalId);
                    });
            }

            DefUse.ForEachUse(block.End, Need);
        }

        while (pending.TryPop(out var local))
            foreach (var source in sources[local] ?? [])
                Mark(source);
        return used;

        void Need(Operand operand)
        {
            if (operand.Kind == OperandKind.Local) Mark(operand.LocalId);
        }

        void Mark(int local)
        {
            if (used[local].Needed) return;
            used[local] = (true, true);
            pending.Push(local);
        }
    }

    /// <summary>Whether a store to a global variable is followed by another to the same, with nothing between that could read it: the compiler leaves the first out.</summary>
    private static bool IsWrittenAnew(BasicBlock block, int index, UnitFacts unit)
    {
        if (block.Instructions[index] is not Store { Bits.IsWhole: true } first || GlobalAt(block, index, first.Pointer) is not { } global) return false;
        if (!unit.Globals.TryGetValue(global, out var variable) || variable.IsVolatile) return false;
        for (var i = index + 1; i < block.Instructions.Count && block.Instructions[i] is Assign or Store; i++)
            if (block.Instructions[i] is Store { Bits.IsWhole: true } next && next.Type.Size == first.Type.Size && GlobalAt(block, i, next.Pointer) == global) return true;
        return false;
    }

    /// <summary>The global variable whose address an operand is at an instruction, as far as the block tells.</summary>
    private static string? GlobalAt(BasicBlock block, int index, Operand pointer) =>
        pointer.Kind == OperandKind.Local && DefUse.DefinitionIn(block, index, pointer.LocalId) is >= 0 and var i && block.Instructions[i] is Assign { Value: AddressOfGlobal address } ? address.Name : null;

    /// <summary>The global variables that are reached from a block on.</summary>
    public IReadOnlySet<string> GlobalsFrom(int block) => (_globalsFrom ??= FindGlobals())[block];

    /// <summary>Whether a global variable is reached after an instruction of a block.</summary>
    public bool IsReachedAfter(string global, int block, int index) =>
        LastGlobals[block].GetValueOrDefault(global, -1) > index || ControlFlow.Successors(Function.Blocks[block].End).Any(s => GlobalsFrom(s).Contains(global));

    /// <summary>Of each block, the instruction that names a global variable last.</summary>
    private Dictionary<string, int>[] LastGlobals => _lastGlobals ??= [.. Function.Blocks.Select(LastIn)];

    private static Dictionary<string, int> LastIn(BasicBlock block)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < block.Instructions.Count; i++)
            if (block.Instructions[i] is Assign { Value: AddressOfGlobal address }) last[address.Name] = i;
        return last;
    }

    private HashSet<string>[] FindGlobals()
    {
        var found = LastGlobals.Select(b => b.Keys.ToHashSet(StringComparer.Ordinal)).ToArray();
        for (var isNew = true; isNew;)
        {
            isNew = false;
            for (var i = found.Length - 1; i >= 0; i--)
            {
                var before = found[i].Count;
                foreach (var successor in ControlFlow.Successors(Function.Blocks[i].End)) found[i].UnionWith(found[successor]);
                isNew |= found[i].Count > before;
            }
        }

        return found;
    }

    /// <summary>Of each local, how many instructions give it a value, the call of the function among them, and the last of them.</summary>
    private static (int Count, int Block, int Index)[] FindDefinitions(FunctionIr function)
    {
        var definitions = new (int Count, int Block, int Index)[function.Locals.Count];
        foreach (var parameter in function.Parameters) definitions[parameter.LocalId] = (1, 0, -1);
        foreach (var block in function.Blocks)
            for (var i = 0; i < block.Instructions.Count; i++)
                DefUse.ForEachDefinition(block.Instructions[i], target => definitions[target] = (definitions[target].Count + 1, block.Id, i));
        return definitions;
    }

    private static bool[] FindCarriedAway(FunctionIr function)
    {
        var carried = new bool[function.Locals.Count];
        var definitions = new int[function.Locals.Count];
        var answers = new List<Rvalue>?[function.Locals.Count];
        var pending = new Stack<int>();
        foreach (var block in function.Blocks)
        {
            foreach (var instruction in block.Instructions)
            {
                DefUse.ForEachDefinition(instruction, target => definitions[target]++);
                if (instruction is Assign { Value: Use or Cast or Unary { Op: UnaryOp.LogicalNot } or Binary } assign) (answers[assign.Target] ??= []).Add(assign.Value);
                else if (instruction is Store store) Carry(store.Value);
                else if (instruction is Call { Callee: DirectCallee } call)
                    foreach (var argument in call.Arguments) Carry(argument);
            }

            if (block.End is Return { Value: { } value } && !function.IsProgram) Carry(value);
        }

        for (var local = 0; local < carried.Length; local++)
            if (definitions[local] > 1) Carry(Operand.Local(local, function.Locals[local].Type));
        while (pending.TryPop(out var local))
            foreach (var answer in answers[local] ?? [])
                if (answer is not Binary { Op: not (BinaryOp.And or BinaryOp.Or) } other || ScalarArithmetic.IsComparison(other.Op)) DefUse.ForEachUse(answer, Carry);
        return carried;

        void Carry(Operand operand)
        {
            if (operand.Kind != OperandKind.Local || carried[operand.LocalId] || function.Locals[operand.LocalId].Kind == LocalKind.Register) return;
            carried[operand.LocalId] = true;
            pending.Push(operand.LocalId);
        }
    }

    private static int FindReturnedLocal(FunctionIr function)
    {
        var found = -1;
        foreach (var block in function.Blocks)
        {
            if (block.End is not Return { Value: var value }) continue;
            var address = value is { Kind: OperandKind.Local } given ? block.Instructions.LastOrDefault(i => i is Assign a && a.Target == given.LocalId) : null;
            if (address is not Assign { Value: AddressOfLocal { LocalId: var local } } || function.Locals[local].Kind != LocalKind.Variable || (found >= 0 && found != local)) return -1;
            found = local;
        }

        return found;
    }

    private static List<int>?[] FindSources(FunctionIr function)
    {
        var sources = new List<int>?[function.Locals.Count];
        foreach (var block in function.Blocks)
        {
            foreach (var instruction in block.Instructions)
                if (instruction is Assign assign) DefUse.ForEachUse(assign.Value, o => Add(assign.Target, o));
            // What is learnt of one side comes from the other.
            if (block.End is not Branch branch) continue;
            if (branch.Left.Kind == OperandKind.Local) Add(branch.Left.LocalId, branch.Right);
            if (branch.Right.Kind == OperandKind.Local) Add(branch.Right.LocalId, branch.Left);
        }

        return sources;

        void Add(int target, Operand source)
        {
            if (source.Kind == OperandKind.Local) (sources[target] ??= []).Add(source.LocalId);
        }
    }
}
