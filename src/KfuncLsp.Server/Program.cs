using KfuncLsp.Frontend.Process;
using KfuncLsp.Server.Cli;

// The parser's process: this executable once more, with libclang in it and a protocol on its standard streams.
if (args is [WorkerLaunch.Verb]) return FrontendWorker.RunOnStandardStreams();

return await CommandLine.RunAsync(args, CliConsole.OfProcess());
