import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, halve } from '../helpers/project.ts';
import { at, repository, type TestRepository } from '../helpers/repository.ts';

const perfgate = perfGate();

/** Runs one fix, and returns what the terminal said and what the artifacts of the fix and the verdict say. */
async function fixed(repo: TestRepository, fix: string) {
  const args = ['start', 'x', '--contract', 'c.yaml', '--yes', '--fix-command', fix];
  const { code, stderr, stdout } = await perfgate.run(repo.root, ...args);
  const files = Object.entries(repo.files());
  const artifacts = files.filter(([path]) => /\.perf-gate\/runs\/.*-(fix|verdict)\.md$/.test(path));
  return { code, terminal: stderr + stdout, artifacts: artifacts.map(([, text]) => text).join('\n') };
}

/** A project with files that git ignores. */
function withIgnored(): TestRepository {
  const repo = countingProject({}, { '.gitignore': '.env\ncache/\n*.cfg\n', 'etc/a.txt': 'a\n', 'hidden.txt': 'a\n' });
  repo.git('update-index', '--assume-unchanged', 'hidden.txt');
  repo.git('init', '--quiet', 'own');
  repo.git('-C', 'own', '-c', 'user.name=n', '-c', 'user.email=e', 'commit', '--quiet', '--allow-empty', '-m', 'own');
  repo.write('.env', 'TOKEN=1\n', 0o600);
  repo.write('etc/own.cfg', 'one\n');
  repo.write('etc/deep/gone.cfg', 'gone\n');
  repo.write('cache/x/y', 'cached\n');
  return repo;
}

it.each([
  ['rejected', 'echo "# x" >> work.sh', 1],
  ['skipped', 'exit 10', 1],
])('restores ignored files that a fix deleted, and names those that it changed: %s', async (_, edit, code) => {
  const repo = withIgnored();
  const before = repo.files();
  const fix = `rm -r .env cache etc/deep hidden.txt; echo 1 > own/x; echo two > etc/own.cfg; ${edit}`;
  const ended = await fixed(repo, fix);
  expect(ended.code).toBe(code);
  const after = repo.files();
  for (const path of ['.env', 'cache/x/y', 'etc/deep/gone.cfg', 'hidden.txt']) expect(after[path]).toBe(before[path]);
  expect(statSync(join(repo.root, '.env')).mode & 0o777).toBe(0o600);
  expect(repo.read('etc/own.cfg')).toBe('two\n');
  const [, aside] = /copies from the baseline are in (\S+): /.exec(ended.artifacts)!;
  expect(at(aside!).read('etc/own.cfg')).toBe('one\n');
  for (const text of [ended.terminal, ended.artifacts]) {
    expect(text.replace(/\s+/g, ' ')).toMatch(
      /deleted files that git does not check .*restored .*: \.env, cache\/, etc\/deep\/, hidden\.txt\./,
    );
    expect(text.replace(/\s+/g, ' ')).toMatch(
      /changed files that git does not check .*\. The changes stay, .*: etc\/own\.cfg\./,
    );
    expect(text.replace(/\s+/g, ' ')).toMatch(
      /changed the nested git repository own\/: perf-gate does not measure, commit or revert these changes/,
    );
  }
});

it('says how to restore git settings that a fix changed, regardless of the reason for its rejection', async () => {
  const repo = countingProject();
  const cheat = 'echo true > .git/hooks/post-commit; git config alias.x "!true"; git config --unset core.filemode';
  const { code, terminal, artifacts } = await fixed(repo, `${cheat}; echo "# x" >> bench.sh`);
  expect(code).toBe(3); // it goes no further
  for (const text of [terminal, artifacts].map((text) => text.replace(/\s+/g, ' '))) {
    expect(text).toContain('protected_path');
    expect(text).toContain('hooks/post-commit (added): remove .git/hooks/post-commit');
    expect(text).toContain('alias.x (added): run `git config --unset-all alias.x`');
    expect(text).toContain('core.filemode (removed): restore its value with `git config core.filemode VALUE`');
  }
});

const identity = '-c user.name=n -c user.email=e';

it.each([
  ['a repository', 1, `git init -q own; echo 1 > own/x; git -C own add .; git -C own ${identity} commit -qm own`],
  ['a submodule', 3, 'git -c protocol.file.allow=always submodule --quiet add "$INNER" own'],
])('skips a fix that contains %s, which no commit would contain, and says so', async (_, ends, brings) => {
  const inner = repository({ x: '1\n' });
  const repo = countingProject();
  const { code, terminal, artifacts } = await fixed(repo, `INNER=${inner.root}; ${brings}; ${halve}`);
  expect(code).toBe(ends); // a submodule is in the configuration too, where it stays
  expect(artifacts).toMatch(/Skipped: the fix contains a nested git repository \(own\/\)/);
  expect(repo.read('work.sh')).toMatch(/STEPS=100/);
  expect(repo.git('diff', 'main', 'HEAD')).toBe('');
  expect(repo.read('own/x')).toBe('1\n');
  expect(terminal).not.toMatch(/accepted/i);
});
