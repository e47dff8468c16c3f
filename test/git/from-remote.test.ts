import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isFailure } from '../../src/core/errors.ts';
import { fromRemote } from '../../src/git/from-remote.ts';
import { repository, temporaryFolder } from '../helpers/repository.ts';

const codeOf = (promise: Promise<void>) =>
  promise.then(String, (error: unknown) => (isFailure(error) ? error.code : error));

it('makes a repository from only the branches and tags of another', async () => {
  const repo = repository({ 'a.txt': 'one\n' });
  const base = repo.git('rev-parse', 'HEAD');
  repo.write('a.txt', 'two\n');
  repo.commit('two');
  const head = repo.git('rev-parse', 'HEAD');
  repo.git('tag', 'v1');
  const dir = temporaryFolder();
  await fromRemote(dir, repo.root, { base, head });
  expect(repo.read('a.txt')).toBe('two\n');
  expect(existsSync(join(dir, 'a.txt'))).toBe(true);

  // as the commits of forks on some servers: there, and on no branch
  const tree = repo.git('rev-parse', 'HEAD^{tree}');
  const hidden = repo.git('commit-tree', tree, '-p', head, '-m', 'of a fork');
  repo.git('update-ref', 'refs/pull/1/head', hidden);
  expect(await codeOf(fromRemote(temporaryFolder(), repo.root, { base, head: hidden }))).toBe('not_on_remote');
  expect(await codeOf(fromRemote(temporaryFolder(), join(repo.root, 'gone'), { base, head }))).toBe('git_failed');
  expect(await codeOf(fromRemote(temporaryFolder(), '--upload-pack=touch owned', { base, head }))).toBe('git_failed');
});
