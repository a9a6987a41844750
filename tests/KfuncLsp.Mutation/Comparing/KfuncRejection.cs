using KfuncLsp.Scoreboard;

namespace KfuncLsp.Mutation.Comparing;

/// <summary>Tells rejections that the rules are about from those for any other reason.</summary>
internal static class KfuncRejection
{
    /// <summary>The verifier's messages about plain memory that a kfunc's result, once misused, leads to; the catalogue has those of calls.</summary>
    private static readonly string[] s_ofMisusedResults =
        ["invalid mem access 'scalar'", "_or_null'", "pointer arithmetic on", "only read is supported", "cannot write into", "the prog does not release", "!read_ok",
         "failed to find BTF for extern"];

    /// <summary>Whether a rejection is about what the rules know: a message of the catalogue, or of a result misused.</summary>
    public static bool Is(Outcome outcome) => outcome.Label.IsRejected
        && (!outcome.Classes.Contains(MessageClasses.Unknown) || s_ofMisusedResults.Any(t => outcome.Label.Message.Contains(t, StringComparison.Ordinal)));
}
