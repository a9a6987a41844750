using KfuncLsp.Analysis.Engine;
using KfuncLsp.Analysis.State;
using KfuncLsp.Ir;

namespace KfuncLsp.Analysis.Rules;

/// <summary>The function that is to run after a throw is not one that can.</summary>
internal static class KF0709ExceptionCallback
{
    public static readonly RuleInfo Rule = RuleInfo.Error("KF0709", "exception-callback", "An exception callback is one global function of one number, called by nobody", "exc-cb-signature");

    private const string Condition = "exc-cb-signature";

    /// <summary>What the tag of a program says.</summary>
    public static bool IsBroken(ProgramContext program, string name, int tags)
    {
        var site = new Site(program, new VerifierState(), default) { ShownAt = new(program.Program.Name, default) };
        if (program.Unit.FindFunction(name) is not { } function)
        {
            site.Report(Rule, $"there is no function `{name}`, which the tag names", Condition, site.Kernel(Condition, "could not be found", name));
            return true;
        }

        if (tags > 1)
        {
            site.Report(Rule, "a program has one exception callback at most", Condition, site.Kernel(Condition, "multiple exception"));
            return true;
        }

        if (function.IsStatic)
        {
            site.Report(Rule, $"`{name}` must be a global function", Condition, site.Kernel(Condition, "global linkage", name));
            return true;
        }

        site = site with { ShownAt = new(function.Name, default) };
        if (function.ReturnType is VoidType or PointerType)
        {
            var kernel = (function.ReturnType is VoidType ? site.Kernel(Condition, "cannot return void") : "") is { Length: > 0 } newer ? newer : site.Kernel("gsub-arg-type", "scalar. Only those", name);
            site.Report(Rule, $"`{name}` must return a number", Condition, kernel);
            return true;
        }

        if (function.Parameters is [{ Type: IntType }]) return false;
        site.Report(Rule, $"`{name}` must take one number, the value that is thrown", Condition, site.Kernel(Condition, "single integer argument"));
        return true;
    }

    /// <summary>A call of the callback by the program itself.</summary>
    public static bool IsCalled(Site site, Call call, FunctionIr callee)
    {
        if (ExceptionCallback.NameOf(site.Program.Program) != callee.Name) return false;
        site.At(call.CalleeSpan).Report(Rule, $"`{callee.DisplayName}` is the exception callback; it cannot be called", Condition, site.Kernel(Condition, "directly"));
        return true;
    }
}
