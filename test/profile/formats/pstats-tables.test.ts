import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';
import { projectProfile } from '../../../src/profile/rank/project-profile.ts';
import { folder } from '../../helpers/folder.ts';
import { write } from '../programs.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;

const program = `import json, sys
def inner(n):
    s = 0
    for i in range(n): s += i % 7
    return s
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print('work 12')
json.loads(json.dumps(list(range(20000))))
inner(2000000); fib(12)
`;

/** Writes what python3 makes of the profile of the program. */
const convert = (dir: string, code: string) =>
  execFileSync('python3', ['-c', `import dataclasses, json, pstats; stats = pstats.Stats('m.pstats'); ${code}`], {
    cwd: dir,
  });

const ranked = async (dir: string, file: string) =>
  hotspots(await projectProfile([join(dir, file)], dir), dir, { threshold_pct: 99 });

test.skipIf(!hasPython)(
  'the printed table of cProfile is read after the program’s own output (needs python3)',
  async () => {
    const dir = folder({ 'src/m.py': program });
    writeFileSync(
      join(dir, 'out.txt'),
      execFileSync('python3', ['-m', 'cProfile', '-s', 'tottime', 'src/m.py'], { cwd: dir }),
    );
    const found = await ranked(dir, 'out.txt');
    // the table leaves all folders out: those of the project are found again, and Python's own files are not the project's
    expect(found.hotspots[0]).toMatchObject({ id: 'inner src/m.py:2', samples: 1 });
    expect(found.hotspots.map((h) => h.file).filter((file) => file !== 'src/m.py')).toEqual([]);
    expect({ format: found.format, unit: found.unit }).toEqual({ format: 'pstats-text', unit: 'ms' });
    // an own time bounds nothing
    expect(found.hotspots[0]).not.toHaveProperty('reaches_threshold');
    expect(found.warnings[0]).toContain('names no callers');
  },
);

test.skipIf(!hasPython)('a table that was cut off keeps the whole time (needs python3)', async () => {
  const dir = folder({ 'm.py': program });
  execFileSync('python3', ['-m', 'cProfile', '-o', 'm.pstats', 'm.py'], { cwd: dir });
  writeFileSync(join(dir, 'all.txt'), convert(dir, "stats.sort_stats('tottime').print_stats()"));
  writeFileSync(join(dir, 'one.txt'), convert(dir, "stats.sort_stats('tottime').print_stats(1)"));
  const [all, one] = [await ranked(dir, 'all.txt'), await ranked(dir, 'one.txt')];
  expect(one.hotspots.map((h) => h.function)).toEqual(['inner']);
  expect(Math.abs(one.total - all.total)).toBeLessThan(0.05 * all.total);
});

test.skipIf(!hasPython)('pstats as JSON gives what the pstats file gives (needs python3)', async () => {
  const dir = folder({ 'm.py': program });
  execFileSync('python3', ['-m', 'cProfile', '-o', 'm.pstats', 'm.py'], { cwd: dir });
  convert(dir, "json.dump(dataclasses.asdict(stats.get_stats_profile()), open('profile.json', 'w'))");
  const asText = '{str(k): (*v[:4], {str(c): n for c, n in v[4].items()}) for k, v in stats.stats.items()}';
  convert(dir, `json.dump(${asText}, open('stats.json', 'w'))`);
  const [binary, profile, stats] = await Promise.all(
    ['m.pstats', 'profile.json', 'stats.json'].map((f) => ranked(dir, f)),
  );
  expect(stats).toEqual(binary);
  expect(stats!.hotspots[0]).toHaveProperty('reaches_threshold', false);
  expect(profile!.format).toBe('pstats-json');
  const [expected, found] = [binary!, profile!].map((of) => of.hotspots.find((h) => h.function === 'inner')!);
  expect(found!.id).toBe(expected!.id);
  // the standard library rounds to milliseconds there
  expect(Math.abs(found!.self_pct - expected!.self_pct)).toBeLessThan(3);
});

test.each([
  ['no rows', 'x\n   ncalls  tottime  percall  cumtime  percall filename:lineno(function)\n\n', /rows in the table/],
  ['no functions', '{"total_tt": 1, "func_profiles": {}}', /func_profiles with functions/],
  ['no place in a key', `{"('a.py', 1, 'f')": [1, 1, 0.1, 0.1], "f": [1, 1, 0.1, 0.1]}`, /keys such as/],
  ['a number that is none', `{"('a.py', 1, 'f')": [1, 1, "x", 0.1]}`, /four numbers/],
])('refused: %s', async (_, text, reason) => {
  await expect(projectProfile([join(write('p', Buffer.from(text)), 'p')], '/')).rejects.toThrow(reason);
});
