/** What the server is told of the settings. */
import * as vscode from 'vscode';

/** Keys of the section `kfunc` that are the extension's own. */
const ours = new Set(['server', 'trace', 'site']);

/**
 * The section as someone set it, without VS Code's defaults: a default must not precede the project's `.kfunc-lsp.json`.
 */
export function explicitSettings(scope: vscode.Uri | undefined, keys: readonly string[]): Record<string, unknown> {
  const section = vscode.workspace.getConfiguration('kfunc', scope);
  const said: Record<string, unknown> = {};
  for (const key of keys) {
    if (ours.has(key.split('.')[0])) continue;
    const value = valueOf(section.inspect(key));
    if (value !== undefined && value !== null) put(said, key.split('.'), value);
  }
  return said;
}

/** The keys that the extension's manifest declares, without `kfunc.`. */
export function declaredKeys(context: vscode.ExtensionContext): string[] {
  const groups: { properties: object }[] = context.extension.packageJSON.contributes.configuration;
  return groups.flatMap((group) => Object.keys(group.properties)).map((key) => key.replace(/^kfunc\./, ''));
}

type Inspected = ReturnType<vscode.WorkspaceConfiguration['inspect']>;

/** The nearest place wins; objects are merged by their keys, as VS Code does itself. */
function valueOf(said: Inspected): unknown {
  const places = [said?.globalValue, said?.workspaceValue, said?.workspaceFolderValue].filter((value) => value !== undefined);
  if (places.length > 1 && places.every(isObject)) return Object.assign({}, ...places);
  return places.at(-1);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function put(into: Record<string, unknown>, [first, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) into[first] = value;
  else put((into[first] ??= {}) as Record<string, unknown>, rest, value);
}
