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

const two = {
  PostToolUse: [{ matcher: 'Edit|Write', hooks: [{ type: 'command', command: 'cat > /dev/null' }] }],
  Stop: [{ hooks: [{ type: 'command', command: 'true' }] }, { hooks: [{ type: 'command', command: ':' }] }],
};

it.runIf(process.platform === 'linux')(
  'a scenario gives each hook its inputs, and lists the hooks that it does not concern',
  async () => {
    const { root } = repository({ 'hooks/hooks.json': JSON.stringify({ hooks: two }) });
    const asked = ['sentinel', 'benchmark', 'all', '--quick', '--runs', '2', '--trace', '--plugins', '.'];
    const { scenario, hooks } = await perfgate.json<Benchmark>(root, ...asked, '--scenario', 'violation');
    expect(scenario).toBe('violation');
    expect(hooks).toMatchObject([
      {
        runs: 4,
        outcomes: { ok: 4 },
        inputs: [{ input: 'PostToolUse.Write' }, { input: 'PostToolUse.Edit' }],
        before: null,
      },
      { state: 'not_run', why: { code: 'not_in_scenario' } },
      { state: 'not_run', why: { code: 'not_in_scenario' } },
    ]);
    const again = await perfgate.run(root, ...asked, '--scenario', 'violation');
    expect(again.stdout).toMatch(/^This scenario has no event for: \S+\/Stop\/1, \S+\/Stop\/2\.$/m);
    expect(again.stdout).toMatch(/^ {2}before +p50 /m);
    const none = await perfgate.run(root, ...asked, '--scenario', 'no-such');
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('There is no scenario “no-such”.');
  },
);

it('says why a hook is not run, and which hooks exist', async () => {
  const { root } = repository({ 'a.txt': 'a\n' });
  const dead = await perfgate.run(root, 'sentinel', 'benchmark', 'guard.sh', '--quick', ...examples);
  expect(dead.stdout).toContain('Claude Code never runs it: “mcp__files” matches nothing');
  const none = await perfgate.run(root, 'sentinel', 'benchmark', 'nope', ...examples);
  expect(none.code).toBe(2);
  expect(none.stderr).toMatch(/There is no hook “nope” here\.\nhint: .*projman\/SessionStart\/startup-check\.sh/);
});
