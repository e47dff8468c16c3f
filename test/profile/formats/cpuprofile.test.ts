import { expect, test } from 'vitest';
import { isFailure } from '../../../src/core/errors.ts';
import { readCpuProfile } from '../../../src/profile/formats/cpuprofile.ts';

const call = (functionName: string, url = '', lineNumber = -1) => ({
  functionName,
  scriptId: '0',
  url,
  lineNumber,
  columnNumber: lineNumber,
});
const bytes = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

const tree = [
  { id: 1, callFrame: call('(root)'), children: [2, 3, 4, 5] },
  { id: 2, callFrame: call('(program)') },
  { id: 3, callFrame: call('(idle)') },
  { id: 4, callFrame: call('(garbage collector)') },
  { id: 5, callFrame: call('f', 'file:///app/a.js', 9), children: [6] },
  { id: 6, callFrame: call('g', 'file:///app/a.js', 19) },
];

function read(samples: number[], timeDeltas: number[]) {
  const profile = readCpuProfile(bytes({ nodes: tree, startTime: 0, endTime: 0, samples, timeDeltas }), 'x.cpuprofile');
  const stackOf = (i: number): string => {
    const node = profile.nodes[i]!;
    const { function: name } = profile.frames[node.frame]!;
    return node.parent === -1 ? name : `${stackOf(node.parent)} ${name}`;
  };
  const spent = profile.nodes.map((node, i) => [stackOf(i), node.self] as const).filter(([, self]) => self > 0);
  return { profile, spent: Object.fromEntries(spent) };
}

test('a sample lasts until the next one is taken', () => {
  const { profile, spent } = read([5, 6, 5, 2], [500, 1000, 2000, 4000]);
  expect(spent).toEqual({ f: 5, 'f g': 2 });
  expect(profile).toMatchObject({ unit: 'ms', total: 7, samples: 4 });
});

test('idle time is not in the total', () => {
  const { profile } = read([5, 3, 5], [0, 1000, 9000]);
  expect(profile).toMatchObject({ total: 1, idle: 9 });
});

test('the garbage collector belongs to the stack that it interrupted', () => {
  expect(read([6, 4, 4, 5], [0, 1000, 1000, 1000]).spent).toEqual({ 'f g': 1, 'f g (garbage collector)': 2 });
});

test('the garbage collector after a wait counts for no function', () => {
  expect(read([6, 3, 4, 5], [0, 1000, 1000, 1000]).spent).toEqual({ 'f g': 1, '(garbage collector)': 1 });
});

test('samples out of order are put in order', () => {
  expect(read([5, 2, 6, 5], [0, 3000, -1000, 2000]).spent).toEqual({ f: 2, 'f g': 1, '(program)': 1 });
});

test('native functions with the names of object methods are native functions', () => {
  const nodes = [{ id: 1, callFrame: call('constructor') }];
  const profile = readCpuProfile(bytes({ nodes, samples: [1, 1], timeDeltas: [0, 1000] }), 'x.cpuprofile');
  expect(profile.frames[0]!.kind).toBe('native');
});

test('lines and columns count from 1', () => {
  const { profile } = read([5], [0]);
  expect(profile.frames.find((f) => f.function === 'f')).toMatchObject({
    file: 'file:///app/a.js',
    line: 10,
    column: 10,
  });
});

test.each([
  ['empty', '', /expected JSON/],
  ['cut off', '{"nodes":[', /expected JSON/],
  [
    'a trace',
    { traceEvents: [] },
    /expected an object with the lists nodes, samples.* no list nodes, samples, timeDeltas/,
  ],
  ['null', 'null', /no list nodes/],
  ['without samples', { nodes: tree, timeDeltas: [] }, /no list samples/],
  ['too few deltas', { nodes: tree, samples: [5, 5], timeDeltas: [1] }, /2 samples, 1 deltas/],
  ['deltas that are no numbers', { nodes: tree, samples: [5], timeDeltas: ['1'] }, /a number at byte \d+, found “"1"/],
  ['deltas without a number', { nodes: tree, samples: [5], timeDeltas: [null] }, /one time delta per sample/],
  ['a sample of nothing', { nodes: tree, samples: [77], timeDeltas: [1] }, /a sample of node 77/],
  ['a broken node', { nodes: [{ id: 1 }], samples: [], timeDeltas: [] }, /nodes\[0\]/],
  ['a missing child', { nodes: [{ ...tree[5], children: [9] }], samples: [], timeDeltas: [] }, /child 9/],
  [
    'two callers',
    { nodes: [...tree, { id: 7, callFrame: call('h'), children: [6] }], samples: [], timeDeltas: [] },
    /two/,
  ],
])('%s: the error says what was expected and found', (_, content, problem) => {
  let thrown: unknown;
  try {
    readCpuProfile(bytes(content), 'bad.cpuprofile');
  } catch (error) {
    thrown = error;
  }
  expect(isFailure(thrown, 'profile_unreadable')).toBe(true);
  expect((thrown as Error).message).toMatch(/bad\.cpuprofile/);
  expect((thrown as Error).message).toMatch(problem);
});

test('nodes that call each other in a circle are no tree', () => {
  const circle = [
    { id: 1, callFrame: call('a'), children: [2] },
    { id: 2, callFrame: call('b'), children: [1] },
  ];
  const content = bytes({ nodes: circle, samples: [1], timeDeltas: [1] });
  expect(() => readCpuProfile(content, 'bad.cpuprofile')).toThrow(/node 1, whose callers form a circle/);
});

test('the older form of v8-profiler: nodes within nodes, a timestamp for each sample, lines from 1', () => {
  const work = { functionName: 'work', url: 'file:///app/a.js', lineNumber: 3, id: 2, children: [] };
  const head = { functionName: '(root)', url: '', lineNumber: 0, id: 1, children: [work] };
  const content = { typeId: 'CPU', uid: '1', title: 'x', head, startTime: 5, endTime: 9, samples: [2, 2] };
  const read = (timestamps: number[]) => readCpuProfile(bytes({ ...content, timestamps }), 'x.cpuprofile');
  expect(read([5000, 7000])).toMatchObject({ total: 2, frames: [{ function: 'work', line: 3 }] });
  expect(read([5000, 7000, 8000]).total).toBe(3);
  expect(() => read([5000])).toThrow(/a timestamp per sample/);
});
