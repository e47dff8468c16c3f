import { expect, test } from 'vitest';
import { isFailure } from '../../../src/core/errors.ts';
import { readProfile } from '../../../src/profile/formats/read-profile.ts';
import { projectProfile } from '../../../src/profile/rank/project-profile.ts';
import { folder } from '../../helpers/folder.ts';

const call = (lineNumber = 0) => ({ functionName: 'f', url: 'o.js', lineNumber, columnNumber: 0 });
const json = JSON.stringify;
const nested = (levels: number): string =>
  `{"callFrame":${json(call())},"selfSize":1,"id":${levels},"children":[${levels > 1 ? nested(levels - 1) : ''}]}`;
const chunk = (samples: string, timeDeltas: string) =>
  `{"traceEvents":[{"name":"ProfileChunk","args":{"data":{"cpuProfile":{"nodes":[{"id":1,"callFrame":${json(call())}}],"samples":${samples}},"timeDeltas":${timeDeltas}}}}]}`;
const speedscope = (profile: object) => json({ shared: { frames: [{ name: 'f' }] }, profiles: [profile] });

test.each([
  ['a heap profile nested without an end', 'a.heapprofile', `{"head":${nested(999)}}`, /at most 250 levels/],
  [
    'a stack of more frames than any program has',
    'a.folded',
    `main 1\n${'f;'.repeat(20_000)}g 1\n`,
    /at most 10000 frames/,
  ],
  ['an endless delta', 'a.json', chunk('[1,1]', '[1,1e999]'), /numbers of at least 0/],
  ['a sample that is no id', 'a.json', chunk('[{"toString":0}]', '[1]'), /samples that are ids/],
  [
    'a weight without an end',
    'a.speedscope.json',
    speedscope({ type: 'sampled', unit: 'none', samples: [[0]], weights: [7] }).replace('[7]', '[1e999]'),
    /numbers of at least 0/,
  ],
])('%s is refused with a clear message', async (_, name, content, problem) => {
  const dir = folder({ [name]: content });
  const thrown = await readProfile(`${dir}/${name}`).catch((error: unknown) => error);
  expect(isFailure(thrown, 'profile_unreadable'), String(thrown)).toBe(true);
  expect((thrown as Error).message).toMatch(problem);
});

test('functions without cost in callgrind are no hotspots, and do not disturb others', async () => {
  const text =
    'version: 1\ncreator: xdebug 3\nevents: Time\n\nfl=(1) /app/a.php\nfn=(1) {main}\n1 0\ncfn=(2) f\ncalls=1 0\n2 5\n\nfl=(1)\nfn=(2)\n3 5\n';
  const dir = folder({ 'cachegrind.out': text });
  expect((await readProfile(`${dir}/cachegrind.out`)).total).toBe(5);
});

test('a massif file with a tree of an unknown kind is read as far as it is known', async () => {
  const head = 'desc: --massif\ncmd: ./a\ntime_unit: i\nsnapshot=0\n';
  const dir = folder({
    'm.out': `${head}heap_tree=other\nn0: 7 x\nheap_tree=peak\nn0: 5 0x1: f (a.c:1)\nheap_tree=other\nn0: 9 y\n`,
  });
  expect((await readProfile(`${dir}/m.out`)).total).toBe(5);
});

test.each([
  ['data that is no text', '//# sourceMappingURL=data:application/json,%zz'],
  [
    'mappings without sources',
    `//# sourceMappingURL=data:application/json,${encodeURIComponent(json({ version: 3, sources: [], names: [], mappings: 'AAAA' }))}`,
  ],
])('a source map with %s leaves places as they are', async (_, code) => {
  const nodes = [
    { id: 1, callFrame: call() },
    { id: 2, callFrame: call(0.5) },
  ];
  const dir = folder({ 'o.js': code, 'p.cpuprofile': json({ nodes, samples: [1, 2, 1], timeDeltas: [0, 5, 5] }) });
  const { frames } = await projectProfile([`${dir}/p.cpuprofile`], dir);
  expect(frames.map(({ file, line }) => [file, line])).toEqual([
    ['o.js', 1],
    ['o.js', null],
  ]);
});

test('sources of webpack are places in the project', async () => {
  const map = { version: 3, sources: ['webpack://app/./src/a.js', 'ng://x.js'], names: [], mappings: 'AAAA' };
  const code = `//# sourceMappingURL=data:application/json,${encodeURIComponent(json(map))}`;
  const profile = { nodes: [{ id: 1, callFrame: call() }], samples: [1, 1], timeDeltas: [0, 5] };
  const dir = folder({ 'o.js': code, 'src/a.js': '', 'p.cpuprofile': json(profile) });
  expect((await projectProfile([`${dir}/p.cpuprofile`], dir)).frames[0]).toMatchObject({ file: 'src/a.js', line: 1 });
});
