// The session of `expected.json` in VS Code itself, then all that an editor shows of a kfunc.
//   node session.mjs FILE EXTENSION.vsix CACHE -- SERVER ARGS...
// LSP_PICTURES=DIR keeps pictures of what is seen; they are those of the documentation.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Session, active, hover, problemRow, suggestions } from './setup.mjs';

const expected = JSON.parse(readFileSync(new URL('../expected.json', import.meta.url), 'utf8'));
const session = new Session('VS Code', process.argv.slice(2));
const { file, folder, report } = session;
const pictures = process.env.LSP_PICTURES;
const picture = (name) => pictures && join(pictures, `${name}.png`);
if (pictures) mkdirSync(pictures, { recursive: true });

const window = await session.open();
const step = async (what, body) => {
  if (await report.wait(what, () => body().then(() => true)) !== true && pictures) await window.picture(join(pictures, `FAILED-${what.replace(/\W+/g, '-')}.png`));
};
const problems = () => session.problems('kfunc');

await step('the extension starts the server for a BPF file, and the file is underlined', async () => {
  await window.openFile(file);
  await window.page.waitForSelector(`${active} .squiggly-error`, { timeout: 60_000, state: 'attached' });
});

await step(`Problems has ${expected.diagnostic.code} with its message, and two others`, async () => {
  await window.press('Control+Shift+m');
  const row = await window.seen(problemRow, expected.diagnostic.message);
  assert.match(row, new RegExp(`kfunc.*${expected.diagnostic.code}`, 's'));
  await window.goTo(file, expected.diagnostic.at);
  await window.picture(picture('diagnostics'), [active, '.part.panel'], 0);
  assert.equal(await problems(), expected.others + 1);
  await window.press('Control+j');
});

await step('the status bar says the verdict', async () => {
  await window.seen('.statusbar-item', 'rejected');
  await window.picture(picture('status-bar'), ['.statusbar-item.right:has-text("rejected")'], 8);
});

await step('lenses above each program', async () => {
  await window.goToLine(1);
  const lens = await window.seen(`${active} .codelens-decoration`, 'syscall');
  assert.match(lens, /sleepable/);
  await window.picture(picture('code-lens'), [active], 0);
});

