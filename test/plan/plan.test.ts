import { expect, it } from 'vitest';
import type { Breakdown } from '../../src/plan/breakdown.ts';
import type { PlanTrial } from '../../src/plan/earlier-work.ts';
import { ASSUMED, planOf } from '../../src/plan/plan.ts';
import { usualDays } from '../../src/plan/timeline.ts';
import type { Hotspot } from '../../src/record/data.ts';
import { planMarkdown } from '../../src/report/markdown/plan.ts';

const place = (id: string, ceiling_pct: number, more: Partial<Hotspot> = {}): Hotspot => ({
  id,
  function: id,
  file: null,
  ceiling_pct,
  total_pct: ceiling_pct,
  self_pct: ceiling_pct,
  ...more,
});

const trial = (hotspot: Hotspot, change: Partial<PlanTrial>): PlanTrial => ({
  run: 'a-run',
  at: '2026-01-02',
  attempt: 1,
  hotspot,
  note: '',
  outcome: 'accepted',
  measured_pct: null,
  reason: null,
  asked: {
    primary: { name: 'wall_ms', unit: 'ms', lower_is_better: true },
    threshold: { type: 'pct', pct_min: 20, absolute_min: 0, significance_required: true },
    claim: 'proven',
    max_runs: 20,
  },
  tree: 't',
  changed: [],
  predicted_saving_pct: null,
  left: null,
  is_before: false,
  is_settled: true,
  ...change,
});

const breakdown = (change: Partial<Breakdown>): Breakdown => ({
  title: 'a plan',
  source: 'spans.jsonl',
  total: 200,
  unit: 'ms',
  clock: { kind: 'program' },
  quotes: new Map(),
  watched: null,
  proof_minutes: null,
  hotspots: [place('one', 50), place('two', 30), place('three', 10)],
  proposals: [],
  trials: [],
  ...change,
});

const assumed = { share: ASSUMED, days: usualDays };
const proposed = (at: string, hotspot: Hotspot) => ({ at, hotspot });
const stepsOf = (change: Partial<Breakdown>) => planOf(breakdown(change)).phases.flatMap((phase) => phase.steps);

it('subtracts an assumed gain from its place, and a predicted gain from the remaining total', () => {
  expect(planOf(breakdown({})).expected).toBeCloseTo(200 * (1 - 0.45));
  const half = { predicted_pct: 50, effort: 'small' as const };
  const proposals = ['one', 'two', 'three'].map((id) => proposed('2026-01-01', place(id, 90, half)));
  const hotspots = ['one', 'two', 'three'].map((id) => place(id, 30, { total_pct: 90 }));
  const steps = stepsOf({ hotspots, proposals });
  expect(steps.map((step) => Math.round(step.left))).toEqual([100, 50, 25]);
});

it('expects a step to save no more than its place costs with everything that it calls', () => {
  const proposals = [proposed('2026-01-01', place('one', 50, { predicted_pct: 95 }))];
  expect(stepsOf({ proposals })[0]).toMatchObject({ id: 'one', gain: 100, assumed: false });
});

it('multiplies measured gains, also those of two changes to one place', () => {
  const kept = (id: string, left: number) => trial(place(id, 0), { left, measured_pct: 100 * (1 - left) });
  const hotspots = [place('one', 60), place('two', 40)];
  const plan = planOf(breakdown({ hotspots, trials: [kept('one', 0.5), kept('one', 0.8), kept('two', 0.5)] }));
  const [one, two] = plan.phases.flatMap((phase) => phase.steps);
  expect(one!.measured!.improvement_pct).toBeCloseTo(60);
  expect([one!.left, two!.left].map(Math.round)).toEqual([80, 40]);
  expect(plan.expected).toBeCloseTo(40);
});

it('shows an accepted change to a place that is not in the breakdown', () => {
  const steps = stepsOf({ trials: [trial({ id: 'elsewhere' }, { left: 0.75, measured_pct: 25 })] });
  expect(steps.find((step) => step.id === 'elsewhere')).toMatchObject({ cost: 0, measured: { improvement_pct: 25 } });
});

it('expects no gain from a place with a failed trial since, until there is a new proposal', () => {
  const idea = place('one', 50, { predicted_pct: 40, technique: 'cache' });
  const trials = [trial(idea, { outcome: 'rejected', measured_pct: -2 })];
  const vain = stepsOf({ trials, proposals: [proposed('2026-01-01', idea)] });
  expect(vain.at(-1)).toMatchObject({ id: 'one', outcome: 'rejected', cost: 100, left: 160 });
  expect(vain[0]).toMatchObject({ id: 'two', gain: 30, left: 170 });
  const again = stepsOf({ trials, proposals: [proposed('2026-01-03', idea)] })[0]!;
  expect(again).toMatchObject({ outcome: null, left: 120 });
});

it('expects no gain from a place that was given up in the run of the breakdown, but half of its cost in a later run', () => {
  const idea = place('one', 50, { predicted_pct: 40 });
  const before = { is_before: true, outcome: 'skipped' as const, attempt: null };
  const proposals = [proposed('2026-01-01', idea)];
  const given = stepsOf({ trials: [trial(idea, before)], proposals }).at(-1);
  expect(given).toMatchObject({ id: 'one', outcome: 'skipped', left: 160 });
  const later = stepsOf({ trials: [trial(idea, { ...before, is_settled: false })], proposals })[0]!;
  expect(later).toMatchObject({ outcome: null, assumed: true, gain: 50 });
});

it('lists a change that the breakdown includes as done, and does not count it again', () => {
  const before = { is_before: true, measured_pct: 50, left: 0.5 };
  const trials = [trial(place('gone', 80), { ...before, predicted_saving_pct: 60 }), trial(place('one', 70), before)];
  const plan = planOf(breakdown({ trials }));
  expect(plan.done).toMatchObject([
    { id: 'gone', expected_pct: 60, assumed: false, improvement_pct: 50 },
    { id: 'one', expected_pct: 35, assumed: true, improvement_pct: 50 },
  ]);
  expect(plan.phases.flatMap((phase) => phase.steps).every((step) => step.measured === null)).toBe(true);
  expect(planMarkdown(plan, assumed)).toContain('## Done: 75.0 % less than at the start');
});

it('makes a document: numbered steps, bottlenecks, and a correct sum', () => {
  const hotspots = [place('load `a|b`', 50, { why: 'unused' }), place('read facts', 30), place('spawn git', 15)];
  const text = planMarkdown(planOf(breakdown({ hotspots }), { target: 120 }), assumed);
  expect(text).toContain(
    '1. **`` load `a|b` ``** costs 100 ms, 50.0 % of the whole; without this cost, at least 100 ms would remain.',
  );
  expect(text).not.toContain('3. **'); // 80 % is named
  expect(text).toContain('| everything else | 10.0 ms | 5.0 % | – |');
  expect([...text.matchAll(/^### (\d)\. /gm)].map(([, number]) => number)).toEqual(['1', '2', '3']);
  expect(text).toContain('. `read facts` (60.0 ms → 30.0 ms)\n');
  expect(text).toContain('| **the whole** | 200 ms → 105 ms | 47.5 % |');
  expect(text).toContain('which reaches the target');
});
