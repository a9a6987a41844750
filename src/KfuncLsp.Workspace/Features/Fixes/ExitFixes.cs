using System.Collections.Immutable;
using KfuncLsp.Ir;

namespace KfuncLsp.Workspace.Features.Fixes;

/// <summary>Gives back what a path still holds where it ends: releases, destroys, unlocks before the exit.</summary>
internal static class ExitFixes
{
    public static IEnumerable<CodeFix> Of(FixContext at)
    {
        var (call, function, variable) = GiveBack(at);
        if (call.Length == 0) return [];
        var edits = Place(at, call, variable);
        return edits.IsEmpty ? [] : [new("release-before-exit", $"Call `{call}` before leaving", at.Finding, [.. at.Declare(function), .. edits]) { IsPreferred = true }];
    }

    /// <summary>The call that ends what is held, its function, and the variable that holds it.</summary>
    private static (string Call, string Function, string Variable) GiveBack(FixContext at)
    {
        switch (at.Finding.Finding.Rule.Code)
        {
            case "KF0305": return ("bpf_rcu_read_unlock()", "bpf_rcu_read_unlock", "");
            case "KF0405": return ("bpf_preempt_enable()", "bpf_preempt_enable", "");
            case "KF0101": break;
            default: return ("", "", "");
        }

        var (release, variable, acquire) = (at.Fact("release"), at.Fact("variable"), at.Fact("kfunc"));
        if (acquire.StartsWith("bpf_iter_", StringComparison.Ordinal)) variable = ArgumentOf(at, last: false);
        else if (release == "bpf_ringbuf_discard_dynptr") variable = ArgumentOf(at, last: true);
        else if (!FixContext.IsName(variable)) return ("", "", "");
        if (variable.Length == 0 || release.Length == 0 || IsMissingMacro(at, release)) return ("", "", "");
        var flags = release is "bpf_ringbuf_discard" or "bpf_ringbuf_discard_dynptr" ? ", 0" : "";
        return ($"{release}({variable}{flags})", release, acquire.StartsWith("bpf_iter_", StringComparison.Ordinal) ? "" : variable.TrimStart('&'));
    }

    /// <summary><c>bpf_obj_drop</c> is a macro of a header that a program may not have.</summary>
    private static bool IsMissingMacro(FixContext at, string release) =>
        release is "bpf_obj_drop" or "bpf_percpu_obj_drop" && !at.Check.Unit.Externs.Any(e => e.Name.StartsWith(release, StringComparison.Ordinal)) && !at.Mentions(0, at.Text.Length, release);

    /// <summary>The argument of the acquiring call that holds what it acquired.</summary>
    private static string ArgumentOf(FixContext at, bool last)
    {
        if (at.Finding.Steps is not [var acquired, ..] || acquired.Where.File != at.Check.Document.Path) return "";
        if (at.Tree?.At(acquired.Where.Start) is not { } statement) return "";
        var text = at.TextOf(acquired.Where.Start, statement.End);
        var (open, close) = (text.IndexOf('('), text.IndexOf(')'));
        if (open < 0 || close < open) return "";
        var arguments = text[(open + 1)..close].Split(',');
        var argument = (last ? arguments[^1] : arguments[0]).Trim();
        return argument.StartsWith('&') && FixContext.IsName(argument[1..]) ? argument : FixContext.IsName(argument) ? argument : "";
    }

    private static ImmutableArray<FixEdit> Place(FixContext at, string call, string variable)
    {
        var line = Guarded(at, call, variable);
        if (at.IsAtFunctionEnd) return IsShared(at, call, at.Tree!.Body.End) ? [] : at.AtFunctionEnd(line + ";");
        if (at.Statement is not { Kind: StatementKind.Simple } exit) return [];
        var code = at.CodeOf(exit);
        if (!code.StartsWith("return", StringComparison.Ordinal) || IsLabelled(exit) || IsShared(at, call, exit.Start)) return [];
        if (variable.Length == 0 || !at.Mentions(exit.Start, exit.End, variable)) return at.Before(exit, line + ";");

        // The value is computed from what is given back: it is kept first.
        if (at.Function!.ReturnType is not IntType || at.Mentions(at.Tree!.Body.Start, at.Tree.Body.End, "ret") || line != call || exit.Parent!.Kind == StatementKind.Label) return [];
        var value = at.TextOf(exit.Start + "return".Length, exit.End).TrimEnd(';').Trim();
        var kept = at.Before(exit, $"int ret = {value};", call + ";");
        return [.. kept, new(exit.Start, exit.End, "return ret;")];
    }

