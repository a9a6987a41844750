/** clangd as its own extension starts it: a language client for C, and nothing more. That extension is in a marketplace; this one is here. */
import { LanguageClient } from 'vscode-languageclient/node';

export function activate(): Promise<void> {
  const run = { command: process.env.KFUNC_TEST_CLANGD ?? 'clangd', args: ['--log=error'] };
  return new LanguageClient('clangd', 'clangd', run, { documentSelector: [{ language: 'c', scheme: 'file' }] }).start();
}
