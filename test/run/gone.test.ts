import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runByHand } from '../helpers/by-hand.ts';
import { perfGate } from '../helpers/cli.ts';
import { countingProject } from '../helpers/project.ts';

const perfgate = perfGate();
const arms = () => {
  const folder = join(perfgate.env().XDG_CACHE_HOME!, 'perf-gate/arms');
  return existsSync(folder) ? readdirSync(folder) : [];
};
const start = ['start', 'x', '--contract', 'c.yaml', '--yes', '--fix-command'];

it('aborts a run whose refs were deleted and pruned, reverts nothing, and another run can begin', async () => {
  const repo = await runByHand(perfgate, 'measured');
  for (const ref of repo.git('for-each-ref', '--format=%(refname)', 'refs/perf-gate').split('\n'))
    repo.git('update-ref', '-d', ref);
  repo.git('reflog', 'expire', '--expire=now', '--all');
  repo.git('gc', '--quiet', '--prune=now');
  const before = repo.read('work.sh');
  const aborted = await perfgate.json(repo.root, 'abort');
  expect(aborted).toMatchObject({
    code: 0,
    outcome: 'escalated',
    reason: expect.stringMatching(/snapshots no longer exist/),
  });
  expect(repo.read('work.sh')).toBe(before);
  expect(arms()).toEqual([]);
  repo.git('checkout', '--quiet', '--', '.');
  expect(await perfgate.json(repo.root, ...start, 'true')).toMatchObject({ outcome: 'rejected' });
});

it.each(['rm -rf .perf-gate/runs/*', 'rm -rf .perf-gate'])(
  'reports that the run’s folder is gone, and removes the arms: %s',
  async (rm) => {
    const repo = countingProject();
    expect(await perfgate.json(repo.root, ...start, rm)).toMatchObject({ code: 3, error: { code: 'run_gone' } });
    expect(arms()).toEqual([]);
  },
);

it('abort and gc remove the arms of a run whose folder is gone', async () => {
  const repo = await runByHand(perfgate, 'fix');
  expect(arms()).toHaveLength(1);
  rmSync(join(repo.root, '.perf-gate/runs'), { recursive: true });
  expect(await perfgate.json(repo.root, 'abort')).toMatchObject({ code: 3, error: { code: 'run_gone' } });
  expect(arms()).toEqual([]);
  expect(await perfgate.json(repo.root, 'abort')).toMatchObject({ code: 2, error: { code: 'no_run' } });
});
