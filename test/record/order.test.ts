import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { comparisonPaths, runPaths } from '../../src/artifact/paths.ts';
import { comparisonIds, nextComparison, nextNumber, runIds } from '../../src/record/runs.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const write = (file: string, text: string) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

it('runs and comparisons are listed in the order in which they were written, even if the clock went back; old ones come first', () => {
  const project = temporaryFolder();
  const id = (minute: number) => `20260101-00${minute}-a-b`;
  const compared = (minute: number, nth: string) =>
    write(
      comparisonPaths(project, id(minute)).file,
      `---\ncomparison: ${id(minute)}\n${nth}of: commands\n---\n\nnth: 7\n`,
    );
  compared(30, 'nth: 2\n');
  compared(40, 'nth: 1\n');
  compared(59, '');
  expect(comparisonIds(project)).toEqual([id(59), id(40), id(30)]);
  expect(nextComparison(project)).toBe(3);
  for (const [minute, nth] of [
    [30, 2],
    [40, 1],
  ] as const)
    write(
      runPaths(project, id(minute)).journal,
      `{"seq":1,"at":"x","prev":"","type":"run_started","nth":${nth},"run":"r"}\n`,
    );
  expect(runIds(project)).toEqual([id(40), id(30)]);
  expect(nextNumber(project)).toBe(3);
});
