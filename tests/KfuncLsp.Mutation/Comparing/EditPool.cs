using System.Runtime.InteropServices;
using KfuncLsp.Mutation.Editing;
using KfuncLsp.Mutation.Syntax;
using KfuncLsp.Registry;

namespace KfuncLsp.Mutation.Comparing;

/// <summary>Every edit of every program, by kind, in an order that the seed decides; each is given out once.</summary>
internal sealed class EditPool
{
    private readonly List<(EditKind Kind, Queue<Draft> Left)> _kinds = [];
    private int _given;

    private readonly record struct Draft(string File, Edit Edit, string Text);

    /// <summary>How many edits of each kind are left.</summary>
    public IEnumerable<(EditKind Kind, int Count)> Left => _kinds.Select(k => (k.Kind, k.Left.Count));

    public HashSet<EditKind> KindsLeft => Left.Where(k => k.Count > 0).Select(k => k.Kind).ToHashSet();

    public static EditPool Of(IReadOnlyList<EditKind> kinds, IEnumerable<string> files, Func<string, SyntaxTree?> parse, KernelModel model, Random random)
    {
        var found = kinds.Select(_ => new List<Draft>()).ToArray();
        foreach (var file in files)
        {
            if (parse(file) is not { } tree) continue;
            var subject = new Subject(tree, model, random);
            foreach (var (kind, drafts) in kinds.Zip(found))
                foreach (var edit in kind.Find(subject))
                    if (edit.Apply(tree.Text) is { } text && text != tree.Text) drafts.Add(new(file, edit, text));
        }

        var pool = new EditPool();
        foreach (var (kind, drafts) in kinds.Zip(found))
        {
            random.Shuffle(CollectionsMarshal.AsSpan(drafts));
            pool._kinds.Add((kind, new(drafts)));
        }

        return pool;
    }

    /// <summary>The next edits, one of each of these kinds in turn for as long as it has any.</summary>
    public IEnumerable<Mutant> Take(IReadOnlySet<EditKind> kinds)
    {
        var turn = _kinds.Where(k => kinds.Contains(k.Kind)).ToList();
        while (turn.RemoveAll(k => k.Left.Count == 0) >= 0 && turn.Count > 0)
            foreach (var (kind, left) in turn)
            {
                var next = left.Dequeue();
                yield return new Mutant(_given++, next.File, kind, next.Edit, next.Text);
            }
    }
}
