// node build.mjs           bundles the extension and what goes with it into dist/
// node build.mjs --check   fails where package.json's settings are not those of the server's schema
// node build.mjs --settings   writes them there
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const schemaPath = here('../../docs/kfunc-lsp.schema.json');
const schema = JSON.parse(readFileSync(schemaPath, 'utf8'));
const manifestPath = here('package.json');
const manifest = readFileSync(manifestPath, 'utf8');

/** The schema's keys as VS Code's settings: no `$ref`, which settings do not know; no defaults, which would look chosen. */
function settings() {
  const properties = {};
  for (const [key, value] of Object.entries(schema.properties)) {
    if (key === '$schema') continue;
    const setting = inline(value);
    setting.scope = 'resource';
    setting.markdownDescription = `${setting.description.replaceAll('this file', 'the workspace folder')} Precedes the project's \`.kfunc-lsp.json\`.`;
    delete setting.description;
    properties[`kfunc.${key}`] = setting;
  }
  properties['kfunc.logFile'] = {
    type: 'string', scope: 'window',
    markdownDescription: 'A file to which the server\'s log goes besides the output channel.',
  };
  return { title: 'kfunc-lsp: projects', order: 2, properties };
}

function inline(value) {
  if (Array.isArray(value)) return value.map(inline);
  if (typeof value !== 'object' || value === null) return value;
  const { $ref, ...rest } = value;
  const whole = $ref ? { ...schema.$defs[$ref.split('/').at(-1)], ...rest } : rest;
  return Object.fromEntries(Object.entries(whole).map(([key, inner]) => [key, inline(inner)]));
}

/** The page of the package has its pictures in the package. */
function packReadme() {
  const readme = readFileSync(here('README.md'), 'utf8');
  const folder = '../../docs/pictures/';
  mkdirSync(here('dist/pictures'), { recursive: true });
  for (const [, name] of readme.matchAll(/\(\.\.\/\.\.\/docs\/pictures\/([\w-]+\.png)\)/g))
    if (existsSync(here(folder + name))) cpSync(here(folder + name), here(`dist/pictures/${name}`));
  writeFileSync(here('dist/README.md'), readme.replaceAll(folder, 'dist/pictures/'));
}

const wanted = JSON.parse(manifest);
wanted.contributes.configuration = [wanted.contributes.configuration[0], settings()];
const text = JSON.stringify(wanted, undefined, 2) + '\n';
const isCurrent = JSON.stringify(JSON.parse(manifest)) === JSON.stringify(wanted);

if (process.argv.includes('--settings')) writeFileSync(manifestPath, text);
else if (process.argv.includes('--check')) {
  if (!isCurrent) throw new Error('package.json has other settings than docs/kfunc-lsp.schema.json: run npm run settings');
} else {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [here('src/extension.ts')], outfile: here('dist/extension.js'),
    bundle: true, platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'], minify: true, sourcemap: false, legalComments: 'none',
  });
  mkdirSync(here('dist'), { recursive: true });
  cpSync(schemaPath, here('dist/kfunc-lsp.schema.json'));
  packReadme();
}
