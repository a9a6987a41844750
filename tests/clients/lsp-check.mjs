#!/usr/bin/env node
// A transparent stdio proxy that checks every message of an LSP session, both ways, against the protocol's meta model.
//   node lsp-check.mjs --model metaModel.json --log SESSION.jsonl -- SERVER ARGS...
// The log has a line for each message with what is wrong in it, and a last line that sums up. Ordering is not checked.
import { spawn } from 'node:child_process';
import { openSync, writeSync } from 'node:fs';
import { MetaModel } from './meta-model.mjs';

const args = process.argv.slice(2), options = {};
while (args.length > 0 && args[0] !== '--') options[args.shift().slice(2)] = args.shift();
const command = args.slice(1);
const model = new MetaModel(options.model);
const log = openSync(options.log, 'w');

const pending = { client: new Map(), server: new Map() }; // requests by who sent them
const counts = new Map();
let messages = 0, violations = 0, clientViolations = 0;

function check(sender, raw) {
  messages++;
  let message, what = 'not JSON', problems = [];
  try {
    message = JSON.parse(raw);
  } catch (error) {
    problems.push(`not JSON: ${error.message}`);
  }
  if (message) {
    if (message.jsonrpc !== '2.0') problems.push('jsonrpc must be "2.0"');
    [what, problems] = message.method !== undefined
      ? [message.method, problems.concat(checkCall(sender, message))] : checkAnswer(sender, message, problems);
  }
  const key = `${sender === 'client' ? '->' : '<-'} ${what}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
  if (sender === 'server') violations += problems.length; else clientViolations += problems.length;
  writeSync(log, JSON.stringify({ sender, what, ...(problems.length > 0 ? { problems } : {}), message: message ?? raw }) + '\n');
}

function checkCall(sender, message) {
  const problems = [], isRequest = message.id !== undefined;
  const known = (isRequest ? model.requests : model.notifications).get(message.method);
  if (isRequest) {
    if (pending[sender].has(message.id)) problems.push(`request id ${message.id} used again while it waits`);
    pending[sender].set(message.id, message.method);
  }
  if (!known) {
    if (!message.method.startsWith('$/')) problems.push(`${message.method}: no such ${isRequest ? 'request' : 'notification'} in LSP 3.18`);
    return problems;
  }
  const direction = sender === 'client' ? 'clientToServer' : 'serverToClient';
  if (known.messageDirection !== direction && known.messageDirection !== 'both') problems.push(`${message.method}: wrong direction`);
  if (known.params) problems.push(...[known.params].flat().flatMap((type) => model.problems(type, message.params, 'params')));
  return problems;
}

function checkAnswer(sender, message, problems) {
  const asked = pending[sender === 'client' ? 'server' : 'client'], method = asked.get(message.id);
  if (method !== undefined) asked.delete(message.id);
  else if (message.id !== null) problems.push(`answer to an unknown or already answered id ${message.id}`);
  if (('result' in message) === ('error' in message)) problems.push('an answer needs exactly one of result and error');
  if (message.error) {
    if (!Number.isInteger(message.error.code) || typeof message.error.message !== 'string') problems.push('malformed error');
  } else {
    const known = model.requests.get(method);
    if (known?.result) problems.push(...model.problems(known.result, message.result, 'result'));
  }
  return [`answer to ${method}`, problems];
}

/** Cuts a byte stream into messages. */
function frames(sender) {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const end = rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      const header = rest.subarray(0, end).toString('ascii'), length = /(?:^|\r\n)Content-Length: *(\d+)/i.exec(header);
      if (!length) {
        check(sender, `bad header: ${header}`);
        rest = rest.subarray(end + 4);
        continue;
      }
      const next = end + 4 + Number(length[1]);
      if (rest.length < next) return;
      check(sender, rest.subarray(end + 4, next).toString('utf8'));
      rest = rest.subarray(next);
    }
  };
}

const server = spawn(command[0], command.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
const fromClient = frames('client'), fromServer = frames('server');
process.stdin.on('data', (data) => { server.stdin.write(data); fromClient(data); });
process.stdin.on('end', () => server.stdin.end());
server.stdin.on('error', () => {});
server.stdout.on('data', (data) => { process.stdout.write(data); fromServer(data); });
server.on('error', (error) => { process.stderr.write(`${error.message}\n`); process.exit(127); });
server.on('exit', (code) => {
  const unanswered = [...pending.client].filter(([, method]) => method !== 'shutdown').map(([id, method]) => `${method}#${id}`);
  const sum = { summary: true, exitCode: code, messages, violations, clientViolations, unanswered, counts: Object.fromEntries([...counts].sort()) };
  writeSync(log, JSON.stringify(sum) + '\n');
  process.exit(code ?? 1);
});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => server.kill(signal));
