/** The status bar's item: for the BPF file in front, what the verifier would say, and on which kernels. */
import * as vscode from 'vscode';
import { isBpf } from './bpfFiles';
import { Server } from './server';
import { verdictOn, type Words } from './verdict';

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('kfunc.status', vscode.StatusBarAlignment.Right, 100);
  private readonly subscriptions: vscode.Disposable[];
  private asked = 0;

  constructor(private readonly server: Server) {
    this.item.name = 'kfunc-lsp';
    this.item.command = 'kfunc.showStatus';
    const update = () => void this.update();
    this.subscriptions = [
      server.onDidChange(update),
      vscode.window.onDidChangeActiveTextEditor(update),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const shown = vscode.window.activeTextEditor?.document.uri.toString();
        if (uris.some((uri) => uri.toString() === shown)) update();
      }),
    ];
    update();
  }

  dispose(): void {
    for (const each of [this.item, ...this.subscriptions]) each.dispose();
  }

  /** The newest question's answer is shown; older ones come too late. */
  private async update(): Promise<void> {
    const asked = ++this.asked;
    const document = vscode.window.activeTextEditor?.document;
    const words = document && isBpf(document) ? await this.words(document) : undefined;
    if (asked !== this.asked) return;
    if (!words) return this.item.hide();
    this.item.text = words.text;
    this.item.tooltip = words.tooltip;
    this.item.backgroundColor = words.text.startsWith('$(warning)') ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.show();
  }

  private async words(document: vscode.TextDocument): Promise<Words | undefined> {
    switch (this.server.state) {
      case 'missing': return { text: '$(warning) kfunc', tooltip: 'kfunc-lsp: no server was found' };
      case 'failed': return { text: '$(warning) kfunc', tooltip: 'kfunc-lsp: the server has stopped; the log says why' };
      case 'running': return verdictOn(document, this.server);
      default: return { text: '$(loading~spin) kfunc', tooltip: 'kfunc-lsp is starting' };
    }
  }
}
