// A server broken on purpose: it starts the real one and changes one word of the same length in all that it says.
//   node broken-server.mjs SAID INSTEAD -- COMMAND…
import { spawn } from 'node:child_process';

const [said, instead, , ...command] = process.argv.slice(2);
if (Buffer.byteLength(said) !== Buffer.byteLength(instead)) throw new Error('the words must have one length, for messages say theirs');
const server = spawn(command[0], command.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
process.stdin.pipe(server.stdin);
server.stdin.on('error', () => {});
// A word may be cut by the pipe: its beginning waits for the rest, but no longer than a moment.
let kept = '';
let flush;
server.stdout.setEncoding('latin1').on('data', text => {
    clearTimeout(flush);
    const all = (kept + text).replaceAll(said, instead);
    let cut = Math.min(said.length - 1, all.length);
    while (cut > 0 && !said.startsWith(all.slice(all.length - cut))) cut--;
    kept = all.slice(all.length - cut);
    process.stdout.write(all.slice(0, all.length - cut), 'latin1');
    flush = setTimeout(() => { process.stdout.write(kept, 'latin1'); kept = ''; }, 50);
});
server.on('exit', code => { clearTimeout(flush); process.stdout.write(kept, 'latin1', () => process.exit(code ?? 1)); });
