import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, halve } from '../helpers/project.ts';

const perfgate = perfGate();

/** A program that writes spans where it is asked to, and says so where it must not be asked. */
const bench = [
  '. ./work.sh',
  'if [ -n "$PERF_GATE_SPANS" ]; then',
  `  echo '{"span": "parse", "ms": 30, "parent": "all"}' >> "$PERF_GATE_SPANS"`,
  `  echo '{"span": "query", "ms": 60, "parent": "all"}' >> "$PERF_GATE_SPANS"`,
  `  echo '{"span": "all", "ms": 100}' >> "$PERF_GATE_SPANS"`,
  'fi',
  '[ -n "$PERF_GATE_SPANS" ] || echo "not asked"',
  'echo "METRIC steps=$STEPS"',
].join('\n');

it('ranks the spans that a program writes, and asks for them only while the profile is taken', async () => {
  const change = {
    profiler: { tool: 'spans' },
    limits: { max_attempts: 1 },
    guards: { same_output: { regex: 'not asked' } },
  };
  const repo = countingProject(change, { 'bench.sh': bench });
  const by = ['--yes', '--agent', 'command', '--fix-command', halve];
  const ended = await perfgate.json(repo.root, 'start', 'make it faster', '--contract', 'c.yaml', ...by);
  expect(ended).toMatchObject({ outcome: 'accepted', attempts: [{ hotspot: 'query' }] });
  const { components } = await perfgate.json<{ components: { id: string; share_pct: number }[] }>(repo.root, 'plan');
  expect(components.map((c) => [c.id, Math.round(c.share_pct)])).toEqual([
    ['query', 60],
    ['parse', 30],
    ['all', 10],
  ]);
});
