/** What is done after a run has ended, on runs that an earlier version recorded and that were approved on another machine. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { type Recorded, restored } from '../helpers/recorded.ts';
import type { TestRepository } from '../helpers/repository.ts';

const perfgate = perfGate();

type Finished = { commit: string | null; branch: string; branches: string[]; told: string[] };
type Verified = { holds: boolean; findings: unknown[]; notes: { code: string }[]; checked: { commits: number } };
type Undone = { attempt: number; commit: string; restored: string[]; removed: string[]; left: string[] };

/** Everything is still what it says; and still nothing of it may be run here without an approval. */
async function holds(project: TestRepository): Promise<Verified> {
  const verified = await perfgate.json<Verified>(project.root, 'verify');
  expect(verified).toMatchObject({ code: 0, holds: true, findings: [] });
  expect(verified.notes.map((n) => n.code)).toEqual(['approved_elsewhere']);
  return verified;
}

const branchOf = (repo: TestRepository) => repo.git('symbolic-ref', '--short', 'HEAD');

it.each<[Recorded, prefix: string]>([
  ['unfinished', ''],
  ['resumed', ''],
  ['monorepo', 'packages/app/'],
])('finishes the run “%s” with one commit that holds its story', async (name, prefix) => {
  const { repo, project, run, head } = restored(name);
  const finished = await perfgate.json<Finished>(project.root, 'finish');
  expect(finished).toMatchObject({ code: 0, run, branch: 'perf-gate/make-it-faster', branches: [] });
  expect(finished.commit).toBe(repo.git('rev-parse', 'HEAD'));
  expect(repo.git('rev-parse', 'HEAD~1')).toBe(head);
  const story = repo.git('diff', '--name-only', head, 'HEAD').split('\n');
  for (const artifact of ['01-scoping.md', '02-baseline.md', 'report.md'])
    expect(story).toContain(`${prefix}perf/${run}/${artifact}`);
  expect(story.every((path) => path.startsWith(`${prefix}perf/${run}/`))).toBe(true);
  expect(repo.git('status', '--porcelain')).toBe('');
  await holds(project);
});

it('does not finish a finished run again, but makes branches of it on request', async () => {
  const { repo, project, head } = restored('accepted');
  expect(await perfgate.json<Finished>(project.root, 'finish')).toMatchObject({ code: 0, commit: head });
  const split = await perfgate.json<Finished>(project.root, 'finish', '--split');
  expect(split).toMatchObject({ code: 0, commit: head, branches: [] });
  expect(split.told.filter((line) => line.includes('no branch of its own'))).toHaveLength(2);
  expect(repo.git('rev-parse', 'HEAD')).toBe(head);
  expect((await holds(project)).checked.commits).toBe(2);
});

it.each<Recorded>(['rejected', 'aborted'])(
  'goes back to the original branch if no change was accepted: “%s”',
  async (name) => {
    const { repo, project } = restored(name);
    const finished = await perfgate.json<Finished>(project.root, 'finish');
    expect(finished).toMatchObject({ code: 0, branch: 'main', commit: null, branches: [] });
    expect(branchOf(repo)).toBe('main');
    expect(repo.git('status', '--porcelain')).toBe('');
    await holds(project);
  },
);

it.each<[Recorded, attempt: number, path: string, before: string]>([
  ['unfinished', 1, 'work.sh', 'STEPS=100'],
  ['resumed', 1, 'work.sh', 'STEPS=100'],
  ['monorepo', 2, 'packages/app/work.sh', 'STEPS=60'],
])('reverts an accepted change of “%s” with an inverse commit', async (name, attempt, path, before) => {
  const { repo, project, head } = restored(name);
  const undone = await perfgate.json<Undone>(project.root, 'undo', String(attempt));
  expect(undone).toMatchObject({ code: 0, attempt, restored: [path], removed: [], left: [] });
  expect([repo.git('rev-parse', 'HEAD'), repo.git('rev-parse', 'HEAD~1')]).toEqual([undone.commit, head]);
  expect(repo.git('show', `HEAD:${path}`)).toContain(before);
  expect(repo.read(path)).toContain(before);
  expect(repo.git('log', '-1', '--format=%(trailers:key=Perf-Gate-Undo,valueonly)').trim()).toBe(String(attempt));
  expect(await perfgate.json(project.root, 'undo', String(attempt))).toMatchObject({
    code: 2,
    error: { code: 'attempt_not_accepted' },
  });
  await holds(project);
});

it('undoes the newest change after the run was finished: restores edited files and removes new ones', async () => {
  const { repo, project } = restored('accepted');
  const undone = await perfgate.json<Undone>(project.root, 'undo', '3');
  expect(undone).toMatchObject({ code: 0, attempt: 3, restored: ['work.sh'], removed: ['new file.txt'], left: [] });
  expect(repo.read('work.sh')).toContain('STEPS=80');
  expect(existsSync(join(repo.root, 'new file.txt'))).toBe(false);
  const { attempts } = await perfgate.json<{ attempts: { kept: boolean }[] }>(project.root, 'attempts');
  expect(attempts.map((a) => a.kept)).toEqual([false, true, false]);
  await holds(project);
});

it('refuses to undo a change that a later one builds on', async () => {
  const { repo, project, head } = restored('accepted');
  const before = repo.read('work.sh');
  expect(await perfgate.json(project.root, 'undo', '2')).toMatchObject({ code: 2, error: { code: 'would_overwrite' } });
  expect(repo.git('rev-parse', 'HEAD')).toBe(head);
  expect(repo.git('status', '--porcelain')).toBe('');
  expect(repo.read('work.sh')).toBe(before);
});

it('refuses commands that do not fit a rejected run, with their error codes', async () => {
  const { project } = restored('rejected');
  const refusals: [code: string, ...args: string[]][] = [
    ['attempt_not_accepted', 'undo', '1'],
    ['no_such_attempt', 'undo', '9'],
    ['no_such_attempt', 'attempts', 'show', '9'],
    ['unknown_run', 'show', '20200101-0000-nothing'],
    ['no_active_run', 'abort'],
    ['no_active_run', 'next'],
    ['no_active_run', 'resume'],
  ];
  for (const [code, ...args] of refusals)
    expect(await perfgate.json(project.root, ...args)).toMatchObject({ code: 2, error: { code } });
});

it('restores a rejected attempt into the work tree', async () => {
  const { repo, project } = restored('rejected');
  const given = await perfgate.json(project.root, 'attempts', 'restore', '2');
  expect(given).toMatchObject({ code: 0, attempt: 2, applied: ['work.sh'], left: [] });
  expect(repo.read('work.sh')).toContain('STEPS=50');
});

it('begins another run while the recorded one exists', async () => {
  const { repo, project, run } = restored('aborted');
  const started = await perfgate.json(project.root, 'start', 'make it faster', '--contract', 'c.yaml');
  expect(started).toMatchObject({ code: 0, stage: 'scoping', branch: 'perf-gate/make-it-faster-2' });
  const { runs } = await perfgate.json<{ runs: { run: string; outcome: string | null }[] }>(project.root, 'list');
  expect(runs.map((r) => r.outcome)).toContain('aborted');
  expect(runs.map((r) => r.run)).toEqual(expect.arrayContaining([run, started.run]));
  expect(branchOf(repo)).toBe('perf-gate/make-it-faster-2');
});
