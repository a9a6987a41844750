namespace KfuncLsp.Server.Lsp.Rpc;

/// <summary>What becomes of a message, by where the session stands.</summary>
internal enum GateAnswer { Pass, Drop, NotInitialized, InitializedTwice, ShutDown, Exit }

/// <summary>LSP's life cycle: nothing but <c>initialize</c> first, nothing but <c>exit</c> after <c>shutdown</c>.</summary>
/// <remarks>Messages are shown to it in the order in which they come, so its answers do not depend on how fast handlers are.</remarks>
internal sealed class LifecycleGate
{
    private enum Phase { Started, Running, ShutDown }

    private Phase _phase;

    public bool WasShutDown => _phase == Phase.ShutDown;

    public GateAnswer Admit(string method, bool isRequest)
    {
        if (method == "exit") return GateAnswer.Exit;
        switch (_phase)
        {
            case Phase.Started when method == "initialize" && isRequest:
                _phase = Phase.Running;
                return GateAnswer.Pass;
            case Phase.Started:
                return isRequest ? GateAnswer.NotInitialized : GateAnswer.Drop;
            case Phase.Running when method == "initialize":
                return isRequest ? GateAnswer.InitializedTwice : GateAnswer.Drop;
            case Phase.Running:
                if (method == "shutdown" && isRequest) _phase = Phase.ShutDown;
                return GateAnswer.Pass;
            default:
                return isRequest ? GateAnswer.ShutDown : GateAnswer.Drop;
        }
    }

    /// <summary><c>initialize</c> failed; the client may try again.</summary>
    public void InitializeFailed() => _phase = Phase.Started;
}
