/** Puts the parts together. The server is started for the first BPF file that is shown, not before. */
import * as vscode from 'vscode';
import { isBpf } from './bpfFiles';
import { selectKernels } from './kernels';
import { openKfuncPage } from './kfuncPages';
import { Server } from './server';
import { StatusItem } from './statusItem';
import { showStatus } from './statusPage';
import { TextPages } from './textPages';
import { explainVerifierLog } from './verifierLog';

/** What tests of the extension may ask it for. */
export interface Api {
  readonly server: Server;
}

let server: Server;

export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  server = new Server(context);
  const pages = new TextPages();
  const item = new StatusItem(server);
  const commands: Record<string, () => unknown> = {
    restart: () => server.restart(),
    showStatus: () => showStatus(server, pages),
    showLog: () => server.log.show(),
    openKfuncPage: () => openKfuncPage(server, context),
    selectKernel: () => selectKernels(server),
    explainVerifierLog: () => explainVerifierLog(server, pages),
  };

  context.subscriptions.push(
    server, pages, item,
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`kfunc.${name}`, run)),
    vscode.workspace.onDidOpenTextDocument(startFor),
    vscode.workspace.onDidSaveTextDocument(startFor),
  );
  await Promise.all(vscode.workspace.textDocuments.map(startFor));
  return { server };
}

export function deactivate(): Promise<void> {
  return server.stop();
}

async function startFor(document: vscode.TextDocument): Promise<void> {
  if (!server.wasStarted && isBpf(document)) await server.start();
}
