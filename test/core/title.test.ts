import { expect, it } from 'vitest';
import { titleOf } from '../../src/core/title.ts';

it('the process title holds the words of the command, but no password of an address', () => {
  expect(titleOf(['worker', '--database', 'postgres://bench:se-cr:et@db/perf', '--class', 'quiet'])).toBe(
    'perf-gate: worker --database postgres://bench:…@db/perf --class quiet',
  );
  expect(titleOf(['compare', '--', 'curl', 'http://localhost:80/a@b'])).toBe(
    'perf-gate: compare -- curl http://localhost:80/a@b',
  );
});
