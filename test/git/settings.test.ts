import { expect, it } from 'vitest';
import { protectedChanges } from '../../src/contract/seal.ts';
import { openRepo } from '../../src/git/repo.ts';
import { gitSettings } from '../../src/git/settings.ts';
import { repository, type TestRepository } from '../helpers/repository.ts';

/** The settings that differ after `change`. */
async function changedBy(change: (test: TestRepository) => void): Promise<string[]> {
  const test = repository({ 'a.txt': '1\n' });
  const repo = await openRepo(test.root);
  const before = await gitSettings(repo, process.env);
  change(test);
  return protectedChanges(before, await gitSettings(repo, process.env)).map(({ path }) => path);
}

it.each<[what: string, change: (test: TestRepository) => void, names: string[]]>([
  ['a filter', (t) => t.git('config', 'filter.x.clean', 'true'), ['filter.x.clean']],
  [
    'a file that the configuration includes',
    (t) => {
      t.write('.git/more', '[core]\n\tautocrlf = true\n');
      t.git('config', 'include.path', 'more');
    },
    ['core.autocrlf', 'include.path'],
  ],
  ['ignore rules', (t) => t.write('.git/info/exclude', 'a.txt\n'), ['info/exclude']],
  ['a hook', (t) => t.write('.git/hooks/pre-commit', 'true'), ['hooks/pre-commit']],
  ['an alias', (t) => t.git('config', 'alias.status', '!true'), ['alias.status']],
  [
    'a file that is not looked at',
    (t) => t.git('update-index', '--assume-unchanged', 'a.txt'),
    ['the index hides a.txt'],
  ],
  [
    'a replaced object',
    (t) => {
      t.commit('second');
      t.git('replace', 'HEAD', 'HEAD~');
    },
    ['replaced objects'],
  ],
  [
    'a remote, a name and an upstream: nothing',
    (t) => {
      t.git('config', 'user.name', 'another');
      t.git('remote', 'add', 'origin', 'x');
      t.git('branch', 'other');
    },
    [],
  ],
])('tells of %s', async (_, change, names) => {
  expect(await changedBy(change)).toEqual(names);
});
