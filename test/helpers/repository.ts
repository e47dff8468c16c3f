import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { filesUnder } from './files.ts';

export { filesUnder };

/** A real repository with one commit in a temporary folder, which is removed after the test. Paths are relative to its root. */
export type TestRepository = {
  root: string;
  /** Runs git in the root; returns the output without its last newline. Throws when git fails. */
  git(...args: string[]): string;
  /** Writes a file, and creates its parent folders; mode 0o755 makes it executable. */
  write(path: string, content: string | Uint8Array, mode?: number): void;
  link(path: string, target: string): void;
  read(path: string): string;
  remove(path: string): void;
  /** Stages everything that is not ignored, commits it, and returns the commit's id. */
  commit(message: string): string;
  /** The work tree without `.git`, see `filesUnder`. */
  files(): Record<string, string>;
};

/** `repository({ 'src/a.js': 'text' })`: the object literal is the first commit. */
export function repository(files: Record<string, string | Uint8Array>, initArgs: string[] = []): TestRepository {
  return repositoryIn(temporaryFolder('perf-gate-repo-'), files, initArgs);
}

/** The same in an empty folder that the caller removes. */
export function repositoryIn(
  root: string,
  files: Record<string, string | Uint8Array>,
  initArgs: string[] = [],
): TestRepository {
  isolateGit();
  const repo = at(root);
  repo.git('init', '--quiet', '--initial-branch=main', ...initArgs);
  repo.git('config', 'user.name', 'A User');
  repo.git('config', 'user.email', 'user@example.org');
  repo.git('config', 'gc.auto', '0');
  for (const [path, content] of Object.entries(files)) repo.write(path, content);
  repo.git('add', '--all');
  repo.git('commit', '--quiet', '--allow-empty', '--message', 'first');
  return repo;
}

/** The same functions for an existing work tree, such as a clone or a linked worktree. */
export function at(root: string): TestRepository {
  const write = (path: string, content: string | Uint8Array, mode?: number) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
    if (mode !== undefined) chmodSync(join(root, path), mode);
  };
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).replace(/\n$/, '');
  return {
    root,
    git,
    write,
    link: (path, target) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      symlinkSync(target, join(root, path));
    },
    read: (path) => readFileSync(join(root, path), 'utf8'),
    remove: (path) => rmSync(join(root, path), { recursive: true }),
    commit: (message) => {
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', message);
      return git('rev-parse', 'HEAD');
    },
    files: () => filesUnder(root),
  };
}

/** A new folder (its real path), removed after the test. */
export function temporaryFolder(prefix = 'perf-gate-test-'): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }));
  return dir;
}

/** Makes git ignore the configuration of the user and of the machine, on which no test may depend. */
export function isolateGit(): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) delete process.env[name];
  process.env.GIT_CONFIG_GLOBAL = '/dev/null';
  process.env.GIT_CONFIG_SYSTEM = '/dev/null';
  process.env.GIT_CONFIG_NOSYSTEM = '1';
  process.env.HOME = tmpdir(); // git also reads ~/.config/git/ignore and attributes
  delete process.env.XDG_CONFIG_HOME;
}
