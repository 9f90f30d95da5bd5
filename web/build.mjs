// Builds the pages into artifacts/web: hashed assets, one index.html a page, Brotli beside each, manifest.json last.
// Called by build.sh; --watch is not offered: a whole build takes less than a second.
import { build } from 'esbuild';
import { brotliCompressSync, constants } from 'node:zlib';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'artifacts', 'web');
const next = `${out}.next`;
const pages = ['console', 'workspace'];

rmSync(next, { recursive: true, force: true });
mkdirSync(join(next, 'assets'), { recursive: true });

const result = await build({
  absWorkingDir: here,
  entryPoints: Object.fromEntries(pages.map((page) => [page, `src/${page}/main.ts`])),
  outdir: join(next, 'assets'),
  entryNames: '[name]-[hash]',
  chunkNames: 'shared-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: ['chrome120', 'firefox121', 'safari17'],
  minify: true,
  sourcemap: 'linked',
  legalComments: 'linked',
  metafile: true,
  logLevel: 'warning',
});

const manifest = { pages: {}, files: [] };
for (const [file, output] of Object.entries(result.metafile.outputs)) {
  const page = output.entryPoint && pages.find((name) => output.entryPoint === `src/${name}/main.ts`);
  if (page) manifest.pages[page] = { script: basename(file), style: basename(output.cssBundle ?? '') };
}

for (const page of pages) {
  const { script, style } = manifest.pages[page];
  const shared = result.metafile.outputs;
  const imports = Object.entries(shared).find(([file]) => basename(file) === script)[1].imports
    .filter((item) => item.kind === 'import-statement').map((item) => basename(item.path));
  const html = readFileSync(join(here, 'src', page, 'index.html'), 'utf8')
    .replace('<!--assets-->', [
      `<link rel="stylesheet" href="/assets/${style}">`,
      ...imports.map((name) => `<link rel="modulepreload" href="/assets/${name}">`),
      `<script type="module" src="/assets/${script}"></script>`,
    ].join('\n  '));
  mkdirSync(join(next, page));
  writeFileSync(join(next, page, 'index.html'), html);
}

const texts = [
  ...readdirSync(join(next, 'assets')).filter((name) => /\.(js|css)$/.test(name)).map((name) => join('assets', name)),
  ...pages.map((page) => join(page, 'index.html')),
];
for (const name of texts) {
  const plain = readFileSync(join(next, name));
  const packed = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  writeFileSync(join(next, `${name}.br`), packed);
  manifest.files.push({ name, bytes: plain.length, packedBytes: packed.length });
}

// The manifest is what the server looks for, so it is written last and the folder appears whole.
writeFileSync(join(next, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
rmSync(out, { recursive: true, force: true });
renameSync(next, out);
for (const { name, bytes, packedBytes } of manifest.files) console.log(`  ${name} ${bytes} bytes, ${packedBytes} packed`);
