import { expect, it } from 'vitest';
import type { Plan } from '../../src/report/plan.ts';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, halve } from '../helpers/project.ts';

const perfgate = perfGate();

/** A program that writes spans where it is asked to, and says so where it must not be asked. */
const bench = [
  '. ./work.sh',
  'if [ -n "$PERF_GATE_SPANS" ]; then',
  `  echo '{"span": "parse", "ms": 30, "parent": "all"}' >> "$PERF_GATE_SPANS"`,
  `  echo '{"span": "query", "ms": '$((STEPS * 6 / 10))', "parent": "all"}' >> "$PERF_GATE_SPANS"`,
  `  echo '{"span": "all", "ms": '$((40 + STEPS * 6 / 10))'}' >> "$PERF_GATE_SPANS"`,
  'fi',
  '[ -n "$PERF_GATE_SPANS" ] || echo "not asked"',
  'echo "METRIC steps=$STEPS"',
].join('\n');

it('ranks the spans that a program writes, requests them only during a profile, and reports whether the fixed one shrank', async () => {
  const change = {
    profiler: { tool: 'spans' },
    limits: { max_attempts: 1 },
    guards: { same_output: { regex: 'not asked' } },
  };
  const repo = countingProject(change, { 'bench.sh': bench });
  const by = ['--yes', '--agent', 'command', '--fix-command', halve];
  const ended = await perfgate.json(repo.root, 'start', 'make it faster', '--contract', 'c.yaml', ...by);
  expect(ended).toMatchObject({ outcome: 'accepted', attempts: [{ hotspot: 'query' }] });
  const report = repo.read(`.perf-gate/runs/${ended.run}/report.md`);
  expect(report).toContain('- The share of query went from 60.0 % (60.0 ms) to 42.9 % (30.0 ms): confirmed: ');
  const plan = await perfgate.json<Plan>(repo.root, 'plan');
  expect(plan.done).toMatchObject([{ id: 'query', expected_pct: 30, assumed: true, improvement_pct: 50 }]);
  expect(plan.components.map((c) => [c.id, Math.round(c.share_pct)])).toEqual([
    ['parse', 43],
    ['query', 43],
    ['all', 14],
  ]);
  // a run that waits for its approval has no profile yet
  const waits = await perfgate.json(repo.root, 'start', 'make it faster still', '--contract', 'c.yaml');
  expect(waits.run).not.toBe(ended.run);
  expect(await perfgate.json<Plan>(repo.root, 'plan')).toMatchObject({ source: plan.source });
  const named = await perfgate.json(repo.root, 'plan', '--run', waits.run!);
  expect(named).toMatchObject({ error: { code: 'no_profile' } });
});
