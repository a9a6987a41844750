// The session of `expected.json` through the official npm client library.
//   node official.mjs push|pull FILE -- SERVER ARGS...
// `push` is a client that is told its diagnostics; `pull` is one that asks for them, and must not be told.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver-protocol/node';
import * as lsp from 'vscode-languageserver-protocol';
import { Report } from './report.mjs';

const [mode, file, , ...command] = process.argv.slice(2);
const expected = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8'));
const report = new Report(`official client, ${mode}`);
const uri = pathToFileURL(file).href;
const timeout = Number(process.env.LSP_TIMEOUT ?? 60) * 1000;

const server = spawn(command[0], command.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
const ended = new Promise((resolve) => server.on('exit', resolve));
const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));

// What the server pushed, by document version.
const pushed = [];
let wake = () => {};
connection.onNotification(lsp.PublishDiagnosticsNotification.type, (params) => { pushed.push(params); wake(); });
for (const request of [lsp.RegistrationRequest, lsp.WorkDoneProgressCreateRequest, lsp.DiagnosticRefreshRequest])
  connection.onRequest(request.type, () => null);
connection.listen();

const document = { text: readFileSync(file, 'utf8'), version: 1 };

function position(offset) {
  const before = document.text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1).length };
}

function find(text) {
  const offset = document.text.indexOf(text);
  assert.notEqual(offset, -1, `the file has no "${text}"`);
  return offset;
}

/** Types a text, a key at a time, as an editor tells it. */
async function type(offset, text) {
  for (const key of text) {
    const at = position(offset);
    document.text = document.text.slice(0, offset) + key + document.text.slice(offset++);
    await connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: ++document.version },
      contentChanges: [{ range: { start: at, end: at }, text: key }],
    });
  }
}

async function erase(offset, length) {
  const range = { start: position(offset), end: position(offset + length) };
  document.text = document.text.slice(0, offset) + document.text.slice(offset + length);
  await connection.sendNotification(lsp.DidChangeTextDocumentNotification.type,
    { textDocument: { uri, version: ++document.version }, contentChanges: [{ range, text: '' }] });
}

/** The diagnostics of the document as it is now. */
async function diagnostics() {
  if (mode === 'pull') {
    const answer = await connection.sendRequest(lsp.DocumentDiagnosticRequest.type, { textDocument: { uri } });
    assert.equal(answer.kind, 'full');
    return answer.items;
  }
  const deadline = Date.now() + timeout;
  for (;;) {
    const current = pushed.findLast((p) => p.uri === uri && p.version === document.version);
    if (current) return current.diagnostics;
    assert.ok(Date.now() < deadline, `no diagnostics of version ${document.version} within ${timeout / 1000} s`);
    await new Promise((resolve) => { wake = resolve; setTimeout(resolve, 1000).unref(); });
  }
}

const stuck = setTimeout(() => { report.fail('the session ends', new Error(`still going after ${2 * timeout / 1000} s`)); server.kill(); process.exit(1); }, 2 * timeout);

await report.wait('initialize', async () => {
  const textDocument = {
    synchronization: {},
    hover: { contentFormat: ['markdown'] },
    completion: { completionItem: { documentationFormat: ['markdown'] } },
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] } },
    ...(mode === 'pull' ? { diagnostic: { relatedDocumentSupport: false, relatedInformation: true } } : {}),
  };
  const answer = await connection.sendRequest(lsp.InitializeRequest.type,
    { processId: process.pid, rootUri: pathToFileURL(file + '/..').href, capabilities: { general: { positionEncodings: ['utf-16'] }, textDocument } });
  assert.ok(answer.capabilities.hoverProvider && answer.capabilities.completionProvider);
  assert.equal(answer.capabilities.positionEncoding ?? 'utf-16', 'utf-16');
  await connection.sendNotification(lsp.InitializedNotification.type, {});
  await connection.sendNotification(lsp.DidOpenTextDocumentNotification.type,
    { textDocument: { uri, languageId: 'c', version: document.version, text: document.text } });
});

const want = expected.diagnostic, start = find(want.at);
const wantedRange = { start: position(start), end: position(start + want.at.length) };
const isWanted = (d) => d.code === want.code && d.range.start.line === wantedRange.start.line;
await report.wait(`${want.code} at "${want.at}", with its message and range`, async () => {
  const found = (await diagnostics()).filter(isWanted);
  assert.equal(found.length, 1, `${found.length} such diagnostics`);
  assert.equal(found[0].message.split('\n')[0], want.message);
  assert.deepEqual(found[0].range, wantedRange);
  assert.equal(found[0].severity, want.severity);
  assert.equal(found[0].source, want.source);
  assert.ok(found[0].relatedInformation?.length > 0, 'no path in relatedInformation');
});

await report.wait(`hover on ${expected.hover.at}`, async () => {
  const answer = await connection.sendRequest(lsp.HoverRequest.type, { textDocument: { uri }, position: position(find(expected.hover.at) + 4) });
  for (const text of expected.hover.has) assert.ok(answer.contents.value.includes(text), `no "${text}" in:\n${answer.contents.value}`);
});

await report.wait(`completion after "${expected.completion.type}"`, async () => {
  const line = expected.completion.after, offset = find(line) + line.length;
  await type(offset, `\n\t${expected.completion.type}`);
  try {
    const answer = await connection.sendRequest(lsp.CompletionRequest.type,
      { textDocument: { uri }, position: position(offset + 2 + expected.completion.type.length), context: { triggerKind: 1 } });
    const labels = (answer.items ?? answer).map((item) => item.label);
    for (const label of expected.completion.has) assert.ok(labels.includes(label), `no ${label} among ${labels.slice(0, 20)}`);
    for (const label of expected.completion.hasNot) assert.ok(!labels.includes(label), `${label} is there`);
  } finally {
    await erase(offset, 2 + expected.completion.type.length);
  }
});

await report.wait('the fix, as it is typed, takes the diagnostic away and leaves the others', async () => {
  await type(find(expected.fix.before), expected.fix.insert);
  await type(find(expected.fix.after) + expected.fix.after.length, expected.fix.append);
  const left = await diagnostics();
  assert.deepEqual(left.filter(isWanted), []);
  assert.equal(left.filter((d) => d.severity === 1).length, expected.others, JSON.stringify(left.map((d) => [d.code, d.range.start.line])));
});

if (mode === 'pull') report.check('nothing was pushed to a client that pulls', () => assert.deepEqual(pushed.filter((p) => p.diagnostics.length > 0), []));

await report.wait('shutdown, and exit code 0', async () => {
  await connection.sendRequest(lsp.ShutdownRequest.type);
  await connection.sendNotification(lsp.ExitNotification.type);
  assert.equal(await ended, 0);
});
clearTimeout(stuck);
connection.dispose();
report.end();
