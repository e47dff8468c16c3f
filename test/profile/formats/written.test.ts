import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readProfile } from '../../../src/profile/formats/read-profile.ts';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';
import { folder } from '../../helpers/folder.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

/** Files that tools wrote which are not everywhere; programs of theirs lay in /app. */
test.each([
  ['Go’s runtime/pprof, processor', 'go-cpu.pb.gz', 'pprof', 'ms', 'main.slow main.go:12', [13, 12]],
  ['Go’s runtime/pprof, allocations', 'go-allocs.pb.gz', 'pprof', 'bytes', 'main.order main.go:19', []],
  ['@datadog/pprof', 'datadog-wall.pb.gz', 'pprof', 'ms', 'burn dd.js:3', []],
  ['stackprof of Ruby', 'stackprof.txt', 'collapsed', 'samples', 'Object#slow', []],
  ['rollup-plugin-visualizer', 'visualizer.json', 'visualizer', 'bytes', 'big.js big.js:1', []],
  [
    'source-map-explorer of an esbuild bundle',
    'source-map-explorer.json',
    'source-map-explorer',
    'bytes',
    'big.js big.js:1',
    [],
  ],
])('%s', async (_, name, format, unit, id, lines) => {
  const dir = folder({});
  cpSync(join(fixtures, name), join(dir, name));
  const found = hotspots(await readProfile(join(dir, name)), '/app');
  expect(found).toMatchObject({ format, unit });
  expect(found.hotspots.slice(0, 2).map((h) => h.id)).toContain(id);
  expect(found.hotspots.find((h) => h.id === id)!.lines.map(({ line }) => line)).toEqual(lines);
});

test('in Go, sorting by the library counts for the line that calls it', async () => {
  const { hotspots: found } = hotspots(await readProfile(join(fixtures, 'go-cpu.pb.gz')), '/app');
  const order = found.find((h) => h.function === 'main.order')!;
  expect(order.self_pct).toBe(0);
  expect(order.outside[0]!.function).toBe('sort.Ints');
});
