import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Plan } from '../../src/report/plan.ts';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, halve } from '../helpers/project.ts';
import { repository } from '../helpers/repository.ts';

const perfgate = perfGate();

/** The breakdown of a hook: 145 ms in four consecutive parts. */
const spans = [
  { span: 'task-start', ms: 145 },
  { span: 'load queries', ms: 65, parent: 'task-start' },
  { span: 'assemble context', ms: 50, parent: 'task-start' },
  { span: 'read facts', ms: 20, parent: 'task-start' },
];
const lines = spans.map((span) => JSON.stringify(span)).join('\n');

it('turns spans into a plan: the largest expected gain first, with a running total, and whether the target is reached', async () => {
  const repo = repository({ 'spans.jsonl': lines });
  const plan = await perfgate.json<Plan>(repo.root, 'plan', 'spans.jsonl', '--target', '100ms');
  expect(plan).toMatchObject({ total: 145, unit: 'ms', target: 100, source: 'spans.jsonl' });
  const costs = plan.components.map((c) => [c.id, Math.round(c.cost)]);
  expect(costs).toEqual([
    ['load queries', 65],
    ['assemble context', 50],
    ['read facts', 20],
    ['task-start', 10],
  ]);
  const steps = plan.phases.flatMap((phase) => phase.steps);
  expect(steps.map((step) => step.id)).toEqual(costs.map(([id]) => id));
  expect(steps.reduce((sum, step) => sum + step.gain, 0)).toBeCloseTo(72.5);
  expect(steps.at(-1)!.left).toBeCloseTo(72.5);
  expect(plan.expected).toBeCloseTo(72.5);
});

