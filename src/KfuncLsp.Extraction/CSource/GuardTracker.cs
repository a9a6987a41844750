using System.Collections.Immutable;

namespace KfuncLsp.Extraction.CSource;

/// <summary>Keeps the conditions that the next token stands under.</summary>
internal sealed class GuardTracker
{
    private readonly ImmutableArray<CGuard>.Builder _all = ImmutableArray.CreateBuilder<CGuard>();
    private readonly Stack<Level> _levels = new();
    private int _depth;

    public GuardTracker() => _all.Add(new(0, ""));

    public ImmutableArray<CGuard> All => _all.ToImmutable();

    public int Current { get; private set; }

    public bool IsDropped { get; private set; }

    public void Braces(string text)
    {
        if (text is "{" or "(" or "[") _depth++;
        else if (text is "}" or ")" or "]") _depth--;
    }

    public void Directive(string name, List<CToken> words)
    {
        switch (name)
        {
            case "if": Open(Condition(words)); break;
            case "ifdef": Open(words.Count > 0 ? words[0].Text : ""); break;
            case "ifndef": Open(words.Count > 0 ? "!" + words[0].Text : ""); break;
            case "elif": Else(Condition(words)); break;
            case "else": Else(null); break;
            case "endif" when _levels.Count > 0: Close(); break;
        }
    }

    private void Open(string condition)
    {
        var level = new Level(Current, _depth, IsDropped);
        _levels.Push(level);
        IsDropped |= condition == "0";
        Enter(level, condition);
    }

    private void Else(string? condition)
    {
        if (_levels.Count == 0) return;
        var level = _levels.Peek();
        var wasFalse = level.Conditions is ["0"];
        level.IsUnbalanced |= _depth != level.Depth && !wasFalse;
        if (!level.IsUnbalanced) _depth = level.Depth;
        IsDropped = level.WasDropped || level.IsUnbalanced || condition == "0";
        Current = level.Guard;
        foreach (var earlier in level.Conditions)
            if (!wasFalse) Add(Not(earlier));
        if (condition is null) return;
        level.Conditions.Add(condition);
        Add(condition);
    }

    private void Close()
    {
        var level = _levels.Pop();
        Current = level.Guard;
        IsDropped = level.WasDropped;
    }

    private void Enter(Level level, string condition)
    {
        level.Conditions.Add(condition);
        Add(condition);
    }

    private void Add(string condition)
    {
        _all.Add(new(Current, condition));
        Current = _all.Count - 1;
    }

    private static string Not(string condition) =>
        condition.StartsWith('!') && !condition.Contains(' ') ? condition[1..]
        : condition.Contains(' ') ? $"!({condition})" : "!" + condition;

    /// <summary>The condition's text; <c>defined(X)</c> and <c>IS_ENABLED(X)</c> read as <c>X</c>.</summary>
    private static string Condition(List<CToken> words)
    {
        var kept = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            if (!words[i].IsIdentifier || words[i].Text is not ("defined" or "IS_ENABLED" or "IS_BUILTIN" or "IS_REACHABLE")) { kept.Add(words[i].Text); continue; }
            if (i + 3 < words.Count && words[i + 1].Is("(")) { kept.Add(words[i + 2].Text); i += 3; }
        }

        return string.Join(' ', kept).Replace("! ", "!", StringComparison.Ordinal).Replace("( ", "(", StringComparison.Ordinal).Replace(" )", ")", StringComparison.Ordinal);
    }

    private sealed class Level(int guard, int depth, bool wasDropped)
    {
        public int Guard { get; } = guard;
        public int Depth { get; } = depth;
        public bool WasDropped { get; } = wasDropped;
        public bool IsUnbalanced { get; set; }
        public List<string> Conditions { get; } = [];
    }
}
