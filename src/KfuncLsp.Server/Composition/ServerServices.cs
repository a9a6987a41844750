using KfuncLsp.Extraction;
using KfuncLsp.Frontend.Process;
using KfuncLsp.Server.Lsp;
using KfuncLsp.Server.Lsp.Conversion;
using KfuncLsp.Server.Lsp.Handlers;
using KfuncLsp.Server.Lsp.Protocol;
using KfuncLsp.Server.Lsp.Rpc;
using KfuncLsp.Workspace.Configuration;
using KfuncLsp.Workspace.Documents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StreamJsonRpc;

namespace KfuncLsp.Server.Composition;

/// <summary>Puts a server together. One provider is one session.</summary>
/// <remarks>Each part says what it is made of: finding constructors by reflection takes longer than all else at the start.</remarks>
internal static class ServerServices
{
    public static ServiceProvider Build(Stream input, Stream output, LspServerOptions options)
    {
        var log = new LspLogger(options.Log ?? Console.Error);
        if (options.LogFile is { } file) log.AlsoTo(file);
        var services = new ServiceCollection();
        services.AddSingleton(options);
        services.AddSingleton(log);
        services.AddSingleton<ILoggerFactory>(_ => new LoggerFactory([log], new LoggerFilterOptions { MinLevel = LogLevel.Information }));
        AddWorkspace(services, options);
        AddConnection(services, input, output);
        AddHandlers(services);
        return services.BuildServiceProvider();
    }

    private static void AddWorkspace(ServiceCollection services, LspServerOptions options)
    {
        services.AddSingleton(_ => new ClientSession());
        services.AddSingleton(p => new ProjectConfigurations(() => Get<ClientSession>(p).Settings with { Kernels = [.. options.Kernels], Registries = [.. options.Registries] }));
        services.AddSingleton(_ => new DocumentUris());
        services.AddSingleton(_ => new RulePages(options.RulePages));
        services.AddSingleton(_ => new ShippedModels(options.Models ?? ShippedModels.Registry));
        services.AddSingleton(p => new LiveWorkspace(options.Services ?? RealServices(Get<ProjectConfigurations>(p), options)));
        services.AddSingleton(p => new OpenFiles(Get<LiveWorkspace>(p), Get<ShippedModels>(p)));
        services.AddSingleton(p => new DiskWatch(Get<LiveWorkspace>(p)));
    }

    private static void AddConnection(ServiceCollection services, Stream input, Stream output)
    {
        services.AddSingleton(p => new LspMessageHandler(input, output, new LspFormatter(), Log<LspMessageHandler>(p)));
        services.AddSingleton(p => new LspClient(Get<LspMessageHandler>(p), Get<ClientSession>(p)));
        services.AddSingleton(p => new DiagnosticConversion(Get<ClientSession>(p), Get<DocumentUris>(p), Get<LiveWorkspace>(p), Get<RulePages>(p)));
        services.AddSingleton(p => new DiagnosticsPublisher(
            Get<LiveWorkspace>(p), Get<LspClient>(p), Get<ClientSession>(p), Get<DocumentUris>(p), Get<DiagnosticConversion>(p), Log<DiagnosticsPublisher>(p)));
        services.AddSingleton(p => new ViewRefresher(Get<LiveWorkspace>(p), Get<ShippedModels>(p), Get<ClientSession>(p), Get<LspClient>(p)));
        services.AddSingleton(p => new CheckProgress(Get<LiveWorkspace>(p), Get<LspClient>(p), Get<ClientSession>(p)));
        services.AddSingleton(p => new Preparation(Get<LiveWorkspace>(p), Get<ShippedModels>(p)));
        services.AddSingleton(Connection);
    }

