import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readProfile } from '../../../src/profile/formats/read-profile.ts';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';
import { folder } from '../../helpers/folder.ts';
import { write } from '../programs.ts';
import { encode } from './pprof.ts';

const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name);

/** The first places of a profile with what they cost, in per cent of the whole. */
async function first(file: string, root: string, many = 2) {
  const found = hotspots(await readProfile(file), root);
  const places = found.hotspots.slice(0, many).map((h) => [h.id, Math.round(h.self_pct), Math.round(h.ceiling_pct)]);
  return { format: found.format, unit: found.unit, total: Math.round(found.total), places };
}

test('massif: the bytes at the peak count for the functions that allocated them', async () => {
  expect(await first(fixture('massif.out'), '/app')).toEqual({
    format: 'massif',
    unit: 'bytes',
    total: 1_950_000,
    places: [['keep w.c:4', 100, 100]],
  });
});

test('EXPLAIN ANALYZE: the plan’s own times add up to planning and execution', async () => {
  const { total, ...found } = await first(fixture('plan.json'), '/app');
  expect(found).toMatchObject({ format: 'explain-analyze', unit: 'ms' });
  expect(found.places[0]![0]).toBe('Seq Scan on orders o');
  // Planning Time 0.620, Execution Time 439.776 stand in the file
  expect(Math.abs(total - 440)).toBeLessThanOrEqual(2);
});

test('a plan without ANALYZE is refused', async () => {
  const dir = folder({ 'plan.json': '[{"Plan": {"Node Type": "Result"}}]' });
  await expect(readProfile(`${dir}/plan.json`)).rejects.toThrow(/EXPLAIN with ANALYZE.*\[0\]\.Plan without/);
});

test('esbuild’s metafile: a package counts for the module that imports it', async () => {
  const { places, unit } = await first(fixture('meta.json'), '/app', 1);
  expect({ unit, place: places[0]![0] }).toEqual({ unit: 'bytes', place: 'c.mjs c.mjs:1' });
  expect(places[0]![1]).toBeLessThan(2);
  expect(places[0]![2]).toBeGreaterThan(90);
});

test('a trace that Chromium wrote: the JavaScript samples in it', async () => {
  const { places, format } = await first(fixture('trace.json'), '/app', 1);
  expect({ format, place: places[0]![0] }).toEqual({ format: 'chrome-trace', place: 'layoutRows page.js:1' });
  expect(places[0]![1]).toBeGreaterThan(80);
});

test('perf script: callers first, offsets aside, libraries on behalf of the binary of the project', async () => {
  const { places, format } = await first(fixture('perf.script'), '/app', 1);
  expect({ format, place: places[0]![0] }).toEqual({ format: 'perf-script', place: 'work w' });
});

test.each([
  [
    'py-spy',
    'main (/app/m.py:9);work (/app/m.py:3) 30\nmain (/app/m.py:9) 10\n',
    [
      ['work m.py:3', 75, 75],
      ['main m.py:9', 25, 25],
    ],
  ],
  [
    'symbols alone',
    'main;work;memcpy_[k] 30\nmain 10\n',
    [
      ['work', 0, 75],
      ['main', 25, 25],
    ],
  ],
  [
    'Node through perf',
    'node;JS:*work file:///app/m.mjs:10:3;JS:^sum /app/m.mjs:20:1 40\n',
    [['sum m.mjs:20', 100, 100]],
  ],
])('collapsed stacks: %s', async (_, text, places) => {
  const dir = folder({ 'stacks.folded': text });
  expect((await first(`${dir}/stacks.folded`, '/app')).places).toEqual(places);
});

test('speedscope, sampled and evented', async () => {
  const frames = [
    { name: 'main', file: '/app/m.js', line: 1 },
    { name: 'work', file: '/app/m.js', line: 5 },
  ];
  const evented = { type: 'evented', unit: 'milliseconds', startValue: 0, endValue: 10 };
  const events = [
    ['O', 0, 0],
    ['O', 1, 2],
    ['C', 1, 8],
    ['C', 0, 10],
  ].map(([type, frame, at]) => ({ type, frame, at }));
  const sampled = { type: 'sampled', unit: 'milliseconds', samples: [[0], [0, 1]], weights: [4, 6] };
  const dir = folder(
    Object.fromEntries(
      [{ ...evented, events }, sampled].map((profile, i) => [
        `${i}.json`,
        JSON.stringify({ shared: { frames }, profiles: [profile] }),
      ]),
    ),
  );
  const places = [
    ['work m.js:5', 60, 60],
    ['main m.js:1', 40, 40],
  ];
  expect((await first(`${dir}/0.json`, '/app')).places).toEqual(places);
  expect((await first(`${dir}/1.json`, '/app')).places).toEqual(places);
});

test('the Firefox Profiler’s format, as samply writes it', async () => {
  const thread = {
    samples: { stack: [1, 1, 1, 0], weight: null, weightType: 'samples', length: 4 },
    stackTable: { prefix: [null, 0], frame: [0, 1], length: 2 },
    frameTable: { func: [0, 1], line: [null, 7], length: 2 },
    funcTable: { name: [0, 1], fileName: [2, 2], lineNumber: [null, null], resource: [-1, -1], length: 2 },
    stringArray: ['main', 'work', '/app/m.rs'],
  };
  const dir = folder({ 'p.json': JSON.stringify({ meta: { interval: 2 }, libs: [], threads: [thread] }) });
  const { places, total } = await first(`${dir}/p.json`, '/app');
  expect({ places, total }).toEqual({
    places: [
      ['work m.rs:7', 75, 75],
      ['main m.rs', 25, 25],
    ],
    total: 8,
  });
});

test('pprof, packed or not: times, inlined functions, lines of functions', async () => {
  for (const gzip of [false, true]) {
    const dir = write('cpu.pprof', encode(gzip));
    expect(await first(`${dir}/cpu.pprof`, '/app')).toEqual({
      format: 'pprof',
      unit: 'ms',
      total: 40,
      places: [
        ['inner m.go:9', 75, 75],
        ['main m.go:3', 25, 25],
      ],
    });
  }
});

test.each([
  [
    'visualizer',
    {
      version: 2,
      tree: {},
      nodeParts: { p: { metaUid: 'a', renderedLength: 60 }, q: { metaUid: 'b', renderedLength: 40 } },
      nodeMetas: {
        a: { id: '/a.js', isEntry: true, imported: [{ uid: 'b' }] },
        b: { id: '/node_modules/x/i.js', imported: [] },
      },
    },
    [['a.js a.js:1', 60, 100]],
  ],
  [
    'source-map-explorer',
    { results: [{ bundleName: 'o.js', files: { 'src/a.js': { size: 75 }, '[unmapped]': { size: 25 } } }] },
    [['a.js src/a.js:1', 75, 75]],
  ],
])('bundles: %s', async (format, content, places) => {
  const dir = folder({ 'b.json': JSON.stringify(content) });
  const found = await first(`${dir}/b.json`, '/app');
  expect({ ...found, total: 0 }).toEqual({ format, unit: 'bytes', total: 0, places });
});
