import { expect, it } from 'vitest';
import { must, runByHand, stages } from '../helpers/by-hand.ts';
import { perfGate } from '../helpers/cli.ts';
import { countingProject } from '../helpers/project.ts';
import type { TestRepository } from '../helpers/repository.ts';

const perfgate = perfGate();

const ofTheUser = (repo: TestRepository) =>
  Object.fromEntries(Object.entries(repo.files()).filter(([path]) => !path.startsWith('.perf-gate/')));

it.each(stages)('restores everything when it is aborted at “%s”, and another run can start', async (stage) => {
  const repo = await runByHand(perfgate, stage);
  const original = repo.git('rev-parse', 'main');
  expect(repo.git('symbolic-ref', '--short', 'HEAD')).toBe('perf-gate/make-it-faster');
  const aborted = await perfgate.json(repo.root, 'abort');
  expect(aborted).toMatchObject({ code: 0, outcome: 'aborted', total: null });
  expect(aborted.report).toMatch(/report\.md$/);
  expect(repo.git('symbolic-ref', '--short', 'HEAD')).toBe('main');
  expect(repo.git('rev-parse', 'main')).toBe(original);
  expect(ofTheUser(repo)).toEqual(ofTheUser(countingProject()));
  expect(repo.git('status', '--porcelain')).toBe('');
  if (stage === 'measured')
    expect(repo.git('show', `refs/perf-gate/${aborted.run}/attempts/1:work.sh`)).toContain('STEPS=50');
  for (const command of ['next', 'submit', 'approve', 'pause', 'abort'])
    expect(await perfgate.json(repo.root, command)).toMatchObject({ code: 2, error: { code: 'no_active_run' } });
  repo.git('branch', '--delete', 'perf-gate/make-it-faster');
  expect(await perfgate.json(repo.root, 'start', 'make it faster', '--contract', 'c.yaml')).toMatchObject({ code: 0 });
});

it.each(['approved', 'fix', 'measured'] as const)(
  'ends a run at “%s” if the user has left its branch, and changes nothing',
  async (stage) => {
    const repo = await runByHand(perfgate, stage);
    repo.write('other.txt', 'mine\n');
    repo.git('checkout', '--quiet', '-b', 'elsewhere', 'main');
    const before = [ofTheUser(repo), repo.git('status', '--porcelain'), repo.git('symbolic-ref', 'HEAD')];
    const aborted = await perfgate.run(repo.root, 'abort');
    expect(aborted).toMatchObject({ code: 0, stderr: expect.stringContaining('Another branch is checked out') });
    expect([ofTheUser(repo), repo.git('status', '--porcelain'), repo.git('symbolic-ref', 'HEAD')]).toEqual(before);
    expect(await perfgate.json(repo.root, 'next')).toMatchObject({ code: 2, error: { code: 'no_active_run' } });
    repo.git('checkout', '--quiet', '--', '.');
    expect(await perfgate.json(repo.root, 'start', 'make it faster', '--contract', 'c.yaml')).toMatchObject({
      code: 0,
    });
  },
);

it('keeps edits that were not submitted under a ref, and reverts them', async () => {
  const repo = await runByHand(perfgate, 'fix');
  repo.write('work.sh', 'STEPS=1\n');
  repo.write('new.txt', 'an idea\n');
  const { run } = await perfgate.json(repo.root, 'abort');
  expect(ofTheUser(repo)).toEqual(ofTheUser(countingProject()));
  expect(repo.git('show', `refs/perf-gate/${run}/kept/aborted:new.txt`)).toBe('an idea');
});

it('aborts before there is a contract', async () => {
  const repo = countingProject();
  await must(perfgate, repo, 'start', 'make it faster', '--agent', 'inline');
  expect(await perfgate.json(repo.root, 'abort')).toMatchObject({ code: 0, outcome: 'aborted' });
  expect(await perfgate.json(repo.root, 'status')).toMatchObject({ code: 0, outcome: 'aborted' });
  expect(await perfgate.json(repo.root, 'list')).toMatchObject({ runs: [{ outcome: 'aborted' }] });
  expect(repo.git('symbolic-ref', '--short', 'HEAD')).toBe('main');
});

it('restores uncommitted changes in the index and in the work tree', async () => {
  const repo = countingProject();
  repo.write('other.txt', 'staged\n');
  repo.git('add', 'other.txt');
  repo.write('other.txt', 'edited\n');
  repo.write('bench.sh', repo.read('bench.sh').replace('answer', 'the answer'));
  const before = repo.git('status', '--porcelain=v2');
  await must(perfgate, repo, 'start', 'make it faster', '--contract', 'c.yaml', '--include-dirty');
  expect(repo.git('diff', '--name-only', 'main', 'HEAD')).toBe('bench.sh\nother.txt');
  await must(perfgate, repo, 'abort');
  expect(repo.git('status', '--porcelain=v2')).toBe(before);
  expect(repo.git('show', ':other.txt')).toBe('staged');
});

it('stays on the branch with --no-branch', async () => {
  const repo = countingProject();
  await must(perfgate, repo, 'start', 'make it faster', '--contract', 'c.yaml', '--no-branch');
  expect(repo.git('branch', '--format=%(refname:short)')).toBe('main');
  await must(perfgate, repo, 'abort');
  expect(repo.git('symbolic-ref', '--short', 'HEAD')).toBe('main');
});

it('sets an unreadable journal aside, and no other', async () => {
  const repo = countingProject({}, { '.gitignore': '.perf-gate/\n' });
  const start = ['start', 'make it faster', '--contract', 'c.yaml', '--no-branch'];
  await must(perfgate, repo, ...start);
  await must(perfgate, repo, 'abort');
  await must(perfgate, repo, ...start);
  await must(perfgate, repo, 'abort');
  const [older, newer] = (await perfgate.json<{ runs: { run: string }[] }>(repo.root, 'list')).runs.map((r) => r.run);
  const journal = `.perf-gate/runs/${older}/journal.jsonl`;
  repo.write(journal, repo.read(journal).replace('"paused":', '"Paused":').replace('make it', 'Make it'));
  expect(await perfgate.json(repo.root, ...start)).toMatchObject({ code: 3, error: { code: 'journal_damaged' } });
  const damaged = repo.read(journal);
  expect(await perfgate.json(repo.root, 'abort')).toMatchObject({ set_aside: [expect.stringContaining(older!)] });
  const aside = Object.keys(repo.files()).filter((path) => path.includes('journal.jsonl.damaged-'));
  expect(aside).toEqual([expect.stringContaining(`runs/${older}/`)]);
  expect(repo.read(aside[0]!)).toBe(damaged);
  const { runs } = await perfgate.json<{ runs: { run: string }[] }>(repo.root, 'list');
  expect(runs.map((r) => r.run)).toEqual([newer]);
  expect(await perfgate.json(repo.root, ...start)).toMatchObject({ code: 0 });
});