await step('inlay hints in the code', async () => {
  await window.goTo(file, 'bpf_task_from_pid(query');
  await window.seen(`${active} .view-line`, /bpf_task_from_pid\(.*NULL/);
  await window.picture(picture('inlay-hints'), [active], 0);
});

await step(`hover on ${expected.hover.at}`, async () => {
  const text = await session.hoverAt(expected.hover.at, 4, expected.hover.has[0]);
  for (const words of expected.hover.has) assert.ok(text.includes(words), `no "${words}" in: ${text}`);
  await window.picture(picture('hover-kfunc'), [hover]);
});

await step('hover on a pointer variable says what the verifier knows of it', async () => {
  const text = await session.hoverAt('task->flags', 1, 'owned');
  await window.picture(picture('hover-pointer'), [hover]);
  assert.match(text, /task/);
});

await step('hover on SEC', async () => {
  await session.hoverAt('SEC("syscall")', 6, 'kfuncs');
  await window.picture(picture('hover-section'), [hover]);
});

await step('signature help with the argument\'s rule', async () => {
  await window.goTo(file, 'bpf_task_release(task);', 'bpf_task_release('.length);
  await window.press('Control+Shift+Space');
  await window.seen('.parameter-hints-widget.visible', 'bpf_task_release');
  await window.picture(picture('signature-help'), ['.parameter-hints-widget']);
  await window.press('Escape');
});

await step('the outline has programs with their sections', async () => {
  await window.press('Control+Shift+o');
  await window.seen('.quick-input-list .monaco-list-row', 'forgets_kernel_threads');
  await window.picture(picture('outline'), ['.quick-input-widget']);
  await window.press('Escape');
});

await step('definition: the registry\'s page of a kfunc, as a document of the scheme kfunc', async () => {
  await window.goTo(file, expected.hover.at, 4);
  await window.command('Peek Definition');
  await window.seen('.peekview-widget', 'bpf_task_from_pid.h');
  await window.seen('.peekview-widget .view-line', /on\sLinux\s6\.12/);
  await window.picture(picture('definition'), ['.peekview-widget']);
  await window.press('Escape');
});

await step('references in the workspace', async () => {
  await window.goTo(file, expected.hover.at, 4);
  await window.press('Shift+F12');
  await window.seen('.peekview-widget .monaco-list-row', file);
  await window.picture(picture('references'), ['.peekview-widget']);
  await window.press('Escape');
});

await step('acquire and release light up together', async () => {
  await window.goTo(file, expected.hover.at, 4);
  await window.page.waitForFunction((selector) => document.querySelectorAll(selector).length > 1, `${active} .wordHighlightStrong, ${active} .wordHighlight`, { timeout: 20_000 });
  await window.picture(picture('highlights'), [active], 0);
});

await step(`completion after "${expected.completion.type}"`, async () => {
  await window.goTo(file, expected.completion.after, expected.completion.after.length);
  await window.press('Enter');
  await window.type(`\t${expected.completion.type}`);
  await window.press('Control+Space');
  await window.seen(suggestions, expected.completion.has[0]);
  const labels = await window.page.locator(suggestions).evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')));
  for (const label of expected.completion.hasNot) assert.ok(!labels.some((text) => text.startsWith(label)), `${label} is there`);
  await window.press('Control+Space');
  await window.picture(picture('completion'), ['.suggest-widget', '.suggest-details-container']);
  await window.press('Escape');
});

await step('choosing a kfunc that is not declared inserts its declaration', async () => {
  await window.type('acquire');
  await window.press('Control+Space');
  await window.seen(`${suggestions}.focused`, 'bpf_task_acquire');
  await window.press('Enter');
  await window.goToLine(1);
  await window.seen(`${active} .view-line`, /extern\sstruct\stask_struct\s\*bpf_task_acquire\(.*__ksym;/);
  await window.picture(picture('completion-declaration'), [active], 0);
  await window.revert();
});

await step('a quick fix, applied, takes the diagnostic away and leaves the others', async () => {
  await window.goTo(file, expected.diagnostic.at, 2);
  const fix = '.action-widget .monaco-list-row';
  await window.insist(async (timeout) => {
    await window.press('Escape', 'Control+.');
    await window.seen(fix, 'bpf_task_release', timeout);
  });
  await window.picture(picture('code-actions'), ['.action-widget']);
  await window.find(fix, 'bpf_task_release').click();
  await window.press('Control+Shift+m');
  await window.gone(problemRow, 'still owned here');
  assert.equal(await problems(), expected.others);
  await window.press('Control+j');
  await window.goTo(file, 'SEC("syscall")');
  await window.seen(`${active} .codelens-decoration`, 'accepted');
  await window.picture(picture('code-action-applied'), [active], 0);
  await window.revert();
});

await step('RCU regions: hints and folds', async () => {
  await window.openFile('task_global_rcu.bpf.c');
  await window.seen(`${active} .view-line`, 'bpf_rcu_read_lock');
  await window.seen(`${active} .codelens-decoration`, 'accepted');
  await window.picture(picture('rcu'), [active], 0);
  await window.seen('.statusbar-item', 'accepted');
});

await step('the project\'s configuration is completed and checked', async () => {
  await window.openFile('.kfunc-lsp.json');
  await window.press('Control+End', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
  await window.type(', ');
  await window.press('Control+Space');
  await window.seen(suggestions, 'rules');
  await window.picture(picture('configuration'), [active, '.suggest-widget'], 0, 320);
  await window.press('Escape');
  await window.revert();
});

await step('the command "Show Status"', async () => {
  await window.openFile(file);
  await window.command('kfunc: Show Status');
  await window.seen(`${active} .view-line`, 'libclang:');
  assert.match(await window.editorText(), /server: +running/);
});

await step('the command "Explain a Verifier Log"', async () => {
  writeFileSync(join(folder, 'verifier.log'), 'Unreleased reference id=1 alloc_insn=3\n');
  await window.openFile('verifier.log');
  await window.command('kfunc: Explain a Verifier Log');
  await window.seen(`${active} .view-line`, 'KF0101');
  await window.picture(picture('verifier-log'), [active], 0, 200);
});

await step('the command "Select Target Kernel" offers the models, and the choice is judged at once', async () => {
  await window.openFile(file);
  await window.command('kfunc: Select Target Kernel');
  await window.seen('.quick-input-list .monaco-list-row', '7.3');
  await window.picture(picture('kernels'), ['.quick-input-widget']);
  await window.find('.quick-input-list .monaco-list-row', '7.3').click();
  await window.press('Enter');
  await window.goToLine(1);
  await window.seen(`${active} .codelens-decoration`, /7\.3.*rejected|rejected.*7\.3/);
});

await step('it restarts', async () => {
  await window.command('kfunc: Restart the Server');
  await window.seen('.statusbar-item', 'starting', 10_000).catch(() => {});
  await window.seen('.statusbar-item', 'rejected');
});

report.check('nothing was asked of the network', () => assert.deepEqual([...window.hosts].filter((host) => host && host !== '127.0.0.1'), []));
await session.end();
if (pictures) for (const name of readdirSync(pictures).filter((name) => name.endsWith('.png'))) {
  // Fewer colours make them a third as large; without the tool they are kept as they are.
  spawnSync('pngquant', ['--force', '--skip-if-larger', '--quality', '60-90', '--strip', '--ext', '.png', join(pictures, name)]);
}
process.exit();