    private static void AddHandlers(ServiceCollection services)
    {
        services.AddSingleton(p => new SettingsHandler(Get<ClientSession>(p), Get<LspClient>(p), Get<LspLogger>(p), Get<LspServerOptions>(p), Get<ProjectConfigurations>(p)));
        services.AddSingleton(p => new WorkspacePullHandler(
            Get<LiveWorkspace>(p), Get<ClientSession>(p), Get<LspClient>(p), Get<DocumentUris>(p), Get<DiagnosticConversion>(p), Get<ProjectConfigurations>(p)));
        services.AddSingleton(p => new WorkspaceHandler(Get<LiveWorkspace>(p), Get<ClientSession>(p), Get<SettingsHandler>(p), Get<LspClient>(p), Get<WorkspacePullHandler>(p), Get<DiskWatch>(p)));
        services.AddSingleton(p => new LifecycleHandler(
            Get<ClientSession>(p), Get<SettingsHandler>(p), Get<WorkspaceHandler>(p), Get<Preparation>(p), Get<LspClient>(p), Get<LspMessageHandler>(p),
            Log<LifecycleHandler>(p)));
        services.AddSingleton(p => new DocumentHandler(Get<LiveWorkspace>(p), Get<DocumentUris>(p), Get<ClientSession>(p), Get<DiagnosticsPublisher>(p), Log<DocumentHandler>(p)));
        services.AddSingleton(p => new PullHandler(Get<LiveWorkspace>(p), Get<DiagnosticConversion>(p), Get<ClientSession>(p), Get<DocumentUris>(p)));
        services.AddSingleton(p => new StatusHandler(Get<LiveWorkspace>(p), Get<ClientSession>(p), Get<ShippedModels>(p), Get<DiagnosticsPublisher>(p), Get<LspLogger>(p)));
        services.AddSingleton<ILspMethods>(p => new LspMethods(
            Get<LifecycleHandler>(p), Get<DocumentHandler>(p), Get<PullHandler>(p), Get<WorkspacePullHandler>(p), Get<WorkspaceHandler>(p), Get<StatusHandler>(p)));

        services.AddSingleton(p => new HoverHandler(Get<OpenFiles>(p), Get<ClientSession>(p), Get<RulePages>(p)));
        services.AddSingleton(p => new CompletionHandler(Get<OpenFiles>(p), Get<ClientSession>(p)));
        services.AddSingleton(p => new CodeActionHandler(Get<LiveWorkspace>(p), Get<ClientSession>(p)));
        services.AddSingleton(p => new SignatureHelpHandler(Get<OpenFiles>(p), Get<ClientSession>(p)));
        services.AddSingleton(p => new CodeViewHandler(Get<OpenFiles>(p), Get<ClientSession>(p), Get<DocumentUris>(p), Get<RulePages>(p)));
        services.AddSingleton(p => new NavigationHandler(Get<OpenFiles>(p), Get<LiveWorkspace>(p), Get<ShippedModels>(p), Get<ClientSession>(p), Get<DocumentUris>(p)));
        services.AddSingleton<ILanguageMethods>(p => new LanguageMethods(
            Get<HoverHandler>(p), Get<CompletionHandler>(p), Get<CodeActionHandler>(p), Get<SignatureHelpHandler>(p), Get<CodeViewHandler>(p), Get<NavigationHandler>(p)));
    }

    private static T Get<T>(IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();

    private static ILogger<T> Log<T>(IServiceProvider services) => Get<ILoggerFactory>(services).CreateLogger<T>();

    private static WorkspaceServices RealServices(ProjectConfigurations configurations, LspServerOptions options)
    {
        var preambles = PreambleCache.OfThisUser;
        return new(Parser(preambles with { HoldsWhole = true }), new DiskProjects(configurations, new OwnKernels(RegistryFile.Read))) { UnitsOfClosedFiles = Parser(preambles) };

        ConfiguredUnits Parser(PreambleCache cache) =>
            new(configurations, c => new ChildUnitSource(options.Worker ?? WorkerLaunch.Self(), WorkerLimits.Default with { LibclangPath = c.Libclang, Preambles = cache }));
    }

    private static LspConnection Connection(IServiceProvider services)
    {
        var connection = new LspConnection(Get<LspMessageHandler>(services), Log<LspConnection>(services))
        {
            // One message begins after the other, so that edits keep their order; a handler that awaits lets the next one begin.
            SynchronizationContext = new Microsoft.VisualStudio.Threading.NonConcurrentSynchronizationContext(sticky: false),
        };
        connection.AddLocalRpcTarget(RpcTargetMetadata.FromShape<ILspMethods>(), Get<ILspMethods>(services), null);
        connection.AddLocalRpcTarget(RpcTargetMetadata.FromShape<ILanguageMethods>(), Get<ILanguageMethods>(services), null);

        // They listen to the workspace by themselves.
        _ = Get<ViewRefresher>(services);
        _ = Get<CheckProgress>(services);
        return connection;
    }
}
