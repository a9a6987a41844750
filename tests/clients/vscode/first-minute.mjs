// VS Code with the extension as it is published, its own server in it, and not one setting: from opening a file to its first diagnostic.
//   node first-minute.mjs FILE EXTENSION.vsix CACHE
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Report } from '../report.mjs';
import { install, start } from './code-server.mjs';
import { active } from './setup.mjs';
import { Window } from './window.mjs';

const [path, extension, cache] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'first-minute-'));
const report = new Report('VS Code');
const browser = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const editor = await start(install(cache), work, [extension], {});
const window = await Window.open(editor.address, dirname(path), join(work, 'profile'), { executablePath: browser });
const seconds = async (body) => { const begin = Date.now(); await body(); return ((Date.now() - begin) / 1000).toFixed(1); };
await report.wait('a file that includes vmlinux.h is underlined', async () => {
  const opened = await seconds(() => window.openFile(basename(path)));
  const underlined = await seconds(() => window.page.waitForSelector(`${active} .squiggly-error`, { timeout: 120_000, state: 'attached' }));
  console.log(`${opened} s to open the file, ${underlined} s more to the first diagnostic`);
});
await report.wait('the status bar says the verdict', () => window.seen('.statusbar-item', 'rejected'));
await window.close();
await editor.stop();
report.end();
