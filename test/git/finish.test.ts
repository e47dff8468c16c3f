import { expect, test } from 'vitest';
import { accept } from '../../src/git/accept.ts';
import { commitArtifacts, splitBranches } from '../../src/git/finish.ts';
import { openRepo } from '../../src/git/repo.ts';
import { repository, type TestRepository } from '../helpers/repository.ts';
import { attempted } from './attempt.ts';

const tipOf = (test: TestRepository) => test.git('rev-parse', 'HEAD');

test('artifacts become one last commit and are written to the work tree, ignored or not', async () => {
  const test = repository({ 'a.js': '1', '.gitignore': 'perf/\n' });
  test.write('a.js', 'staged');
  test.git('add', 'a.js');
  const repo = await openRepo(test.root);
  const files = [
    { path: 'perf/r/report.md', content: '# Faster\n' },
    { path: 'perf/r/01 scoping.md', content: 'é\n' },
  ];
  const given = { branch: 'main', tip: tipOf(test), files, message: 'perf-gate: artifacts' };
  const done = await commitArtifacts(repo, given);
  expect(done).toEqual({ commit: tipOf(test), left: [] });
  expect(test.git('diff', '--name-status', 'HEAD^', 'HEAD')).toBe('A\tperf/r/01 scoping.md\nA\tperf/r/report.md');
  expect(test.read('perf/r/report.md')).toBe('# Faster\n');
  expect(test.git('status', '--porcelain')).toBe('M  a.js');
  expect(await commitArtifacts(repo, given)).toEqual(done);
});

test('a user’s file or link at an artifact’s path stays and is named', async () => {
  const test = repository({ 'a.js': '1' });
  test.write('perf/report.md', 'mine');
  test.link('elsewhere', 'perf');
  const files = [
    { path: 'perf/report.md', content: 'ours' },
    { path: 'elsewhere/x.md', content: 'ours' },
  ];
  const repo = await openRepo(test.root);
  const { left } = await commitArtifacts(repo, { branch: 'main', tip: tipOf(test), files, message: 'm' });
  expect(left).toEqual(['elsewhere/x.md', 'perf/report.md']);
  expect(test.files()).toEqual({ 'a.js': '100644 1', elsewhere: '120000 perf', 'perf/report.md': '100644 mine' });
});

test('a path out of the repository is never written', async () => {
  const test = repository({ 'a.js': '1' });
  const repo = await openRepo(test.root);
  for (const path of ['../x.md', '/x.md', '.git/x.md', 'a/../../x.md', '']) {
    const asked = commitArtifacts(repo, {
      branch: 'main',
      tip: tipOf(test),
      files: [{ path, content: '' }],
      message: 'm',
    });
    await expect(asked, path).rejects.toMatchObject({ code: 'path_outside' });
  }
});

async function threeAccepted(test: TestRepository) {
  const base = tipOf(test);
  const commits: string[] = [];
  const edits = [() => test.write('a.js', '2'), () => test.write('new/b.js', '2'), () => test.write('a.js', '3')];
  for (const [i, edit] of edits.entries()) {
    const made = await attempted(test, edit);
    commits.push((await accept(made.repo, { ...made, message: `change ${i + 1}\n\nPerf-Gate-Run: r` })).commit!);
  }
  return { base, commits, repo: await openRepo(test.root) };
}

test('accepted changes that do not overlap get a branch each, from the base; the others are named', async () => {
  const test = repository({ 'a.js': '1', 'same.js': '1' });
  const { base, commits, repo } = await threeAccepted(test);
  const parts = commits.map((commit, i) => ({ commit, branch: `perf-gate/x/${i + 1}` }));
  const before = [test.files(), tipOf(test), test.git('status', '--porcelain')];
  const split = await splitBranches(repo, { base, parts });
  expect(split).toEqual({
    made: [{ branch: 'perf-gate/x/2', commit: test.git('rev-parse', 'perf-gate/x/2') }],
    overlapping: [commits[0], commits[2]],
  });
  expect(test.git('log', '--format=%P %B', '-1', 'perf-gate/x/2').trim()).toBe(`${base} change 2\n\nPerf-Gate-Run: r`);
  expect(test.git('diff', '--name-only', base, 'perf-gate/x/2')).toBe('new/b.js');
  expect(await splitBranches(repo, { base, parts })).toEqual(split);
  expect([test.files(), tipOf(test), test.git('status', '--porcelain')]).toEqual(before);
});

test('a branch of the user with such a name is refused before any is made', async () => {
  const test = repository({ 'a.js': '1' });
  const { base, commits, repo } = await threeAccepted(test);
  test.git('branch', 'taken', base);
  const parts = [
    { commit: commits[0]!, branch: 'free' },
    { commit: commits[1]!, branch: 'taken' },
  ];
  await expect(splitBranches(repo, { base, parts })).rejects.toMatchObject({ code: 'branch_exists' });
  expect(test.git('branch', '--list', 'free')).toBe('');
});
