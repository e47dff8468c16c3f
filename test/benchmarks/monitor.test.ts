import { expect, test } from 'vitest';
import { history, historyKinds } from '../../benchmarks/monitor/histories.ts';
import { rivals, ruleRows } from '../../benchmarks/monitor/rules.ts';
import { textOf } from '../../benchmarks/monitor/text.ts';
import { seededRandom } from '../../src/stats/rng.ts';

const typical = historyKinds.filter((kind) => kind.name === 'typical');

test('on typical histories the monitor’s rule rarely errs and soon finds +50 %; common rules err in many months', () => {
  const rows = ruleRows(40, 'perf-gate', typical);
  const [ours, ...others] = rivals.map(({ name }) => rows.find((r) => r.rule === name)!);
  expect(ours!.wrong).toBeLessThanOrEqual(6);
  expect(ours!.found).toBeGreaterThanOrEqual(38);
  expect(ours!.medianDays).toBeLessThanOrEqual(4);
  expect(others.filter((r) => r.wrong > 2 * ours!.wrong || r.found < ours!.found / 2)).toHaveLength(others.length);
  expect(textOf(rows)).toContain('within 5 days');
});

test('the same seed makes the same history, and a change multiplies all later values', () => {
  const made = (change?: { from: number; times: number }) => history(typical[0]!, 20, seededRandom('h'), change);
  expect(made()).toEqual(made());
  const changed = made({ from: 10, times: 2 });
  made().forEach((day, i) => {
    expect(changed[i]!.median / day.median).toBeCloseTo(i < 10 ? 1 : 2, 9);
  });
});
