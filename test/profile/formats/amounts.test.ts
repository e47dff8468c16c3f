import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readProfile } from '../../../src/profile/formats/read-profile.ts';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';
import { folder } from '../../helpers/folder.ts';
import { ranked } from './ranked.ts';

const found = (name: string) => readProfile(join(import.meta.dirname, 'fixtures/found', name));

/** The functions of a profile, a fixture or a text with a name, with their own weights, the heaviest first. */
async function own(content: string, name?: string) {
  const profile = name === undefined ? found(content) : readProfile(join(folder({ [name]: content }), name));
  const { nodes, frames, ...rest } = await profile;
  const sums = new Map<string, number>();
  for (const { frame, self } of nodes)
    if (self > 0) sums.set(frames[frame]!.function, (sums.get(frames[frame]!.function) ?? 0) + self);
  return { ...rest, own: [...sums].sort((a, b) => b[1] - a[1]) };
}

test('the weight of a perf sample is its period', async () => {
  expect(await own('periods.perf')).toMatchObject({
    unit: 'events',
    samples: 10,
    own: [
      ['big', 991],
      ['small', 9],
    ],
  });
});

test('the first of several perf events is read, and the others are named', async () => {
  const { own: weights, unit, notes } = await own('two-events.perf');
  expect({ weights, unit }).toEqual({ weights: [['slow', 250000]], unit: 'cycles' });
  expect(notes.join()).toContain('page-faults (9)');
});

test('clocks of perf are times; event names lose their modifiers', async () => {
  const text =
    'app 1 1.1:   2000000 cpu-clock:uhpppH: \n\tff main (/app/a)\n\napp 1 1.2: 1000000 cpu-clock: \n\tff f (/app/a)\n\n';
  const { unit, total, format } = await readProfile(`${folder({ 'p.txt': text })}/p.txt`);
  expect({ unit, total, format }).toEqual({ unit: 'ms', total: 3, format: 'perf-script' });
});

test('headers of perf without a time, stacks on the line of the header, and frames without indentation', async () => {
  const text = 'java 9 cycles:\nff0 a (/app/x)\n\njava 9 cycles:  ff1 b+0x1 (/app/x)\njava 9 cycles:\n\n';
  const { total, frames } = await readProfile(`${folder({ 'p.txt': text })}/p.txt`);
  expect({ total, names: frames.map((frame) => frame.function) }).toEqual({
    total: 3,
    names: ['a', 'b', '(no stack)'],
  });
});

test('perf: a frame without a symbol is one, tabs may stand for spaces, and the last sample counts without a line after it', async () => {
  const text =
    'app\t1 [007] 1.1:\t\t1 cycles:u:\n\tff  (/tmp/perf-1.map)\n\tfe main (/app/x)\n\n' +
    'app\t1 [007] 1.2:\t\t1 cycles:u:\n        b3ce\tmain (/app/x)\n        b3cf\tstart (/app/x)';
  expect(await own(text, 'p.txt')).toMatchObject({
    total: 2,
    own: [
      ['[unknown]', 1],
      ['main', 1],
    ],
  });
});

test('callgrind: a function called from inlined lines is in their file, also if fi stands for fl', async () => {
  const { hotspots: list } = hotspots(await found('inlined.callgrind'), '/app');
  expect(list.find((h) => h.function === 'main')).toMatchObject({ self_pct: 20, total_pct: 100 });
  const text = 'events: Ir\n\nfi=(1) a.c\nfn=(1) main\n1 10\ncfn=(2) f\ncalls=1 2\n2 90\n\nfn=(2)\n2 90\n';
  expect((await ranked('cg.out', text)).shares).toEqual([
    ['f a.c:2', 90, 90],
    ['main a.c:1', 10, 100],
  ]);
});

test('callgrind: the time that Xdebug counts is a time', async () => {
  const text = 'events: Time_(10ns) Memory_(bytes)\n\nfl=(1) /app/a.php\nfn=(1) {main}\n1 200000 5\n';
  const { unit, total } = await ranked('cachegrind.out', text);
  expect(unit).toBe('ms');
  expect(total).toBeCloseTo(2, 9);
});

test('massif: the sum of many small places counts in the whole', async () => {
  const { total, own: weights } = await own('remainder.massif');
  expect({ total, first: weights[0] }).toEqual({ total: 1000, first: ['load', 600] });
});

test('pprof: among several times a non-zero one is read, in any order of the fields', async () => {
  for (const name of ['cpu-and-locks.pprof', 'types-last.pb']) {
    const { total, unit, samples, notes, own: weights } = await own(name);
    expect({ total, unit, samples, weights }).toEqual({
      total: 5000,
      unit: 'ms',
      samples: null,
      weights: [['main', 5000]],
    });
    expect(notes.join()).toBe(
      name === 'types-last.pb' ? '' : 'Only cpu is read; the file also holds lock-time. Choose with --value.',
    );
  }
});

test('pprof: a heap profile has as many samples as its bytes by the rate', async () => {
  const { samples, total, unit } = await readProfile(join(import.meta.dirname, 'fixtures/go-allocs.pb.gz'));
  expect(unit).toBe('bytes');
  expect(samples).toBe(Math.round(total / 524_288));
});

