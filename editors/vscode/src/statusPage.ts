/** The command "Show Status": which server, and all that it found for the file in front. */
import * as vscode from 'vscode';
import { isBpf } from './bpfFiles';
import { run } from './executable';
import { Server } from './server';
import { TextPages } from './textPages';

export async function showStatus(server: Server, pages: TextPages): Promise<void> {
  const executable = server.executable;
  const document = vscode.window.activeTextEditor?.document;
  const file = document && isBpf(document) ? document : undefined;
  const lines = [
    `server:         ${server.state}`,
    `executable:     ${executable ? `${[executable.command, ...executable.args].join(' ')} (${executable.origin})` : 'none found'}`,
  ];
  if (executable) {
    const { out, err } = await run(executable, file ? ['doctor', file.uri.fsPath] : ['doctor'], { cwd: folderOf(document) });
    lines.push(...[out.trimEnd(), err.trimEnd()].filter((text) => text));
  }
  const status = await server.ask<object>('kfunc/status');
  if (status) lines.push('', JSON.stringify(status, undefined, 2));
  await pages.show('kfunc-lsp status', lines.join('\n') + '\n');
}

function folderOf(document: vscode.TextDocument | undefined): string | undefined {
  const folder = document && vscode.workspace.getWorkspaceFolder(document.uri);
  return (folder ?? vscode.workspace.workspaceFolders?.[0])?.uri.fsPath;
}