    /// <summary>An exit behind a label is reached from several places, of which some may have given it back.</summary>
    private static bool IsLabelled(Statement exit)
    {
        for (var s = exit; s is not null; s = s.Parent)
        {
            if (s.Kind == StatementKind.Label) return true;
            if (s.Parent is { Kind: StatementKind.Compound } block && block.Children.TakeWhile(c => c != s).Any(c => c.Kind == StatementKind.Label)) return true;
        }

        return false;
    }

    /// <summary>Whether a path that has given it back already may come here, too.</summary>
    private static bool IsShared(FixContext at, string call, int exit)
    {
        return Any(at.Tree!.Body);

        bool Any(Statement parent)
        {
            for (var i = 0; i < parent.Children.Count; i++)
            {
                var child = parent.Children[i];
                if (child.Start >= exit) break;
                if (child.Kind != StatementKind.Simple && Any(child)) return true;
                if (child.Kind == StatementKind.Simple && at.CodeOf(child).StartsWith(call[..call.IndexOf('(')], StringComparison.Ordinal) && !LeavesAfter(at, child)) return true;
            }

            return false;
        }
    }

    /// <summary>Whether the code behind a statement leaves for good before its block ends.</summary>
    private static bool LeavesAfter(FixContext at, Statement statement)
    {
        var block = statement.Parent;
        while (block is { Kind: StatementKind.Label }) block = block.Parent;
        return block?.Kind == StatementKind.Compound && block.Children.Any(c => c.Start > statement.Start && c.Kind == StatementKind.Simple && IsJump(at.CodeOf(c)));
    }

    private static bool IsJump(string code) => code.StartsWith("return", StringComparison.Ordinal) || code.StartsWith("goto", StringComparison.Ordinal);

    /// <summary>The call by itself where a check of the variable came before, else under a check.</summary>
    private static string Guarded(FixContext at, string call, string variable)
    {
        if (variable.Length == 0 || at.Model.FindKfunc(at.Fact("kfunc")) is { } kfunc && !kfunc.Has(Registry.KfuncFlags.RetNull) || IsChecked(at, variable)) return call;
        return $"if ({variable})\n\t{call}";
    }

    private static bool IsChecked(FixContext at, string variable)
    {
        var place = at.Statement?.Start ?? at.Tree!.Body.End - 1;
        for (var s = at.Statement ?? at.Tree!.Body; s is not null; s = s.Parent)
        {
            if (s.Kind == StatementKind.If && Condition(at, s) is var own && (own == variable || own.StartsWith(variable + "&&", StringComparison.Ordinal))) return true;
            var block = s == at.Statement || s.Parent is not null ? s.Parent : null;
            foreach (var before in (block ?? (s.Kind == StatementKind.Compound ? s : null))?.Children.TakeWhile(c => c.Start < place && c != s) ?? [])
                if (before.Kind == StatementKind.If && Condition(at, before) is var other
                    && (other == "!" + variable || other.StartsWith($"!{variable}||", StringComparison.Ordinal) || other is var t && t == variable + "==NULL")) return true;
        }

        return false;
    }

    private static string Condition(FixContext at, Statement branch)
    {
        var head = at.TextOf(branch.Start, branch.HeadEnd);
        var open = head.IndexOf('(');
        return open < 0 ? "" : string.Concat(head[(open + 1)..head.LastIndexOf(')')].Where(c => !char.IsWhiteSpace(c)));
    }
}
