import { expect, it } from 'vitest';
import { recommend } from '../../../src/sentinel/audit/recommend.ts';
import { savingOf } from '../../../src/sentinel/audit/saving.ts';
import type { EventDryRun } from '../../../src/sentinel/dry-run/result.ts';
import type { Hook } from '../../../src/sentinel/hook.ts';
import type { Finding } from '../../../src/sentinel/rules/findings.ts';

/** An event whose hooks take these times and all start at once. */
const event = (walls: Record<string, number>, { starts = {} as Record<string, number> } = {}): EventDryRun => {
  const parts = Object.entries(walls).map(([id, wall_ms]) => ({ id, start_ms: starts[id] ?? 0, wall_ms }));
  const makespan_ms = Math.max(...parts.map(({ start_ms, wall_ms }) => start_ms + wall_ms));
  const run = { makespan_ms, cpu_ms: makespan_ms, parts };
  return {
    key: 'k',
    event: 'PostToolUse',
    matched: 'Edit',
    input: '',
    hooks: Object.keys(walls),
    runs: [run, run, run],
    without: [],
  };
};

it('removing a hook that runs in parallel to a slower one saves nothing', () => {
  const slow = [event({ slow: 300, fast: 100 })];
  expect(savingOf(['fast'], slow)).toBe(0);
  expect(savingOf(['slow'], slow)).toBe(200);
  expect(savingOf(['slow', 'fast'], slow)).toBe(300);
});

it('a hook that starts later also ends later', () => {
  expect(savingOf(['slow'], [event({ slow: 300, late: 100 }, { starts: { late: 50 } })])).toBe(150);
});

it('savings at several events add up; the saving of a hook that no event ran is unknown', () => {
  const events = [event({ a: 300 }), event({ a: 100, b: 40 }), event({ b: 500 })];
  expect(savingOf(['a'], events)).toBe(360);
  expect(savingOf(['c'], events)).toBeNull();
});

const hook = (id: string, plugin: string) => ({ id, plugin, source: 'plugin' }) as Hook;
const finding = (rule: string, of: string): Finding => ({
  rule,
  severity: 'medium',
  hook: of,
  lines: [{ file: `/p/${of}.sh`, line: 1 }],
  facts: {},
  title: '',
  advice: '',
});

it('findings of one rule in one plugin make one recommendation, and a high impact for a low effort comes first', () => {
  const hooks = [hook('a1', 'a'), hook('a2', 'a'), hook('b1', 'b')];
  const found = [
    finding('no-timeout', 'b1'),
    finding('no-early-exit', 'a1'),
    finding('no-early-exit', 'a2'),
    finding('broad-matcher', 'b1'),
  ];
  const made = recommend(found, hooks, [event({ a1: 200, a2: 300, b1: 500 })], null);
  expect(
    made.map(({ rule, hooks: of, impact_ms, effort, priority }) => [rule, of, impact_ms, effort, priority]),
  ).toEqual([
    ['broad-matcher', ['b1'], 200, 1, 1],
    ['no-timeout', ['b1'], null, 1, 4],
    ['no-early-exit', ['a1', 'a2'], 0, 20, 4],
  ]);
  expect(made[2]!.files).toEqual(['/p/a1.sh', '/p/a2.sh']);
});
