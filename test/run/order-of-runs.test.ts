import { expect, it } from 'vitest';
import { must } from '../helpers/by-hand.ts';
import { perfGate } from '../helpers/cli.ts';
import { countingProject } from '../helpers/project.ts';

const perfgate = perfGate();

it('status and gc use the order in which runs began, not that of their names', async () => {
  const repo = countingProject();
  const ids: string[] = [];
  // Within one minute the ids differ in the task alone, and the later ones sort first.
  for (const task of ['zebra', 'mole', 'ant']) {
    await must(perfgate, repo, 'start', task, '--contract', 'c.yaml');
    ids.push((await perfgate.json(repo.root, 'status')).run);
    await must(perfgate, repo, 'abort');
  }
  expect((await perfgate.json(repo.root, 'status')).run).toBe(ids[2]);
  const { runs } = await perfgate.json<{ runs: { run: string }[] }>(repo.root, 'list');
  const listed = runs.map(({ run }) => run);
  expect([listed, [...listed].reverse()]).toContainEqual(ids);
  const refs = () => repo.git('for-each-ref', '--format=%(refname)', 'refs/perf-gate');
  await must(perfgate, repo, 'gc', '--keep', '1');
  expect(refs()).toContain(`refs/perf-gate/${ids[2]}/`);
  expect(refs()).not.toContain(`refs/perf-gate/${ids[0]}/`);
  expect(refs()).not.toContain(`refs/perf-gate/${ids[1]}/`);
});
