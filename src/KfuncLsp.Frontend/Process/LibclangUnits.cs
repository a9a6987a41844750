namespace KfuncLsp.Frontend.Process;

/// <summary>Parses with libclang.</summary>
internal static class LibclangUnits
{
    /// <summary>A parser that loads the libclang at a path, or the one that is found.</summary>
    public static OpenUnit Opener(string? libclangPath) => request =>
        (FailedUnit.Of(request.File, "this build has no parser"), null);
}
