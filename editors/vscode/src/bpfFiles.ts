/** Which files concern us: the same marks by which the server knows a BPF program. */
import * as vscode from 'vscode';

/** VS Code takes `.h` for C++. */
export const documentSelector = [
  { scheme: 'file', language: 'c' },
  { scheme: 'file', pattern: '**/*.bpf.h' },
];

const marks = /\bSEC\s*\(|__ksym\b|vmlinux\.h|bpf_helpers\.h/;

export function isBpf(document: vscode.TextDocument): boolean {
  if (vscode.languages.match(documentSelector, document) === 0) return false;
  return /\.bpf\.[ch]$/.test(document.uri.path) || marks.test(document.getText());
}
