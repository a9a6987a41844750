/** Where the server's executable is, and how it is run for a question on the side. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import * as vscode from 'vscode';

const name = process.platform === 'win32' ? 'kfunc-lsp.exe' : 'kfunc-lsp';

/** A command, and why this one. */
export interface Executable {
  readonly command: string;
  readonly args: readonly string[];
  readonly origin: string;
}

/** The setting's, else the one that came with the extension, else the one on the PATH; undefined where there is none. */
export function findExecutable(context: vscode.ExtensionContext): Executable | undefined {
  const chosen = vscode.workspace.getConfiguration('kfunc').get<string>('server.path');
  if (chosen) return executable(chosen.replace(/^~(?=\/)/, homedir()), 'from the setting kfunc.server.path');
  const bundled = join(context.extensionPath, 'server', name);
  if (existsSync(bundled)) return executable(bundled, 'part of the extension');
  const onPath = (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, name)).find(existsSync);
  return onPath ? executable(onPath, 'from the PATH') : undefined;
}

/** A server that was built without native compilation is run by dotnet. */
function executable(path: string, origin: string): Executable {
  return path.endsWith('.dll') ? { command: 'dotnet', args: [path], origin } : { command: path, args: [], origin };
}

export interface Output {
  readonly out: string;
  readonly err: string;
  /** undefined: it could not be started, or took too long. */
  readonly code: number | undefined;
}

export interface RunOptions {
  readonly cwd?: string;
  /** What it reads from its standard input. */
  readonly input?: string;
}

/** Runs one verb of the command line; never rejects. */
export function run(server: Executable, verb: readonly string[], options: RunOptions): Promise<Output> {
  return new Promise((resolve) => {
    const settings = { cwd: options.cwd, timeout: 60_000, maxBuffer: 64 << 20 };
    const child = execFile(server.command, [...server.args, ...verb], settings, (error, out, err) => {
      const code = error ? error.code : 0;
      resolve({ out, err: err || (error && typeof code !== 'number' ? error.message : ''), code: typeof code === 'number' ? code : undefined });
    });
    child.stdin?.on('error', () => {}).end(options.input ?? '');
  });
}
