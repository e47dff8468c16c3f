import { expect, test } from 'vitest';
import { ranked } from './ranked.ts';

const x = (name: string, ts: number, dur: number, args: object = {}, tid = 1) => ({
  pid: 1,
  tid,
  ph: 'X',
  name,
  ts,
  dur,
  args,
});
const b = (name: string, ts: number) => ({ pid: 1, tid: 1, ph: 'B', name, ts });
const e = (name: string, ts: number) => ({ pid: 1, tid: 1, ph: 'E', name, ts });
const json = JSON.stringify;

test('clang: own times by what is compiled; its sums by name are left out', async () => {
  const events = [
    x('Frontend', 0, 8000),
    x('Source', 1000, 5000, { detail: '/app/src/a.h' }),
    x('InstantiateFunction', 2000, 1000, { detail: 'sort<int>' }),
    x('Total Source', 0, 9000, { count: 1 }, 2),
  ];
  const { total, format, shares } = await ranked('t.json', json({ traceEvents: events, beginningOfTime: 1 }));
  expect({ total, format }).toEqual({ total: 8, format: 'trace-events' });
  expect(shares[0]).toEqual(['Frontend', 38, 100]);
});

test('tsc: the file of an event is its place', async () => {
  const events = [
    { pid: 1, tid: 1, ph: 'M', name: 'process_name', ts: 0 },
    { pid: 1, tid: 1, ph: 'B', name: 'check', ts: 0, cat: 'check' },
    x('checkSourceFile', 10, 30, { path: 'src/a.ts' }),
    { pid: 1, tid: 1, ph: 'E', name: 'check', ts: 100 },
  ];
  const { shares, total } = await ranked('trace.json', json(events));
  expect(total).toBeCloseTo(0.1, 9);
  expect(shares).toEqual([
    ['check', 70, 100],
    ['checkSourceFile src/a.ts', 30, 30],
  ]);
});

test('viztracer: names hold file and line', async () => {
  const events = [x('main (app.py:9)', 0, 100), x('parse (app.py:3)', 10, 60)];
  expect((await ranked('r.json', json({ traceEvents: events }))).shares).toEqual([
    ['parse app.py:3', 60, 60],
    ['main app.py:9', 40, 100],
  ]);
});

test('threads are apart, and ends without a beginning are told', async () => {
  const events = [x('a', 0, 10), x('b', 0, 30, {}, 2), { pid: 1, tid: 1, ph: 'E', name: 'z', ts: 5 }];
  const { shares, warnings } = await ranked('t.json', json(events));
  expect(shares).toEqual([
    ['b', 75, 75],
    ['a', 25, 25],
  ]);
  expect(warnings.join()).toMatch(/1 end of events/);
});

test.each([']', '', ',', ',\n'])('the end of a list may be missing: “%s”', async (end) => {
  expect((await ranked('t.json', json([x('a', 0, 2000)]).replace(/\]$/, end))).total).toBe(2);
});

test.each([
  ['two that overlap', [x('a', 0, 10), x('b', 5, 10)], 0.015],
  ['ends in another order', [b('a', 0), b('b', 1), e('a', 9), e('b', 15)], 0.015],
  ['an end that never came', [b('a', 0), b('b', 1), e('a', 15), x('c', 20, 0)], 0.015],
  ['a beginning and a whole event at the same time', [x('a', 0, 10), b('b', 0), e('b', 15)], 0.015],
  ['only the time of the thread', [{ ...x('a', 0, 0), dur: undefined, tdur: 15 }], 0.015],
])('own times add up to the time in which any event was open: %s', async (_, events, total) => {
  expect((await ranked('t.json', json(events))).total).toBeCloseTo(total, 9);
});

test('overlapping events are siblings within the event that contains them', async () => {
  const chain = Array.from({ length: 20_000 }, (_, i) => x(i % 2 ? 'b' : 'a', i * 2, 3));
  const { shares, total } = await ranked('t.json', json([x('all', 0, 50_000), ...chain]));
  expect(total).toBeCloseTo(50, 9);
  expect(new Map(shares.map(([name, , all]) => [name, all]))).toEqual(
    new Map([
      ['a', 40],
      ['b', 40],
      ['all', 100],
    ]),
  );
});

test('the samples of Hermes last until the next one of their thread', async () => {
  const sample = (ts: string, sf: number, tid = '1') => ({ cpu: '-1', name: '', ts, pid: 7, tid, weight: '1', sf });
  const trace = {
    traceEvents: [x('mqt_js', 0, 0)],
    samples: [sample('1000', 2), sample('1000', 3, '2'), sample('4000', 3), sample('5000', 4), sample('6000', 1)],
    stackFrames: {
      1: { name: '[root]', category: 'root' },
      2: { name: 'load(app.js:1:1)', parent: 1 },
      3: { name: 'parse(app.js:17:3)', parent: 2 },
      4: { name: '[GC Young Gen]', parent: 3 },
    },
  };
  const { shares, total, unit } = await ranked('h.json', json(trace));
  expect({ shares, total, unit }).toEqual({
    total: 5,
    unit: 'ms',
    shares: [
      ['load app.js:1', 60, 100],
      ['parse app.js:17', 20, 40],
    ],
  });
});

test('Hermes gives the first line of a function and the line that ran', async () => {
  const args = { url: 'app.js', line: 54, funcLine: '50', name: 'beta' };
  expect((await ranked('h.json', json([x('beta', 0, 5, args)]))).shares).toEqual([['beta app.js:50', 100, 100]]);
});

test('old versions of Chrome put a whole profile into one event', async () => {
  const call = { functionName: 'work', url: 'file:///x/a.js', lineNumber: 0, columnNumber: 0 };
  const cpuProfile = { nodes: [{ id: 1, callFrame: call }], samples: [1, 1], timeDeltas: [0, 3000] };
  const event = { pid: 1, tid: 1, ts: 1, ph: 'I', name: 'CpuProfile', args: { data: { cpuProfile } } };
  const { total, format } = await ranked('t.json', json({ traceEvents: [x('task', 0, 9000), event] }));
  expect({ total, format }).toEqual({ total: 3, format: 'chrome-trace' });
});

test('stackprof: whole stacks, or functions and their calls', async () => {
  const frame = (name: string, own: number, all: number, edges: object) => ({
    name,
    file: 'a.rb',
    line: 3,
    samples: own,
    total_samples: all,
    edges,
  });
  const frames = { 1: frame('main', 1, 10, { 2: 9 }), 2: frame('work', 9, 9, {}) };
  const head = { version: 1.2, mode: 'cpu', interval: 1000, samples: 10, frames };
  for (const raw of [undefined, [2, 1, 2, 9, 1, 1, 1]]) {
    const { shares, unit, total } = await ranked('s.json', json({ ...head, raw }));
    expect({ shares, unit, total }).toEqual({
      shares: [
        ['work a.rb:3', 90, 90],
        ['main a.rb:3', 10, 100],
      ],
      unit: 'ms',
      total: 10,
    });
  }
});