it('writes the plan as a document that says which phase reaches the target', async () => {
  const repo = repository({ 'spans.jsonl': lines });
  const args = ['plan', 'spans.jsonl', '--target', '30%', '--title', 'start of a task', '--out', 'plan.md'];
  expect(await perfgate.run(repo.root, ...args)).toMatchObject({ code: 0 });
  const text = repo.read('plan.md');
  expect(text).toMatch(/^# Performance plan: start of a task\n/);
  expect(text).toContain('| `load queries` | 65.0 ms | 44.8 % |');
  expect(text).toMatch(/## Phase 1: the first half of the gain \(to 87\.5 ms, which reaches the target\)/);
  expect(text.match(/which reaches the target/g)).toHaveLength(1);
});

it('shows the measured gain next to the expected gain later, and starts again with newer spans', async () => {
  const repo = countingProject({}, { 'spans.jsonl': '{"span": "work work.sh:1", "ms": 100}\n' });
  const list = JSON.stringify([{ id: 'work work.sh:1', what: 'count less', predicted_pct: 60 }]);
  const propose = `sed -i 's|^hotspots:.*|hotspots: ${list}|; /^  /d' $PERF_GATE_ARTIFACT`;
  const by = ['--yes', '--agent', 'command', '--propose-command', propose, '--fix-command', halve];
  await perfgate.json(repo.root, 'start', 'make it faster', '--contract', 'c.yaml', ...by);
  const { phases } = await perfgate.json<Plan>(repo.root, 'plan', 'spans.jsonl');
  expect(phases[0]!.steps[0]).toMatchObject({
    gain: 60,
    assumed: false,
    what: 'count less',
    measured: { gain: 50, improvement_pct: 50 },
    left: 50,
  });
  repo.write('spans.jsonl', '{"span": "work work.sh:1", "ms": 50}\n');
  const again = await perfgate.json<Plan>(repo.root, 'plan', 'spans.jsonl');
  expect(again).toMatchObject({ total: 50, done: [{ id: 'work work.sh:1', expected_pct: 60, improvement_pct: 50 }] });
  expect(again.phases[0]!.steps[0]).toMatchObject({ gain: 25, assumed: true, measured: null, left: 25 });
});

it('refuses a target that is not below the total, and a file without a breakdown', async () => {
  const repo = repository({
    'spans.jsonl': lines,
    'broken.jsonl': '{"span": "a", "ms": 1}\n{"span": "b", "ms": "2"}\n',
    'nothing.jsonl': '{"span": "a", "ms": 0}\n',
  });
  const far = await perfgate.json(repo.root, 'plan', 'spans.jsonl', '--target', '200ms');
  expect(far).toMatchObject({ code: 2, error: { code: 'usage' } });
  const broken = await perfgate.json(repo.root, 'plan', 'broken.jsonl');
  expect(broken).toMatchObject({ code: 2, error: { code: 'profile_unreadable' } });
  expect(JSON.stringify(broken)).toContain('line 2');
  const nothing = await perfgate.json(repo.root, 'plan', 'nothing.jsonl');
  expect(nothing).toMatchObject({ code: 2, error: { code: 'profile_unreadable' } });
});

/** A profile with lines, in the format of async-profiler and others. */
const folded = 'main (a.py:1);slow (a.py:7) 60\nmain (a.py:1);get_cached_query (a.py:3) 40\n';
const source = [
  'import json',
  '',
  'def get_cached_query():',
  '    return 1',
  '',
  'def slow():',
  '    for x in range(10**7): total += x',
  '',
];

it('puts the place with the larger gain first, regardless of names, and quotes the source', async () => {
  const repo = repository({ 'p.folded': folded, 'a.py': source.join('\n') });
  const plan = await perfgate.json<Plan>(repo.root, 'plan', 'p.folded');
  expect(plan).toMatchObject({ unit: 'samples', clock: { kind: 'profiler' }, saved: null, alerts: [] });
  const steps = plan.phases.flatMap((phase) => phase.steps);
  expect(steps.map((step) => step.id)).toEqual(['slow a.py:7', 'get_cached_query a.py:3']);
  expect(steps.map((step) => step.technique?.name)).toEqual(['better algorithm', 'better algorithm']);
  const { code, stdout } = await perfgate.run(repo.root, 'plan', 'p.folded');
  expect(code).toBe(0);
  expect(stdout).toContain('for x in range(10**7): total += x');
  expect(stdout).toContain('the real time is unknown');
});

it('uses the user’s measured time, and computes hours per month from the user’s rate of calls', async () => {
  const repo = repository({ 'p.folded': folded, 'a.py': source.join('\n') });
  const args = ['p.folded', '--measured', '0.5s', '--calls', '100/hour', '--days', '1,2,10', '--alerts', 'a.yaml'];
  const plan = await perfgate.json<Plan>(repo.root, 'plan', ...args);
  expect(plan).toMatchObject({ total: 500, unit: 'ms', clock: { kind: 'measured', metric: null }, expected: 250 });
  expect(plan.saved).toEqual({ calls_a_month: 72_000, hours_a_month: 5 });
  expect(plan.timeline).toMatchObject([{ week: 1, days: 4 }]);
  expect(parse(repo.read('a.yaml'))).toEqual({ alerts: plan.alerts });
  const { stdout } = await perfgate.run(repo.root, 'plan', ...args);
  expect(stdout).toContain('Time saved: 5.0 hours a month (30 days), at 72,000 calls a month (`--calls`).');
  for (const part of ['## Timeline', '## What to monitor afterwards', '## Expected result'])
    expect(stdout).toContain(part);
});

it.each([
  ['--calls', '2000'],
  ['--calls', '0/day'],
  ['--calls', '5/fortnight'],
  ['--days', '1,2'],
  ['--days', '1,x,3'],
  ['--measured', '12MB'],
  ['--measured', '30%'],
])('refuses %s %s', async (option, value) => {
  const repo = repository({ 'spans.jsonl': lines });
  const refused = await perfgate.json(repo.root, 'plan', 'spans.jsonl', option, value);
  expect(refused).toMatchObject({ code: 2, error: { code: 'usage' } });
  expect(JSON.stringify(refused)).toContain(value);
});
