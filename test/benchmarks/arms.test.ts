import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { goalsOf } from '../../benchmarks/arms/goals.ts';
import { prepared, type Row, steps } from '../../benchmarks/arms/prepare.ts';
import { textOf } from '../../benchmarks/arms/text.ts';
import { temporaryFolder } from '../helpers/repository.ts';

test('times every step of preparing arms on a real project of the stated size, and leaves no files', async () => {
  const dir = temporaryFolder();
  const row = await prepared(dir, 60, 1);
  expect(row.files).toBe(60);
  expect(row.mb).toBeGreaterThan(0.5);
  expect(row.mb).toBeLessThan(5);
  expect(Object.keys(row.ms)).toEqual([...steps]);
  for (const ms of Object.values(row.ms)) expect(ms).toBeGreaterThan(0);
  expect(readdirSync(dir)).toEqual([]);
});

test('reports the one step that takes too long as a missed goal', () => {
  const ms = Object.fromEntries(steps.map((step) => [step, 1999])) as Row['ms'];
  const rows: Row[] = [
    { files: 1000, mb: 26, ms },
    { files: 35_000, mb: 900, ms: { ...ms, 'first arm': 9000, 'second arm': 2001 } },
  ];
  const goals = goalsOf(rows);
  expect(goals).toHaveLength(6);
  expect(goals.filter((g) => !g.reached).map((g) => g.goal)).toEqual(['35000 files, second arm: within 2 s']);
  const text = textOf({ machine: 'here', rounds: 3, rows, goals });
  expect(text).toMatch(/35000 +900 +1999 +1999 +9000 +2001 +1999 +1999/);
  expect(text).toContain('✗ 35000 files, second arm: within 2 s: 2001 ms');
});
