import { statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { rolldown } from 'rolldown';
import { bundleAnalyzerPlugin } from 'rolldown/experimental';
import { expect, test } from 'vitest';
import { readProfile } from '../../../src/profile/formats/read-profile.ts';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';
import { folder } from '../../helpers/folder.ts';
import { write } from '../programs.ts';

/** Two modules and a package, the entry importing all, one of them late. */
const files = {
  'src/a.js': 'import { big } from "dep"; console.log(big); import("./late.js").then((late) => late.go());',
  'src/late.js': 'export const go = () => console.log("late");',
  'node_modules/dep/index.js': `export const big = "${'x'.repeat(600)}"; export const unused = 1;`,
  'node_modules/dep/package.json': '{"name":"dep","type":"module","main":"index.js"}',
};

async function ranked(root: string, file: string) {
  const found = hotspots(await readProfile(join(root, file)), root);
  const places = Object.fromEntries(found.hotspots.map((h) => [h.file, Math.round(h.ceiling_pct)]));
  return { format: found.format, unit: found.unit, total: found.total, first: found.hotspots[0]!.file, places };
}

test('rolldown’s analysis: the sources of the modules, a package counted for who imports it', async () => {
  const root = folder(files);
  const bundle = await rolldown({ input: 'src/a.js', cwd: root, plugins: [bundleAnalyzerPlugin()] });
  await bundle.write({ dir: join(root, 'dist') });
  await bundle.close();
  const { places, total, ...found } = await ranked(root, 'dist/analyze-data.json');
  expect(found).toEqual({ format: 'rolldown', unit: 'bytes', first: 'src/a.js' });
  const sizes = ['src/a.js', 'src/late.js', 'node_modules/dep/index.js'].map((name) => statSync(join(root, name)).size);
  expect(total).toBe(sizes.reduce((a, b) => a + b));
  expect(places['src/a.js']).toBe(Math.round(((sizes[0]! + sizes[2]!) / total) * 100));
  expect(places['src/late.js']).toBe(Math.round((sizes[1]! / total) * 100));
});

test('esbuild’s metafile: its bytes are those of the files that it writes', async () => {
  const root = folder(files);
  const options = { bundle: true, splitting: true, format: 'esm', metafile: true, outdir: 'out' } as const;
  const { metafile } = await build({ entryPoints: ['src/a.js'], absWorkingDir: root, ...options });
  const dir = write('meta.json', Buffer.from(JSON.stringify(metafile)));
  const written = Object.keys(metafile.outputs).map((name) => statSync(join(root, name)).size);
  const { total, first, format } = await ranked(dir, 'meta.json');
  expect({ total, first, format }).toEqual({
    total: written.reduce((a, b) => a + b),
    first: 'src/a.js',
    format: 'metafile',
  });
});

test('webpack’s statistics: joined modules told apart, modules in no chunk left out', async () => {
  const found = hotspots(await readProfile(join(import.meta.dirname, 'fixtures', 'webpack-stats.json')), '/app');
  const self = Object.fromEntries(found.hotspots.map((h) => [h.file, Math.round((h.self_pct * found.total) / 100)]));
  expect(self).toEqual({ 'src/a.js': 117, 'src/b.js': 69, 'src/lazy.js': 55 });
  // with dep, which a.js imports, and a runtime module of webpack, which nobody does
  expect(found.total).toBe(117 + 69 + 55 + 103 + 263);
  expect(Math.round((found.hotspots[0]!.ceiling_pct * found.total) / 100)).toBe(117 + 103);
});

test.each([
  ['rolldown', '{"meta":{"bundler":"rolldown"},"chunks":[]}', /modules of rolldown/],
  ['webpack', '{"hash":"1","assetsByChunkName":{},"modules":[{"name":"a","chunks":[]}]}', /modules in chunks/],
])('%s without modules is refused', async (_, text, reason) => {
  await expect(readProfile(join(write('b.json', Buffer.from(text)), 'b.json'))).rejects.toThrow(reason);
});
