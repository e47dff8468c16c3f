import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { readProfile } from '../../../src/profile/formats/read-profile.ts';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';
import { folder } from '../../helpers/folder.ts';

const isThere = (tool: string, ...args: string[]) => spawnSync(tool, args).status === 0;
const has = {
  python: isThere('python3', '--version'),
  valgrind: isThere('valgrind', '--version') && isThere('cc', '--version'),
};

const ranked = async (dir: string, file: string) => hotspots(await readProfile(`${dir}/${file}`), dir);

test('node --heap-prof: the functions that hold the memory', async () => {
  const dir = folder({
    'm.mjs': `const kept = [];
function hold() { for (let i = 0; i < 2e5; i++) kept.push({ i, text: 'x' + i }); }
hold();`,
  });
  execFileSync(process.execPath, ['--heap-prof', '--heap-prof-name=m.heapprofile', 'm.mjs'], { cwd: dir });
  const { hotspots: found, unit, format } = await ranked(dir, 'm.heapprofile');
  expect({ unit, format, id: found[0]!.id }).toEqual({ unit: 'bytes', format: 'heapprofile', id: 'hold m.mjs:2' });
  expect(found[0]!.ceiling_pct).toBeGreaterThan(60);
});

const program = `import json
def inner(n):
    return sum(i % 7 for i in range(n))
def outer():
    for _ in range(40): json.loads(json.dumps(list(range(5000))))
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
inner(200000); outer(); fib(18)
`;

test.skipIf(!has.python)(
  'cProfile: the library’s time belongs to its caller, a recursion counts once (needs python3)',
  async () => {
    const dir = folder({ 'm.py': program });
    execFileSync('python3', ['-m', 'cProfile', '-o', 'm.pstats', 'm.py'], { cwd: dir });
    const { hotspots: found, total, format } = await ranked(dir, 'm.pstats');
    const named = (name: string) => found.find((h) => h.function === name)!;
    expect(format).toBe('pstats');
    expect(named('outer').ceiling_pct).toBeGreaterThan(2 * named('outer').self_pct);
    expect(named('outer').ceiling_ci95_pct).toBeNull();
    expect(named('inner')).toMatchObject({ line: 2, file: 'm.py' });
    expect(named('fib').total_pct).toBeLessThan(90);
    const sum = found.reduce((all, h) => all + h.ceiling_pct, 0);
    expect(sum).toBeLessThanOrEqual(100.001);
    expect(total).toBeGreaterThan(0);
  },
);

const c = `#include <stdlib.h>
long burn(long n) { long s = 0; for (long i = 0; i < n; i++) s += i % 7; return s; }
long work(int k) { long s = 0; for (int i = 0; i < k; i++) s += burn(20000) + ((char *)calloc(1, 50000))[3]; return s; }
int main(void) { return work(40) == 3; }
`;

test.skipIf(!has.valgrind)('callgrind: instructions of each function (needs valgrind and a compiler)', async () => {
  const dir = folder({ 'm.c': c });
  execFileSync('cc', ['-g', '-O0', '-o', 'm', 'm.c'], { cwd: dir });
  execFileSync('valgrind', ['--tool=callgrind', '--callgrind-out-file=cg.out', './m'], { cwd: dir, stdio: 'pipe' });
  const { hotspots: found, unit } = await ranked(dir, 'cg.out');
  expect({ unit, id: found[0]!.id }).toEqual({ unit: 'instructions', id: 'burn m.c:2' });
  expect(found.find((h) => h.function === 'work')!.total_pct).toBeGreaterThan(90);
});
