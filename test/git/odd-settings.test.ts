import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { accept } from '../../src/git/accept.ts';
import { prepareArm } from '../../src/git/arms.ts';
import { revert } from '../../src/git/revert.ts';
import { at, repository, type TestRepository, temporaryFolder } from '../helpers/repository.ts';
import { attempted } from './attempt.ts';

const files = { 'a.js': '1\n', 'gone.js': 'x\n', 'in/b.js': '1\n', '.gitignore': 'dist/\n' };

const edit = (test: TestRepository) => {
  test.write('a.js', '2\n');
  test.remove('gone.js');
  test.write('new/c.js', '1\n');
};

/** What users set that changes how git stores, shows or asks; every line alone would do. */
const settings: [what: string, settings: Record<string, string>][] = [
  [
    'an index and a work tree of another kind',
    {
      'feature.manyFiles': 'true',
      'index.version': '4',
      'core.splitIndex': 'true',
      'core.untrackedCache': 'true',
      'core.checkStat': 'minimal',
      'core.fileMode': 'false',
      'core.ignoreCase': 'true',
      'core.precomposeUnicode': 'true',
      'core.logAllRefUpdates': 'false',
    },
  ],
  [
    'output and questions of another kind',
    {
      'color.ui': 'always',
      'core.pager': 'false',
      'core.quotePath': 'true',
      'diff.noprefix': 'true',
      'diff.external': 'false',
      'diff.renames': 'copies',
      'diff.ignoreSubmodules': 'all',
      'submodule.recurse': 'true',
      'status.showUntrackedFiles': 'no',
      'status.branch': 'true',
      'log.showSignature': 'true',
      'commit.gpgSign': 'true',
      'gpg.program': 'false',
      'core.hooksPath': 'hooks',
    },
  ],
];

test.for(settings)('a change is accepted, reverted and measured as usual with %s', async ([, given]) => {
  const test = repository(files);
  for (const hook of ['post-index-change', 'reference-transaction', 'post-checkout', 'pre-commit'])
    test.write(`hooks/${hook}`, '#!/bin/sh\ntouch ran\nexit 1\n', 0o755);
  test.commit('hooks');
  const before = test.files();
  for (const [key, value] of Object.entries(given)) test.git('config', key, value);
  const first = await attempted(test, () => edit(test));
  expect((await revert(first.repo, first)).left).toEqual([]);
  expect(test.files()).toEqual(before);
  const made = await attempted(test, () => edit(test));
  const after = test.files();
  const { commit } = await accept(made.repo, { ...made, message: 'm' });
  expect(test.files()).toEqual(after);
  expect(test.git('-c', 'core.hooksPath=', 'diff-index', '--cached', 'HEAD')).toBe('');
  const dir = join(temporaryFolder(), 'arm');
  await prepareArm(made.repo, { dir, frozen: null, tree: commit! });
  expect(at(dir).files()).toEqual(after);
});

test('a file system monitor is not used, so that it cannot hide a change', async () => {
  const test = repository(files);
  test.write('.git/monitor', `#!/bin/sh\ntouch '${test.root}/.git/asked'\nprintf 'token\\0'\n`, 0o755);
  test.git('config', 'core.fsmonitor', join(test.root, '.git/monitor'));
  test.git('status');
  test.write('a.js', 'longer\n'); // git compares sizes and whole seconds, and the monitor keeps it from doubting those of this second
  expect(test.git('status', '--porcelain')).toBe(''); // it says that nothing changed, and git believes it
  test.remove('.git/asked');
  const made = await attempted(test, () => test.write('in/b.js', '2\n'));
  expect(test.git('show', `${made.base}:a.js`, `${made.attempt}:in/b.js`)).toBe('longer\n2');
  expect((await revert(made.repo, made)).restored).toEqual(['in/b.js']);
  expect(existsSync(join(test.root, '.git/asked'))).toBe(false);
});
