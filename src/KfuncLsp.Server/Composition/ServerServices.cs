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
internal static class ServerServices
{
    public static ServiceProvider Build(Stream input, Stream output, LspServerOptions options)
    {
        var services = new ServiceCollection();
        services.AddSingleton(options);
        var log = new LspLogger(options.Log ?? Console.Error);
        if (options.LogFile is { } file) log.AlsoTo(file);
        services.AddSingleton(log);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Information).AddProvider(log));
        services.AddSingleton<ClientSession>();
        services.AddSingleton(p => new ProjectConfigurations(() => p.GetRequiredService<ClientSession>().Settings with { Kernels = [.. options.Kernels], Registries = [.. options.Registries] }));
        services.AddSingleton<DocumentUris>();
        services.AddSingleton(new RulePages(options.RulePages));
        services.AddSingleton(p => options.Services ?? RealServices(p.GetRequiredService<ProjectConfigurations>(), options));
        services.AddSingleton(new ShippedModels(options.Models ?? ShippedModels.Registry));
        services.AddSingleton<LiveWorkspace>();
        services.AddSingleton<LspClient>();
        services.AddSingleton<DiagnosticConversion>();
        services.AddSingleton<DiagnosticsPublisher>();
        services.AddSingleton<LifecycleHandler>();
        services.AddSingleton<DocumentHandler>();
        services.AddSingleton<PullHandler>();
        services.AddSingleton<WorkspacePullHandler>();
        services.AddSingleton<OpenFiles>();
        services.AddSingleton<HoverHandler>();
        services.AddSingleton<CompletionHandler>();
        services.AddSingleton<CodeActionHandler>();
        services.AddSingleton<SettingsHandler>();
        services.AddSingleton<DiskWatch>();
        services.AddSingleton<WorkspaceHandler>();
        services.AddSingleton<SignatureHelpHandler>();
        services.AddSingleton<CodeViewHandler>();
        services.AddSingleton<NavigationHandler>();
        services.AddSingleton<ViewRefresher>();
        services.AddSingleton<StatusHandler>();
        services.AddSingleton<CheckProgress>();
        services.AddSingleton<ILspMethods, LspMethods>();
        services.AddSingleton<ILanguageMethods, LanguageMethods>();
        services.AddSingleton(p => new LspMessageHandler(input, output, new LspFormatter(), p.GetRequiredService<ILogger<LspMessageHandler>>()));
        services.AddSingleton(p => Connection(p));
        return services.BuildServiceProvider();
    }

    private static WorkspaceServices RealServices(ProjectConfigurations configurations, LspServerOptions options)
    {
        var preambles = PreambleCache.OfThisUser;
        return new(Parser(preambles with { HoldsWhole = true }), new DiskProjects(configurations, new OwnKernels(RegistryFile.Read))) { UnitsOfClosedFiles = Parser(preambles) };

        ConfiguredUnits Parser(PreambleCache cache) =>
            new(configurations, c => new ChildUnitSource(options.Worker ?? WorkerLaunch.Self(), WorkerLimits.Default with { LibclangPath = c.Libclang, Preambles = cache }));
    }

    private static LspConnection Connection(IServiceProvider services)
    {
        var connection = new LspConnection(services.GetRequiredService<LspMessageHandler>(), services.GetRequiredService<ILogger<LspConnection>>())
        {
            // One message begins after the other, so that edits keep their order; a handler that awaits lets the next one begin.
            SynchronizationContext = new Microsoft.VisualStudio.Threading.NonConcurrentSynchronizationContext(sticky: false),
        };
        connection.AddLocalRpcTarget(RpcTargetMetadata.FromShape<ILspMethods>(), services.GetRequiredService<ILspMethods>(), null);
        connection.AddLocalRpcTarget(RpcTargetMetadata.FromShape<ILanguageMethods>(), services.GetRequiredService<ILanguageMethods>(), null);

        // They listen to the workspace by themselves.
        _ = services.GetRequiredService<ViewRefresher>();
        _ = services.GetRequiredService<CheckProgress>();
        return connection;
    }
}
