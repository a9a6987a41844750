using System.Collections.Immutable;

namespace KfuncLsp.Extraction.CSource;

/// <summary>A value while small kernel functions are evaluated: a number, or the name of something that stays symbolic.</summary>
public readonly record struct CValue(long Number, string? Symbol)
{
    public static CValue Of(long number) => new(number, null);

    public static CValue Of(bool truth) => new(truth ? 1 : 0, null);

    public static CValue Named(string symbol) => new(0, symbol);

    public bool IsTrue => Symbol is not null || Number != 0;
}

/// <summary>What an evaluated function sees of the world.</summary>
/// <remarks>Each answers null where it does not know, and then the evaluation fails.</remarks>
public interface ICWorld
{
    /// <summary>A path such as <c>prog->aux->st_ops</c>.</summary>
    CValue? Path(string path);

    /// <summary>A name that is no local: an enumerator, a variable.</summary>
    CValue? Name(string name);

    /// <summary>An element of an array that is no local.</summary>
    CValue? Element(string array, CValue index);

    /// <summary>A call of a function that the evaluator is not to enter.</summary>
    CValue? Call(string function, ImmutableArray<ImmutableArray<CToken>> arguments);

    /// <summary>The function to enter, with its file.</summary>
    (CFile File, CItem Item)? Function(string name);

    /// <summary>A macro of some header.</summary>
    CMacro? Macro(string name);
}

/// <summary>Runs small, loop-free kernel functions, such as kfunc filters, on chosen inputs.</summary>
/// <remarks>
/// Shape: function, arguments, world → its return value. Statements: declarations, assignments, <c>if</c>, <c>switch</c>, <c>return</c>.
/// Errors: null where anything else occurs, or the world does not know a name; nothing is guessed.
/// </remarks>
public sealed partial class CEvaluator(ICWorld world)
{
    private const int MaxDepth = 8;
    private readonly ICWorld _known = world;
    private bool _failed;
    private int _depth;

    /// <summary>The value that a function returns.</summary>
    public CValue? Run(CFile file, CItem function, ImmutableArray<CValue> arguments)
    {
        _failed = false;
        var value = Enter(file, function, arguments);
        return _failed ? null : value;
    }

    /// <summary>The value of an expression without locals.</summary>
    public CValue? Constant(ImmutableArray<CToken> expression)
    {
        _failed = false;
        var value = new Frame(this, expression, []).Whole();
        return _failed ? null : value;
    }

    private CValue Enter(CFile file, CItem function, ImmutableArray<CValue> arguments)
    {
        if (_depth >= MaxDepth) return Fail();
        _depth++;
        var locals = new Dictionary<string, CValue>(StringComparer.Ordinal);
        var parameters = CDeclarator.Prototype(file.Tokens, function).Parameters;
        for (var i = 0; i < parameters.Length && i < arguments.Length; i++) locals[parameters[i].Name] = arguments[i];
        var frame = new Frame(this, file.Tokens, locals);
        frame.Block(function.Body, function.BodyEnd);
        _depth--;
        return frame.Returned ?? CValue.Of(0);
    }

    private CValue Fail()
    {
        _failed = true;
        return CValue.Of(0);
    }
}