test('a missing number of samples is unknown, not 0', async () => {
  const call = { functionName: 'f', url: 'file:///app/a.js', lineNumber: 0, columnNumber: 0 };
  const text = JSON.stringify({
    head: {
      callFrame: { ...call, functionName: '(root)', url: '' },
      selfSize: 0,
      id: 1,
      children: [{ callFrame: call, selfSize: 9, id: 2, children: [] }],
    },
  });
  const { hotspots: list, warnings } = hotspots(
    await readProfile(`${folder({ 'h.heapprofile': text })}/h.heapprofile`),
    '/app',
  );
  expect(list[0]).toMatchObject({ samples: null, ceiling_ci95_pct: null });
  expect(warnings.join()).toMatch(/does not give its number/);
  expect((await ranked('a.folded', 'main;f 1.5\nmain 0.5\n')).hotspots[0]).toMatchObject({ samples: null });
});

test('negative values of a difference are left out, with a note', async () => {
  const { total, warnings } = await ranked('a.folded', 'main;f 6\nmain;g -4\n');
  expect(total).toBe(6);
  expect(warnings.join()).toMatch(/1 negative value \(−4\.00 samples\)/);
});

test('the later profile of a difference of two is read', async () => {
  const { total, warnings, shares } = await ranked('d.folded', 'main;f 10 30\nmain;g 5 10\n');
  expect({ total, shares }).toEqual({
    total: 40,
    shares: [
      ['f', 75, 75],
      ['g', 25, 25],
      ['main', 0, 100],
    ].slice(0, 2),
  });
  expect(warnings.join()).toMatch(/two profiles/);
});

test('a warning about bytes does not speak of time', async () => {
  const text = JSON.stringify({
    inputs: {},
    outputs: { 'o.js': { bytes: 3, inputs: { 'node_modules/x/i.js': { bytesInOutput: 3 } } } },
  });
  expect((await ranked('meta.json', text)).warnings.join()).not.toMatch(/time/);
});

test.each(['trace-list.json', 'trace-stray-chunk.json'])('%s: the samples of V8 in a trace', async (name) => {
  expect(await own(name)).toMatchObject({ format: 'chrome-trace', total: 2, own: [['work', 2]] });
});

test('samples that a trace does not describe are left out, with a note', async () => {
  expect((await found('trace-stray-chunk.json')).notes.join()).toMatch(/2 samples of functions/);
});

test('a pretty-printed speedscope file, a raw profile of Gecko', async () => {
  expect(await own('pretty.speedscope.json')).toMatchObject({ total: 4, own: [['a', 4]] });
  expect(await own('gecko.json')).toMatchObject({ format: 'firefox', unit: 'ms', total: 3, own: [['work', 3]] });
});

const categories = [{ name: 'Idle' }, { name: 'JavaScript' }];
// work, and below it a frame that waits, which calls one without a category
const processed = {
  samples: { stack: [0, 1, 2, 2], weight: null, weightType: 'samples', length: 4 },
  stackTable: { prefix: [null, 0, 1], frame: [0, 1, 2], length: 3 },
  frameTable: { func: [0, 1, 2], line: [null, null, null], category: [1, 0, null], length: 3 },
  funcTable: { name: [0, 1, 2], fileName: [0, 0, 0], lineNumber: [1, 1, 1], resource: [-1, -1, -1], length: 3 },
  stringArray: ['work', 'wait', 'poll'],
};
const raw = {
  samples: { schema: { stack: 0 }, data: [[0], [1], [2], [2]] },
  stackTable: {
    schema: { prefix: 0, frame: 1 },
    data: [
      [null, 0],
      [0, 1],
      [1, 2],
    ],
  },
  frameTable: { schema: { location: 0, category: 1 }, data: [[0, 1], [1, 0], [2]] },
  stringTable: ['work', 'wait', 'poll'],
};
test.each([
  ['processed', { libs: [], threads: [processed] }],
  ['raw', { libs: [], threads: [raw] }],
])('Firefox, %s: samples of the category Idle are waiting', async (_, rest) => {
  const text = JSON.stringify({ meta: { interval: 2, categories }, ...rest });
  expect(await own(text, 'f.json')).toMatchObject({ total: 2, idle: 6, samples: 1, own: [['work', 2]] });
});

test('frames that are never closed in an evented speedscope file last until its end', async () => {
  const events = [{ type: 'O', frame: 0, at: 1 }];
  const profiles = [{ type: 'evented', name: 'p', unit: 'milliseconds', startValue: 0, endValue: 9, events }];
  const text = JSON.stringify({ shared: { frames: [{ name: 'a' }] }, profiles });
  expect(await own(text, 'a.speedscope.json')).toMatchObject({ total: 8, own: [['a', 8]] });
});

test('text in UTF-16, which PowerShell writes', async () => {
  const bytes = Buffer.from('\ufeffmain;work 12\n', 'utf16le');
  const dir = folder({});
  const { writeFileSync } = await import('node:fs');
  writeFileSync(join(dir, 'a.folded'), bytes);
  expect((await readProfile(join(dir, 'a.folded'))).total).toBe(12);
});
