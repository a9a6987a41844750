// Says whether a logged session kept to the protocol:  node session-log.mjs NAME SESSION.jsonl [--abrupt]
// --abrupt is for an editor that kills its servers when it ends.
import { readFileSync } from 'node:fs';
import { Report } from './report.mjs';

const [name, path, abrupt] = process.argv.slice(2);
// The proxy may outlive the editor by a moment.
for (let tries = 0; tries < (abrupt ? 10 : 50) && !readFileSync(path, 'utf8').includes('\n{"summary":true'); tries++) await new Promise((resolve) => setTimeout(resolve, 200));
const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const sum = lines.at(-1).summary || !abrupt ? lines.at(-1) : { summary: true, messages: lines.length, unanswered: [], counts: Object.fromEntries(lines.map((l) => [`${l.sender === 'server' ? '<-' : '->'} ${l.what}`, 1])) };
const report = new Report(name);
report.check(abrupt ? 'the session has a beginning' : 'the session has a beginning and an end', () => {
  if (!sum.summary) throw new Error('the proxy was killed');
  for (const what of ['<- answer to initialize', ...(abrupt ? [] : ['<- answer to shutdown', '-> exit'])])
    if (!sum.counts[what]) throw new Error(`no message: ${what}`);
});
report.check(`the server's messages are of the protocol's types (${sum.messages} messages)`, () => {
  const wrong = lines.filter((l) => l.sender === 'server' && l.problems).flatMap((l) => l.problems.map((p) => `${l.what}: ${p}`));
  if (wrong.length > 0) throw new Error(wrong.slice(0, 5).join('\n    '));
});
if (!abrupt) report.check('the server ends with 0', () => {
  if (sum.exitCode !== 0) throw new Error(`it ended with ${sum.exitCode}`);
});
report.check('every request was answered', () => {
  // A client may still ask after it has said `exit`, when nobody is there any more.
  const exit = lines.findIndex((l) => l.sender === 'client' && l.what === 'exit');
  const late = exit < 0 ? [] : lines.slice(exit).filter((l) => l.sender === 'client').map((l) => `${l.what}#${l.message?.id}`);
  const unanswered = sum.unanswered.filter((one) => !late.includes(one));
  if (unanswered.length > 0) throw new Error(unanswered.join(', '));
});
report.end();
