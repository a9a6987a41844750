namespace KfuncLsp.Frontend.Process;

/// <summary>The child's side: answers requests for units until its input ends.</summary>
public static class FrontendWorker
{
    /// <summary>Serves until the input ends. Returns the process's exit code.</summary>
    public static int Run(Stream input, Stream output) => 0;
}
