import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, halve } from '../helpers/project.ts';
import { at, repository, type TestRepository, temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();
const start = ['start', 'make it faster', '--contract', 'c.yaml', '--yes', '--fix-command'];

/**
 * What repositories may hold, all at once: a linked worktree of a shallow clone, with a detached HEAD, hooks that refuse everything,
 * signatures that cannot be made, a submodule, a repository inside, links to nothing and to folders, odd names, filters, a FIFO, and
 * files that are untracked, ignored and staged.
 */
function wild(): { repo: TestRepository; main: TestRepository; hooks: string } {
  const places = temporaryFolder();
  const hooks = join(places, 'a-hook-ran');
  const origin = countingProject(
    {},
    {
      '.gitignore': 'ignored/\n',
      '.gitattributes': '*.crlf text eol=crlf\n*.up filter=upper\n',
      'text.crlf': 'one\r\ntwo\r\n',
      'a file\nwith “quotes" and\t-dashes': '1',
      '-rf': '1',
      'ünï/日本.txt': '1',
      'tool.sh': '#!/bin/sh\n',
      'gone/deep/file': '1',
      'renamed.txt': 'the same\n',
    },
  );
  origin.link('dangling', 'nowhere/at all');
  origin.link('to-folder', 'ünï');
  const lib = repository({ 'x.js': '1' });
  origin.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', lib.root, 'lib');
  origin.commit('more');
  const clone = join(places, 'clone');
  origin.git('-c', 'protocol.file.allow=always', 'clone', '--quiet', '--depth=1', `file://${origin.root}`, clone);
  const main = at(clone);
  for (const hook of ['pre-commit', 'commit-msg', 'reference-transaction', 'post-index-change', 'post-checkout'])
    main.write(`.git/refusing/${hook}`, `#!/bin/sh\ntouch '${hooks}'\nexit 1\n`, 0o755);
  const root = join(places, 'tree');
  main.git('worktree', 'add', '--quiet', '--detach', root);
  const repo = at(root);
  repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'update', '--init');
  const config = { 'core.hooksPath': join(clone, '.git/refusing'), 'commit.gpgSign': 'true', 'gpg.program': 'false' };
  for (const [key, value] of Object.entries(config)) repo.git('config', key, value);
  repo.git('config', 'filter.upper.clean', 'tr a-z A-Z');
  repo.git('config', 'filter.upper.smudge', 'tr A-Z a-z');
  repo.write('mine/notes.txt', 'untracked\r\n');
  repo.write('ignored/cache', 'ignored');
  repo.write('nested/file', 'in a repository inside');
  repo.git('init', '--quiet', 'nested');
  execFileSync('mkfifo', [join(root, 'pipe')]);
  return { repo, main, hooks };
}

/** Deletes, renames, changes a mode, adds a folder, edits through filters, and edits what is ignored and untracked. */
const fix = [
  'rm -r gone',
  'mv renamed.txt "new name"',
  'chmod +x text.crlf',
  'mkdir -p new/folder; echo abc > new/folder/b.up',
  'rm to-folder; ln -s lib to-folder',
  'echo 2 >> ./-rf',
  'echo changed > ignored/cache',
  'echo changed > mine/notes.txt',
].join('; ');

/** All that is the user's: files, branch, index, and what git says of them. Asking changes nothing and runs no hook. */
const seen = (repo: TestRepository) => ({
  files: Object.fromEntries(Object.entries(repo.files()).filter(([path]) => !path.startsWith('.perf-gate/'))),
  status: repo.git('--no-optional-locks', 'status', '--porcelain=v2', '--branch', '--untracked-files=all'),
  index: repo.git('ls-files', '--stage', '-v'),
});

/** What a git hook or an alias leaves in the environment of what it calls. */
const misleading = { GIT_DIR: '/nowhere', GIT_INDEX_FILE: '/nowhere/index', GIT_WORK_TREE: '/', GIT_PREFIX: 'x/' };

async function run(repo: TestRepository, ...args: string[]) {
  Object.assign(process.env, misleading);
  try {
    return await perfgate.json(repo.root, ...args);
  } finally {
    for (const name of Object.keys(misleading)) delete process.env[name];
  }
}

it('restores everything but ignored files in an unusual repository if a fix is rejected', async () => {
  const { repo, main, hooks } = wild();
  const before = [seen(repo), seen(main)];
  expect(await run(repo, ...start, fix)).toMatchObject({ code: 1, attempts: [{ verdict: 'rejected' }] });
  expect(await run(repo, 'finish')).toMatchObject({ code: 0, branch: null, commit: null });
  before[0]!.files['ignored/cache'] = '100644 changed\n';
  expect([seen(repo), seen(main)]).toEqual(before);
  expect(existsSync(hooks)).toBe(false);
});

it('commits exactly the measured change in an unusual repository', async () => {
  const { repo, main, hooks } = wild();
  const before = [seen(repo), seen(main)];
  const ended = await run(repo, ...start, `${fix}; ${halve}`);
  expect(ended).toMatchObject({ code: 0, outcome: 'accepted' });
  const { commit } = ended.attempts[0]!;
  expect(repo.git('diff', '--name-status', '--no-renames', '-z', `${commit}^`, commit!).split('\0')).toEqual(
    [
      ['M', '-rf', 'D', 'gone/deep/file', 'A', 'new name', 'A', 'new/folder/b.up', 'D', 'renamed.txt'],
      ['M', 'text.crlf', 'M', 'to-folder', 'M', 'work.sh', ''],
    ].flat(),
  );
  expect(repo.git('show', `${commit}:new/folder/b.up`, `${commit}:text.crlf`)).toBe('ABC\none\ntwo');
  expect(repo.git('rev-parse', 'HEAD', 'HEAD^')).toBe(
    `${commit}\n${before[0]!.status.slice('# branch.oid '.length, 53)}`,
  );
  expect(seen(repo).files).toEqual({
    ...without(before[0]!.files, 'gone/deep/file', 'renamed.txt'),
    'new name': '100644 the same\n',
    'new/folder/b.up': '100644 abc\n',
    'text.crlf': '100755 one\r\ntwo\r\n',
    'to-folder': '120000 lib',
    '-rf': '100644 12\n',
    'work.sh': '100644 STEPS=50\nANSWER=42\n',
    'ignored/cache': '100644 changed\n',
    'mine/notes.txt': '100644 changed\n',
  });
  expect(seen(repo).status.split('\n').slice(2)).toEqual(['? mine/notes.txt', '? nested/']);
  expect(seen(main)).toEqual(before[1]);
  expect(existsSync(hooks)).toBe(false);
});

const without = (files: Record<string, string>, ...gone: string[]) =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !gone.includes(path)));

it('refuses to copy an ignored folder that does not fit on any disk, before anything is written', async () => {
  const repo = countingProject({}, { '.gitignore': 'data/\n' });
  repo.write('data/huge.bin', '');
  truncateSync(join(repo.root, 'data/huge.bin'), 15 * 1024 ** 4); // a sparse file
  expect(await run(repo, ...start, halve)).toMatchObject({ code: 3, error: { code: 'no_space' } });
  expect(existsSync(join(repo.root, '.perf-gate'))).toBe(false);
  expect(repo.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  expect(readdirSync(join(perfgate.env().XDG_CACHE_HOME!, 'perf-gate/arms'))).toEqual([]);
});
