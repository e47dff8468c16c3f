import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { traces } from '../../benchmarks/gate/traces.ts';
import { figureOf, ratioOf } from '../../benchmarks/shared/figure.ts';
import { inTurn } from '../../benchmarks/shared/in-turn.ts';
import { table } from '../../benchmarks/shared/table.ts';

test('subjects are measured in turn, in changing order, and the first round is discarded', async () => {
  const log: string[] = [];
  const subject = (name: string) => ({ name, take: async () => log.push(name) });
  const taken = await inTurn(['a', 'b', 'c'].map(subject), 20);
  expect(log).toHaveLength(63);
  const rounds = Array.from({ length: 21 }, (_, i) => log.slice(3 * i, 3 * i + 3));
  for (const round of rounds) expect([...round].sort()).toEqual(['a', 'b', 'c']);
  expect(new Set(rounds.map((r) => r.join(''))).size).toBeGreaterThan(3);
  for (const values of taken.values()) expect(values).toHaveLength(20);
  expect(Math.min(...[...taken.values()].flat())).toBeGreaterThan(3);
});

test('ratios are computed round by round, so that a slow round does not change them', () => {
  const reference = [1, 2, 4, 8, 16, 32, 64];
  expect(
    ratioOf(
      reference.map((v) => 3 * v),
      reference,
    ),
  ).toEqual({ median: 3, low: 3, high: 3 });
  expect(figureOf([5, 1, 2]).low).toBeNaN();
});

test('a table aligns its columns', () => {
  expect(
    table(
      ['name', 'ms'],
      [
        ['a', '1.25'],
        ['longer', '10'],
      ],
    ).split('\n'),
  ).toEqual(['name      ms', '──────  ────', 'a       1.25', 'longer    10']);
});

test('the recorded traces are complete, and play from a position that the seed determines', () => {
  const all = traces();
  expect(all.map((t) => t.name)).toContain('trace 3, cpu');
  for (const { make } of all) {
    const machine = make(() => 0);
    const values = Array.from({ length: 601 }, () => Math.exp(machine.next()));
    expect(values.every((ms) => ms > 50 && ms < 2000)).toBe(true);
    expect(values[600]).toBe(values[0]);
    expect(new Set(values).size).toBeGreaterThan(400);
  }
});

test('without hyperfine, the comparison with it names the package to install, and exits with 3', () => {
  const script = fileURLToPath(new URL('../../benchmarks/accuracy.ts', import.meta.url));
  const bare = {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { PATH: '/nowhere' },
    stdio: 'pipe' as const,
  };
  const failed = (() => {
    try {
      execFileSync(process.execPath, ['--import', 'tsx', script], bare);
    } catch (error) {
      return error as { status: number; stderr: Buffer };
    }
  })();
  expect(failed?.status).toBe(3);
  expect(String(failed?.stderr)).toMatch(/hyperfine.*apt-get install/);
});
