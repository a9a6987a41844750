// A window of VS Code in a headless Chromium, used as a person would: keys, and what is seen.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export class Window {
  #context;

  static async open(address, folder, profile, { executablePath, size = { width: 1180, height: 760 } }) {
    const window = new Window();
    window.#context = await chromium.launchPersistentContext(profile, {
      executablePath, headless: true, viewport: size,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
        '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'],
    });
    window.folder = folder;
    window.page = window.#context.pages()[0] ?? await window.#context.newPage();
    window.hosts = new Set();
    window.page.on('request', (request) => window.hosts.add(new URL(request.url()).hostname));
    await window.page.goto(`${address}/?folder=${folder}`, { waitUntil: 'domcontentloaded' });
    await window.page.locator('.monaco-workbench .statusbar-item').first().waitFor({ timeout: 120_000 });
    await window.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
    await window.press('Control+b');
    // Where this machine has put the project is no part of what is shown.
    await window.page.addStyleTag({ content: '.peekview-title .dirname { display: none }' });
    return window;
  }

  close() { return this.#context.close(); }

  press(...keys) {
    return keys.reduce((before, key) => before.then(() => this.page.keyboard.press(key)), Promise.resolve());
  }

  type(text) { return this.page.keyboard.type(text, { delay: 20 }); }

  find(selector, hasText) { return this.page.locator(selector, hasText === undefined ? {} : { hasText }).first(); }

  /** Waits until something is seen, and returns its text on one line. */
  async seen(selector, hasText, timeout = 30_000) {
    const found = this.find(selector, hasText);
    await found.waitFor({ timeout });
    return (await found.innerText()).replaceAll('\u00a0', ' ');
  }

  /** Waits until a count is what it should be: while a text is typed there are others. */
  async comesTo(expected, count, timeout = 30_000) {
    for (const end = Date.now() + timeout; Date.now() < end && await count() !== expected;) await this.page.waitForTimeout(200);
    assert.equal(await count(), expected);
  }

  gone(selector, hasText, timeout = 30_000) { return this.find(selector, hasText).waitFor({ state: 'detached', timeout }); }

  /** Does what a person does again where the window was not listening: a key that comes while it is busy is lost. */
  async insist(body, tries = 3) {
    for (let left = tries; ; left--) {
      try {
        return await body(left === 1 ? 30_000 : 8_000);
      } catch (error) {
        if (left === 1) throw error;
      }
    }
  }

  openFile(name) {
    return this.insist(async (timeout) => {
      await this.ask('Control+p', name, timeout);
      await this.find('.tab.active', name).waitFor({ timeout });
      await this.find('.editor-instance .view-line').waitFor({ timeout });
    });
  }

  command(title) { return this.insist((timeout) => this.ask('F1', title, timeout)); }

  /** Opens the list of files or commands, types, and takes what it has of that name. */
  async ask(key, name, timeout) {
    await this.press('Escape', key);
    const input = this.find('.quick-input-widget input');
    await input.waitFor({ timeout });
    await this.type(name);
    await this.seen('.quick-input-list .monaco-list-row', name, timeout);
    await this.press('Enter');
    await input.waitFor({ state: 'hidden', timeout }).catch(() => {});
  }

  /** Puts the cursor at a text of a file as it lies on disk, `into` characters further. */
  async goTo(name, text, into = 0) {
    const whole = readFileSync(join(this.folder, name), 'utf8'), offset = whole.indexOf(text);
    if (offset < 0) throw new Error(`${name} has no "${text}"`);
    const before = whole.slice(0, offset + into).split('\n');
    // Columns are those that are seen.
    const column = [...before.at(-1)].reduce((at, character) => (character === '\t' ? at - at % 4 + 4 : at + 1), 0) + 1;
    await this.goToLine(before.length, column);
  }

  /** Gives the file in front back the text that it has on disk. */
  async revert() {
    await this.command('File: Revert File');
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
  }

  goToLine(line, column = 1) {
    return this.insist(async (timeout) => {
      await this.press('Escape', 'Control+g');
      await this.find('.quick-input-widget input').waitFor({ timeout });
      await this.type(`${line}:${column}`);
      await this.press('Enter');
      await this.seen('.statusbar-item', `Ln ${line}, Col ${column}`, timeout);
    });
  }

  /** The text of the editor in front, as far as it is on the screen. */
  async editorText() {
    const lines = await this.page.locator('.editor-group-container.active .editor-instance .view-lines').first().locator('.view-line').evaluateAll((all) =>
      all.map((line) => [parseInt(line.style.top, 10), line.textContent]).sort((a, b) => a[0] - b[0]).map(([, text]) => text));
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  /** A picture of the window, or of the part that `selectors` make up, with a margin. */
  async picture(path, selectors = [], margin = 12, tallest = 1000) {
    if (!path) return;
    await this.page.waitForTimeout(300);
    const shown = selectors.map((selector) => this.page.locator(selector).filter({ visible: true }).first());
    const boxes = (await Promise.all(shown.map((part) => part.boundingBox({ timeout: 2000 }).catch(() => undefined)))).filter(Boolean);
    const view = this.page.viewportSize();
    let clip = { x: 0, y: 0, ...view };
    if (boxes.length > 0) {
      const left = Math.max(0, Math.min(...boxes.map((b) => b.x)) - margin), top = Math.max(0, Math.min(...boxes.map((b) => b.y)) - margin);
      const right = Math.min(view.width, Math.max(...boxes.map((b) => b.x + b.width)) + margin), bottom = Math.min(view.height, Math.max(...boxes.map((b) => b.y + b.height)) + margin);
      clip = { x: left, y: top, width: right - left, height: bottom - top };
    }
    clip.height = Math.min(clip.height, tallest);
    await this.page.screenshot({ path, clip, animations: 'disabled', caret: 'hide' });
  }
}
