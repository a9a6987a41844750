/** What the verifier would say of a file, in the words of the status bar. */
import * as vscode from 'vscode';
import { Server } from './server';

/** What we read of the server's answer to `kfunc/status`. */
interface Status {
  readonly documents: readonly DocumentStatus[];
}

interface DocumentStatus {
  readonly path: string;
  readonly state: 'Checking' | 'Checked' | 'NotChecked' | 'Failed';
  readonly reason?: string;
  readonly kernels: readonly string[];
  readonly kernelsFrom?: string;
  readonly programs: readonly { readonly name: string; readonly verdicts: Readonly<Record<string, Verdict>> }[];
  readonly notAnalysed: readonly string[];
}

type Verdict = 'accepted' | 'rejected' | 'inconclusive';

export interface Words {
  readonly text: string;
  readonly tooltip: string;
}

const icons = { accepted: '$(pass)', rejected: '$(error)', inconclusive: '$(question)' };

/** undefined: the server leaves the file alone. */
export async function verdictOn(document: vscode.TextDocument, server: Server): Promise<Words | undefined> {
  const status = await server.ask<Status>('kfunc/status');
  const own = status?.documents.find(({ path }) => path === document.uri.fsPath);
  if (!own) return ofDiagnostics(document);
  switch (own.state) {
    case 'NotChecked': return undefined;
    case 'Failed': return { text: '$(warning) kfunc', tooltip: `kfunc-lsp could not check this file: ${own.reason ?? 'the log says why'}` };
    default: return own.kernels.length > 0 ? ofKernels(own) : { text: '$(loading~spin) kfunc', tooltip: 'kfunc-lsp is checking this file' };
  }
}

function ofKernels(status: DocumentStatus): Words {
  const verdicts = status.kernels.map((kernel) => [kernel, worst(status.programs.map(({ verdicts }) => verdicts[kernel]))] as const);
  const all = worst(verdicts.map(([, verdict]) => verdict));
  const same = verdicts.every(([, verdict]) => verdict === all);
  const words = same ? `${all} on ${status.kernels.join(', ')}` : verdicts.map(([kernel, verdict]) => `${verdict} on ${kernel}`).join(', ');
  const lines = [
    `Target kernels: ${status.kernels.join(', ')}${status.kernelsFrom ? ` (${status.kernelsFrom})` : ''}`,
    ...status.programs.map(({ name, verdicts }) => `${name}: ${Object.entries(verdicts).map(([kernel, verdict]) => `${verdict} on ${kernel}`).join(', ')}`),
    ...status.notAnalysed.slice(0, 5),
  ];
  return { text: `${icons[all]} kfunc: ${words}`, tooltip: lines.join('\n') };
}

function worst(verdicts: readonly (Verdict | undefined)[]): Verdict {
  return verdicts.includes('rejected') ? 'rejected' : verdicts.includes('inconclusive') ? 'inconclusive' : 'accepted';
}

/** For a server of the user's own that does not tell its status: what the file's diagnostics come to. */
function ofDiagnostics(document: vscode.TextDocument): Words {
  const ours = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'kfunc');
  const errors = ours.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error).length;
  const open = ours.filter(({ code }) => ['KF0901', 'KF0902'].includes(String(typeof code === 'object' ? code.value : code))).length;
  const verdict = errors > 0 ? 'rejected' : open > 0 ? 'inconclusive' : 'accepted';
  return { text: `${icons[verdict]} kfunc: ${verdict}`, tooltip: `Mistakes: ${errors}. Places that could not be analysed: ${open}.` };
}
