import { expect, test } from 'vitest';
import { deleteRefs, gc, listRefs, readRef, runRef, swapRef } from '../../src/git/refs.ts';
import { openRepo } from '../../src/git/repo.ts';
import { repository } from '../helpers/repository.ts';

async function twoCommits() {
  const test = repository({ 'a.js': '1' });
  const one = test.git('rev-parse', 'HEAD');
  test.write('a.js', '2');
  return { test, one, two: test.commit('two'), repo: await openRepo(test.root) };
}

test('a ref is swapped only while it names what is expected', async () => {
  const { repo, one, two } = await twoCommits();
  const ref = runRef('r', 'attempts/1');
  expect(await readRef(repo, ref)).toBe(undefined);
  expect(await swapRef(repo, ref, one, two)).toBe(false);
  expect(await swapRef(repo, ref, one, null)).toBe(true);
  expect(await swapRef(repo, ref, two, null)).toBe(false);
  expect(await readRef(repo, ref)).toBe(one);
  expect(await swapRef(repo, ref, two, one)).toBe(true);
  expect(await readRef(repo, ref)).toBe(two);
});

test('a ref that git cannot write is an error, not a lost race', async () => {
  const { test, repo, one } = await twoCommits();
  test.write('.git/refs/perf-gate/r/locked.lock', '');
  await expect(swapRef(repo, runRef('r', 'locked'), one, null)).rejects.toMatchObject({ code: 'git_failed' });
});

test('the refs of a run are listed and deleted without those of a run with a longer name', async () => {
  const { test, repo, one, two } = await twoCommits();
  await swapRef(repo, runRef('r', 'base'), one, null);
  await swapRef(repo, runRef('r', 'attempts/1'), two, null);
  await swapRef(repo, runRef('r2', 'base'), one, null);
  test.git('pack-refs', '--all');
  expect(await listRefs(repo, 'r')).toEqual({ base: one, 'attempts/1': two });
  await deleteRefs(repo, 'r');
  expect(await listRefs(repo, 'r')).toEqual({});
  expect(await listRefs(repo, 'r2')).toEqual({ base: one });
});

test('gc deletes only the refs of the named runs, and kept edits only on request', async () => {
  const { test, repo, one } = await twoCommits();
  for (const run of ['old', 'older', 'kept']) await swapRef(repo, runRef(run, 'base'), one, null);
  const branches = test.git('branch', '--list');
  await swapRef(repo, runRef('old', 'kept/aborted'), one, null);
  const named = ['old', 'older', 'without refs'];
  expect(await gc(repo, named, false)).toEqual({ dropped: ['old', 'older'], kept: 1 });
  expect(await gc(repo, named, false)).toEqual({ dropped: [], kept: 1 });
  expect(await listRefs(repo, 'old')).toEqual({ 'kept/aborted': one });
  expect(await gc(repo, named, true)).toEqual({ dropped: ['old'], kept: 0 });
  expect(await listRefs(repo, 'kept')).toEqual({ base: one });
  expect(test.git('branch', '--list')).toBe(branches);
});
