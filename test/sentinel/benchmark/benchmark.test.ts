import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { Benchmark } from '../../../src/sentinel/benchmark/benchmark.ts';
import { perfGate } from '../../helpers/cli.ts';
import { repository } from '../../helpers/repository.ts';

const perfgate = perfGate();
const examples = ['--plugins', resolve('examples/hooks')];

it.runIf(process.platform === 'linux')('a hook is run often, alone and by several at a time', async () => {
  const { root } = repository({ 'a.txt': 'a\n' });
  const asked = [
    'sentinel',
    'benchmark',
    'schema-diff-check.sh',
    ...examples,
    '--runs',
    '3',
    '--users',
    '3',
    '--requests',
    '2',
  ];
  const { code, cage, hooks } = await perfgate.json<Benchmark>(root, ...asked);
  expect(code).toBe(0);
  expect(cage).toMatchObject({ network: 'sink' });
  expect(hooks).toMatchObject([
    {
      id: 'data-platform/PostToolUse/schema-diff-check.sh',
      state: 'run',
      runs: 3,
      success: 1,
      load: { users: 3, requests: 2, success: 1 },
    },
  ]);
});

it('says why a hook is not run, and which there are', async () => {
  const { root } = repository({ 'a.txt': 'a\n' });
  const dead = await perfgate.run(root, 'sentinel', 'benchmark', 'guard.sh', '--quick', ...examples);
  expect(dead.stdout).toContain('Claude Code never runs it: nothing is called “mcp__files”');
  const none = await perfgate.run(root, 'sentinel', 'benchmark', 'nope', ...examples);
  expect(none.code).toBe(2);
  expect(none.stderr).toMatch(/There is no hook “nope” here\.\nhint: .*projman\/SessionStart\/startup-check\.sh/);
});
