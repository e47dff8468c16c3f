import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';
import { readProfile } from '../../../src/profile/formats/read-profile.ts';
import { excerptOf } from '../../../src/profile/rank/excerpt.ts';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';
import { projectProfile } from '../../../src/profile/rank/project-profile.ts';
import { folder } from '../../helpers/folder.ts';
import { encode } from '../formats/pprof.ts';
import { profileOf, write } from '../programs.ts';

const program = `export function burn(n) {
  let s = 0;
  for (let i = 0; i < n; i++)
    s += Math.sqrt(i) % 7;
  return s;
}
function often() { for (let i = 0; i < 3; i++) burn(2e7); }
function once() { burn(2e7); }
often();
once();
`;

test('node: the line that ran, and by whom the function was reached', async () => {
  const { root, profile } = await profileOf({ 'm.mjs': program });
  const burn = hotspots(profile, root).hotspots[0]!;
  expect(burn).toMatchObject({ id: 'burn m.mjs:1' });
  expect([3, 4]).toContain(burn.lines[0]!.line);
  expect(burn.lines.reduce((sum, { pct }) => sum + pct, 0)).toBeLessThanOrEqual(burn.self_pct + 0.001);
  expect(burn.callers.map((caller) => caller.function)).toEqual(['often m.mjs:7', 'once m.mjs:8']);
});

test('through a source map, lines are those of the source', async () => {
  const source = program.replace('(n)', '(n: number): number').replace('let s', 'type Sum = number;\n  let s');
  const root = folder({ 'src/m.ts': source });
  buildSync({ absWorkingDir: root, entryPoints: ['src/m.ts'], outfile: join(root, 'o.mjs'), sourcemap: 'inline' });
  execFileSync(process.execPath, ['--cpu-prof', '--cpu-prof-name=p.cpuprofile', 'o.mjs'], { cwd: root });
  const burn = hotspots(await projectProfile([join(root, 'p.cpuprofile')], root), root).hotspots[0]!;
  expect(burn.file).toBe('src/m.ts');
  expect([4, 5]).toContain(burn.lines[0]!.line);
});

const c = `#include <string.h>
static char a[65536];
static void twice(int i) {
  memset(a, i, sizeof a);
  a[i] = 1;
  memset(a, i + 1, 32768);
}
int main(void) { for (int i = 0; i < 50; i++) twice(i); return a[3] == 3; }
`;
const hasValgrind = ['valgrind', 'cc'].every((tool) => spawnSync(tool, ['--version']).status === 0);

test.skipIf(!hasValgrind)(
  'callgrind: what a library takes belongs to the line that calls it (needs valgrind and a compiler)',
  async () => {
    const dir = folder({ 'm.c': c });
    execFileSync('cc', ['-g', '-O0', '-fno-builtin', '-o', 'm', 'm.c'], { cwd: dir });
    execFileSync('valgrind', ['--tool=callgrind', '--callgrind-out-file=cg.out', './m'], { cwd: dir, stdio: 'pipe' });
    const [first] = hotspots(await readProfile(join(dir, 'cg.out')), dir).hotspots;
    expect(first).toMatchObject({ id: 'twice m.c:3', lines: [{ line: 4 }, expect.anything(), expect.anything()] });
    expect(first!.lines[0]!.pct).toBeGreaterThan(50);
  },
);

test('pprof: stacks tell the line of each call', async () => {
  const dir = write('p.pb', encode(false));
  const { hotspots: found } = hotspots(await readProfile(`${dir}/p.pb`), '/app');
  const lines = Object.fromEntries(found.map((h) => [h.function, h.lines]));
  expect(lines).toEqual({ inner: [{ line: 11, pct: 75 }], main: [{ line: 4, pct: 25 }] });
});

test('py-spy: collapsed or for speedscope, a function is one hotspot with its lines', async () => {
  const frames = [
    { name: 'main', file: '/app/m.py', line: 9 },
    { name: 'work', file: '/app/m.py', line: 3 },
    { name: 'work', file: '/app/m.py', line: 4 },
  ];
  const sampled = {
    type: 'sampled',
    unit: 'none',
    samples: [
      [0, 1],
      [0, 2],
    ],
    weights: [1, 3],
  };
  const dir = folder({
    'p.txt': 'main (/app/m.py:9);work (/app/m.py:3) 1\nmain (/app/m.py:9);work (/app/m.py:4) 3\n',
    'p.json': JSON.stringify({ shared: { frames }, profiles: [sampled] }),
  });
  for (const file of ['p.txt', 'p.json']) {
    const [first, ...others] = hotspots(await readProfile(join(dir, file)), '/app').hotspots;
    const lines = [
      { line: 4, pct: 75 },
      { line: 3, pct: 25 },
    ];
    expect(first).toMatchObject({ id: 'work m.py:3', self_pct: 100, lines });
    expect(others).toEqual([]);
  }
});

test('the excerpt shows the beginning of a function and its expensive lines', () => {
  const root = folder({ 'm.mjs': program });
  const lines = [
    { line: 4, pct: 61.04 },
    { line: 9999, pct: 3 },
    { line: 2, pct: 0.1 },
  ];
  expect(excerptOf(root, { file: 'm.mjs', line: 1, lines })).toEqual([
    '    1 │ export function burn(n) {',
    '    4 │     s += Math.sqrt(i) % 7;  ← 61.0 %',
  ]);
  expect(excerptOf(root, { file: 'm.mjs', line: 8 })).toEqual([
    '    8 │ function once() { burn(2e7); }',
    '    9 │ often();',
    '   10 │ once();',
  ]);
});
