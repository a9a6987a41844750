// VS Code with clangd beside the server: each says what is its own.
//   KFUNC_TEST_CLANGD=clangd node beside-clangd.mjs FILE EXTENSION.vsix CACHE -- SERVER ARGS...
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { Session, active, hover, problemRow, suggestions } from './setup.mjs';

const expected = JSON.parse(readFileSync(new URL('../expected.json', import.meta.url), 'utf8'));
const session = new Session('VS Code beside clangd', process.argv.slice(2));
const window = await session.open([await clangdExtension()]);
const step = (what, body) => session.report.wait(what, body);

await step('the finding is in Problems once, and from its own server', async () => {
  await window.openFile(session.file);
  await window.press('Control+Shift+m');
  await window.seen(problemRow, expected.diagnostic.message, 60_000);
  assert.equal(await session.problems('kfunc'), expected.others + 1);
  assert.equal(await session.problems('clang'), 0);
});

await step('a mistake of C is there once, and from clangd', async () => {
  await window.press('Control+j');
  await window.goTo(session.file, expected.diagnostic.at);
  await window.type('no_such_thing();');
  await window.press('Control+Shift+m');
  const said = await window.seen(problemRow, 'no_such_thing');
  assert.doesNotMatch(said, /kfunc/);
  await window.comesTo(1, () => session.problems('clang'));
  // The other server has seen the same text by now, or will within a moment.
  await window.page.waitForTimeout(1500);
  assert.equal(await window.page.locator(problemRow, { hasText: 'no_such_thing' }).count(), 1);
  await window.press('Control+j');
  await window.revert();
});

await step('hover shows what both know', async () => {
  await session.hoverAt(expected.hover.at, 4, expected.hover.has[1]);
  const all = await window.page.locator(hover).allInnerTexts();
  const text = all.join('\n').replaceAll('\u00a0', ' ');
  for (const words of expected.hover.has) assert.ok(text.includes(words), `no "${words}" in: ${text}`);
  assert.match(text, /function bpf_task_from_pid/);
  await window.press('Escape');
});

await step('completion has the kfuncs', async () => {
  await window.goTo(session.file, expected.completion.after, expected.completion.after.length);
  await window.press('Enter');
  await window.type(`\t${expected.completion.type}`);
  await window.press('Control+Space');
  await window.seen(suggestions, expected.completion.has[0]);
  await window.revert();
});

await step('the lenses are there', async () => {
  await window.goToLine(1);
  await window.seen(`${active} .codelens-decoration`, 'syscall');
});

await session.end();
process.exit();

/** The extension of this folder as a package. */
async function clangdExtension() {
  const source = new URL('./clangd/', import.meta.url).pathname, folder = join(session.work, 'clangd'), path = join(session.work, 'clangd.vsix');
  const vsce = new URL('../../../node_modules/@vscode/vsce/vsce', import.meta.url).pathname;
  cpSync(source, folder, { recursive: true });
  await build({ entryPoints: [join(source, 'extension.ts')], outfile: join(folder, 'dist/extension.js'), bundle: true, platform: 'node', format: 'cjs', external: ['vscode'] });
  execFileSync(process.execPath, [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', path], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  return path;
}
