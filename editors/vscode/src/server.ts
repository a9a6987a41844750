/** The language server as the rest of the extension sees it: started, stopped, asked. */
import * as vscode from 'vscode';
import { LanguageClient, State, TransportKind } from 'vscode-languageclient/node';
import { documentSelector } from './bpfFiles';
import { type Executable, findExecutable, type Output, run, type RunOptions } from './executable';
import { declaredKeys, explicitSettings } from './settings';

export type ServerState = 'off' | 'starting' | 'running' | 'missing' | 'failed';

export class Server implements vscode.Disposable {
  readonly log = vscode.window.createOutputChannel('kfunc-lsp', { log: true });
  private readonly changed = new vscode.EventEmitter<ServerState>();
  readonly onDidChange = this.changed.event;
  private client: LanguageClient | undefined;
  private started: Executable | undefined;
  private now: ServerState = 'off';

  constructor(private readonly context: vscode.ExtensionContext) {}

  get state(): ServerState { return this.now; }

  get wasStarted(): boolean { return this.now !== 'off'; }

  /** The one that runs, else the one that would. */
  get executable(): Executable | undefined { return this.started ?? findExecutable(this.context); }

  async start(): Promise<void> {
    const executable = findExecutable(this.context);
    if (!executable) return this.tellMissing();
    this.started = executable;
    this.become('starting');
    this.log.info(`${executable.command} ${executable.args.join(' ')} (${executable.origin})`);
    this.client = this.createClient(executable);
    this.client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) this.become('running');
      else if (newState === State.Starting) this.become('starting');
      else if (this.now === 'running') this.become('failed');
    });
    try {
      await this.client.start();
    } catch (error) {
      this.become('failed');
      this.log.error(`The server did not start: ${error instanceof Error ? error.message : error}`);
    }
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.started = undefined;
    this.now = 'off';
    await client?.dispose().catch((error) => this.log.warn(`The server did not stop by itself: ${error}`));
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Runs a verb of the command line; undefined, and the user told, where there is no server. */
  async run(verb: readonly string[], options: RunOptions = {}): Promise<Output | undefined> {
    const executable = this.executable;
    if (!executable) await this.tellMissing();
    return executable && run(executable, verb, options);
  }

  /** Asks the server; undefined where it does not run or does not know the question. */
  async ask<T>(method: 'kfunc/status'): Promise<T | undefined> {
    if (this.now !== 'running' || !this.client?.initializeResult?.capabilities.experimental?.kfuncStatus) return undefined;
    try {
      return await this.client.sendRequest<T>(method);
    } catch (error) {
      this.log.debug(`${method}: ${error}`);
      return undefined;
    }
  }

  dispose(): void {
    void this.stop();
    this.changed.dispose();
    this.log.dispose();
  }

  private createClient(executable: Executable): LanguageClient {
    const keys = declaredKeys(this.context);
    const more = vscode.workspace.getConfiguration('kfunc').get<string[]>('server.arguments') ?? [];
    const run = { command: executable.command, args: [...executable.args, 'server', ...more], transport: TransportKind.stdio };
    return new LanguageClient('kfunc', 'kfunc-lsp', { run, debug: run }, {
      documentSelector,
      outputChannel: this.log,
      diagnosticCollectionName: 'kfunc',
      middleware: {
        workspace: {
          configuration: async ({ items }) =>
            items.map((item) => explicitSettings(item.scopeUri ? vscode.Uri.parse(item.scopeUri) : undefined, keys)),
        },
      },
    });
  }

  private become(state: ServerState): void {
    this.now = state;
    this.changed.fire(state);
  }

  private async tellMissing(): Promise<void> {
    this.become('missing');
    const open = 'Open the Setting';
    const answer = await vscode.window.showWarningMessage(
      'kfunc-lsp: this build of the extension has no server for this platform, and none is on the PATH. Name one in the setting kfunc.server.path.', open);
    if (answer === open) await vscode.commands.executeCommand('workbench.action.openSettings', 'kfunc.server.path');
  }
}
