/** The command "Explain a Verifier Log": of the selection, else of the whole file in front, else of the clipboard. */
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { isBpf } from './bpfFiles';
import { Server } from './server';
import { TextPages } from './textPages';

export async function explainVerifierLog(server: Server, pages: TextPages): Promise<void> {
  const log = await findLog();
  if (!log.trim()) {
    void vscode.window.showInformationMessage('kfunc-lsp: select a verifier\'s log, open a file that holds one, or copy one.');
    return;
  }

  const explained = await server.run(['explain-log', '-'], { input: log, cwd: directory() });
  if (!explained) return;
  await pages.show('verifier log, explained', explained.out.trimEnd() + (explained.err ? `\n\n${explained.err.trimEnd()}` : '') + '\n');
}

async function findLog(): Promise<string> {
  const editor = vscode.window.activeTextEditor;
  if (editor && !editor.selection.isEmpty) return editor.document.getText(editor.selection);
  if (editor && !isBpf(editor.document)) return editor.document.getText();
  return vscode.env.clipboard.readText();
}

/** Where the source files are that the log names. */
function directory(): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.uri.scheme === 'file') return (vscode.workspace.getWorkspaceFolder(document.uri)?.uri.fsPath) ?? dirname(document.uri.fsPath);
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
}
