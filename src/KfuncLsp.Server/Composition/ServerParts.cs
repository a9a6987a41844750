using KfuncLsp.Extraction;
using KfuncLsp.Frontend.Process;
using KfuncLsp.Server.Lsp;
using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Handlers;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Server.Lsp.Rpc;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Documents;
using Microsoft.Extensions.Logging;
using StreamJsonRpc;

namespace KfuncLsp.Server.Composition;

/// <summary>The parts of one session, put together by hand: a container that finds constructors by reflection takes longer to start than all else.</summary>
internal sealed class ServerParts : IAsyncDisposable
{
    private readonly LoggerFactory _logs;
    private readonly LiveWorkspace _workspace;
    private readonly DiskWatch _watch;
    private readonly DiagnosticsPublisher _publisher;

    public ServerParts(Stream input, Stream output, LspServerOptions options)
    {
        var log = new LspLogger(options.Log ?? Console.Error);
        if (options.LogFile is { } file) log.AlsoTo(file);
        _logs = new([log], new LoggerFilterOptions { MinLevel = LogLevel.Information });
        Handler = new(input, output, new LspFormatter(), _logs.CreateLogger<LspMessageHandler>());

        var session = new ClientSession();
        var client = new LspClient(Handler, session);
        var configurations = new ProjectConfigurations(() => session.Settings with { Kernels = [.. options.Kernels], Registries = [.. options.Registries] });
        var models = new ShippedModels(options.Models ?? ShippedModels.Registry);
        _workspace = new(options.Services ?? RealServices(configurations, options));
        _watch = new(_workspace);

        var uris = new DocumentUris();
        var pages = new RulePages(options.RulePages);
        var files = new OpenFiles(_workspace, models);
        var conversion = new DiagnosticConversion(session, uris, _workspace, pages);
        _publisher = new(_workspace, client, session, uris, conversion, _logs.CreateLogger<DiagnosticsPublisher>());
        var everything = new WorkspacePullHandler(_workspace, session, client, uris, conversion, configurations);
        var settings = new SettingsHandler(session, client, log, options, configurations);
        var workspace = new WorkspaceHandler(_workspace, session, settings, client, everything, _watch);
        Lifecycle = new(session, settings, workspace, client, Handler, _logs.CreateLogger<LifecycleHandler>());

        // They listen to the workspace by themselves.
        _ = new ViewRefresher(_workspace, models, session, client);
        _ = new CheckProgress(_workspace, client, session);
        _ = new Preparation(_workspace, models);

        Connection = Connect(
            Handler, _logs.CreateLogger<LspConnection>(),
            new LspMethods(
                Lifecycle, new DocumentHandler(_workspace, uris, session, _publisher, _logs.CreateLogger<DocumentHandler>()),
                new PullHandler(_workspace, conversion, session, uris), everything, workspace, new StatusHandler(_workspace, session, models, _publisher, log)),
            new LanguageMethods(
                new HoverHandler(files, session, pages), new CompletionHandler(files, session), new CodeActionHandler(_workspace, session),
                new SignatureHelpHandler(files, session), new CodeViewHandler(files, session, uris, pages), new NavigationHandler(files, _workspace, models, session, uris)));
    }

    public LspMessageHandler Handler { get; }

    public LspConnection Connection { get; }

    public LifecycleHandler Lifecycle { get; }

    /// <remarks>First who asks the workspace, then the workspace, and the log last.</remarks>
    public async ValueTask DisposeAsync()
    {
        Connection.Dispose();
        await _watch.DisposeAsync();
        await _publisher.DisposeAsync();
        await _workspace.DisposeAsync();
        _logs.Dispose();
    }

    private static WorkspaceServices RealServices(ProjectConfigurations configurations, LspServerOptions options)
    {
        var preambles = PreambleCache.OfThisUser;
        return new(Parser(preambles with { HoldsWhole = true }), new DiskProjects(configurations, new OwnKernels(RegistryFile.Read))) { UnitsOfClosedFiles = Parser(preambles) };

        ConfiguredUnits Parser(PreambleCache cache) =>
            new(configurations, c => new ChildUnitSource(options.Worker ?? WorkerLaunch.Self(), WorkerLimits.Default with { LibclangPath = c.Libclang, Preambles = cache }));
    }

    private static LspConnection Connect(LspMessageHandler handler, ILogger log, ILspMethods session, ILanguageMethods language)
    {
        var connection = new LspConnection(handler, log)
        {
            // One message begins after the other, so that edits keep their order; a handler that awaits lets the next one begin.
            SynchronizationContext = new Microsoft.VisualStudio.Threading.NonConcurrentSynchronizationContext(sticky: false),
        };
        connection.AddLocalRpcTarget(RpcTargetMetadata.FromShape<ILspMethods>(), session, null);
        connection.AddLocalRpcTarget(RpcTargetMetadata.FromShape<ILanguageMethods>(), language, null);
        return connection;
    }
}
