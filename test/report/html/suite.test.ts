import { expect, it } from 'vitest';
import { suiteHtml } from '../../../src/report/html/suite.ts';
import { suiteOf } from '../suite-of.ts';

it('shows every benchmark with its threshold, and escapes names', () => {
  const page = suiteHtml(suiteOf());
  expect(page).not.toMatch(/<(script|img)/);
  expect(page).toContain('1 failed, 1 regressed, 1 proven, 2 held');
  expect(page.match(/<tr>/g)).toHaveLength(1 + 5);
  for (const text of ['at least 10', 'under 3', 'held, runs no changed line', 'new is new in the head', 'exit code 7'])
    expect(page.replaceAll('\u00a0', ' ')).toContain(text);
});

it('draws the worst of many benchmarks, and lists all', () => {
  const page = suiteHtml(suiteOf(200));
  expect(page.match(/<circle/g)).toHaveLength(60);
  expect(page.match(/<tr>/g)).toHaveLength(1 + 205);
  expect(suiteHtml({ ...suiteOf(), benchmarks: [], geometric_mean: null })).toContain('no benchmark was measured');
});
