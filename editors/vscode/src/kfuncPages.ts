/** The command "Open the Kfunc's Page": from the site that the setting names, else from one written on this machine. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Server } from './server';

export async function openKfuncPage(server: Server, context: vscode.ExtensionContext): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const name = (editor && wordAt(editor)) ?? await vscode.window.showInputBox({ prompt: 'The name of a kfunc, such as bpf_task_acquire' });
  if (!name) return;
  const site = vscode.workspace.getConfiguration('kfunc').get<string>('site');
  if (site) {
    await vscode.env.openExternal(vscode.Uri.parse(`${site.replace(/\/?$/, '/')}kfunc/${name}.html`));
    return;
  }

  const pages = await writtenSite(server, context);
  const page = pages && join(pages, 'kfunc', `${name}.html`);
  if (page && existsSync(page)) await vscode.env.openExternal(vscode.Uri.file(page));
  else if (pages) void vscode.window.showInformationMessage(`kfunc-lsp: no kernel model has a kfunc ${name}.`);
}

/** Written once per version of the extension, in a second. */
async function writtenSite(server: Server, context: vscode.ExtensionContext): Promise<string | undefined> {
  const directory = join(context.globalStorageUri.fsPath, `site-${context.extension.packageJSON.version}`);
  if (existsSync(join(directory, 'index.html'))) return directory;
  await vscode.workspace.fs.createDirectory(vscode.Uri.file(directory));
  const written = await server.run(['registry', 'site', directory]);
  if (!written) return undefined;
  if (written.code === 0) return directory;
  server.log.error(`registry site: ${written.err || written.out}`);
  void vscode.window.showErrorMessage('kfunc-lsp: the pages could not be written; the log says why.');
  return undefined;
}

function wordAt(editor: vscode.TextEditor): string | undefined {
  const range = editor.document.getWordRangeAtPosition(editor.selection.active, /\w+/);
  return range && editor.document.getText(range);
}
