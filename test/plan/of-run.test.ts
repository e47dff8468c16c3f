import { expect, it } from 'vitest';
import type { Plan } from '../../src/report/plan.ts';
import { perfGate } from '../helpers/cli.ts';
import { contractText } from '../helpers/project.ts';
import { repository } from '../helpers/repository.ts';

const perfgate = perfGate();

const work = `export function work() {
  let sum = 0;
  for (let i = 0; i < 6e7; i++) sum = (sum * 31 + i) % 1000003;
  return sum;
}
`;
const bench = `import { work } from './work.mjs';
function prepare() {
  let sum = 0;
  for (let i = 0; i < 4e7; i++) sum = (sum * 31 + i) % 1000003;
  return sum;
}
console.log(prepare() + work());
`;

const contract = contractText({
  repro: { script: 'node bench.mjs' },
  metrics: { primary: { name: 'cpu_ms', unit: 'ms', source: 'cpu' } },
  guards: { protected: ['bench.mjs'] },
  profiler: { tool: 'node-cpu-prof' },
});

it('plans a run in its measured time, quotes the expensive line, and offers no step in a protected file', async () => {
  const repo = repository({ 'bench.mjs': bench, 'work.mjs': work, 'c.yaml': contract });
  const by = ['--yes', '--agent', 'command', '--fix-command', 'exit 10'];
  const { run } = await perfgate.json(repo.root, 'start', 'make it faster', '--contract', 'c.yaml', ...by);
  const artifact = (name: string) => repo.read(`.perf-gate/runs/${run}/${name}.md`);

  expect(artifact('03-profile')).toMatch(/`prepare bench\.mjs:2` .*\(protected\) \|/);
  expect(artifact('04-hotspots')).toMatch(/^1\. `work work\.mjs:1`$/m);
  expect(artifact('04-hotspots')).not.toMatch(/^\d+\. `prepare/m);

  const plan = await perfgate.json<Plan>(repo.root, 'plan', '--calls', '2000/day', '--alerts', 'alerts.yaml');
  const baseline = Number(/^baseline: ([\d.]+)$/m.exec(artifact('02-baseline'))![1]);
  expect(plan).toMatchObject({ unit: 'ms', clock: { kind: 'measured', metric: 'cpu_ms' } });
  expect(plan.total).toBeCloseTo(baseline, 0);
  expect(plan.left_out).toContainEqual({ id: 'prepare bench.mjs:2', because: 'protected' });
  const steps = plan.phases.flatMap((phase) => phase.steps);
  expect(steps.map((step) => step.id)).not.toContain('prepare bench.mjs:2');
  expect(steps[0]).toMatchObject({ id: 'work work.mjs:1', technique: { name: 'better algorithm' } });
  expect(steps[0]!.quote).toMatchObject({
    file: 'work.mjs',
    line: 3,
    text: 'for (let i = 0; i < 6e7; i++) sum = (sum * 31 + i) % 1000003;',
    is_newer: false,
  });
  expect(plan.saved!.hours_a_month).toBeCloseTo(((plan.total - plan.expected) * 60_000) / 3_600_000);
  expect(plan.proof_minutes).toBeGreaterThan(0);
  expect(repo.read('alerts.yaml')).toContain('metric: "cpu_ms"');
}, 400_000);
