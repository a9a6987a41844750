/** The command "Select Target Kernel": a choice among the kernels that the server has models of. */
import * as vscode from 'vscode';
import { Server } from './server';

export async function selectKernels(server: Server): Promise<void> {
  const listed = await server.run(['registry', 'kernels']);
  if (!listed) return;
  const known = listed.out.split('\n').map((line) => /^\s*v?(\d+\.\d+)\b/.exec(line)?.[1]).filter((name) => name !== undefined);
  if (known.length === 0) {
    server.log.error(`registry kernels: ${listed.err || listed.out}`);
    void vscode.window.showErrorMessage('kfunc-lsp: the server did not name its kernels; the log says why.');
    return;
  }

  const section = vscode.workspace.getConfiguration('kfunc', vscode.window.activeTextEditor?.document.uri);
  const current = section.get<string | string[]>('kernels') ?? [];
  const chosen = new Set(typeof current === 'string' ? current.split(',') : current);
  const picked = await vscode.window.showQuickPick(
    known.map((label) => ({ label, picked: chosen.has(label), description: label === known.at(-1) ? 'newest' : '' })),
    { canPickMany: true, title: 'Kernels to judge programs for', placeHolder: 'None: the project\'s .kfunc-lsp.json, else the running kernel' });
  if (!picked) return;
  const target = vscode.workspace.workspaceFolders ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await section.update('kernels', picked.length > 0 ? picked.map((item) => item.label) : undefined, target);
}
