using KfuncLsp.Frontend.Process;

// The parser's process: this executable once more, with libclang in it and a protocol on its standard streams.
if (args is [WorkerLaunch.Verb]) return FrontendWorker.RunOnStandardStreams();

return 0;
