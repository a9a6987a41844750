// Says whether a logged session kept to the protocol:  node session-log.mjs NAME SESSION.jsonl
import { readFileSync } from 'node:fs';
import { Report } from './report.mjs';

const [name, path] = process.argv.slice(2);
const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const sum = lines.at(-1);
const report = new Report(name);
report.check('the session has a beginning and an end', () => {
  if (!sum.summary) throw new Error('the proxy was killed');
  for (const what of ['<- answer to initialize', '<- answer to shutdown', '-> exit'])
    if (!sum.counts[what]) throw new Error(`no message: ${what}`);
});
report.check(`the server's messages are of the protocol's types (${sum.messages} messages)`, () => {
  const wrong = lines.filter((l) => l.sender === 'server' && l.problems).flatMap((l) => l.problems.map((p) => `${l.what}: ${p}`));
  if (wrong.length > 0) throw new Error(wrong.slice(0, 5).join('\n    '));
});
report.check('the server ends with 0', () => {
  if (sum.exitCode !== 0) throw new Error(`it ended with ${sum.exitCode}`);
});
report.check('every request was answered', () => {
  if (sum.unanswered.length > 0) throw new Error(sum.unanswered.join(', '));
});
report.end();
