import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeDir, setTimes, writeWhole } from '../core/fs.ts';
import { git, type Place, tryGit } from './git.ts';
import { treeOf } from './repo.ts';

/**
 * The arm that gets a repository. `commit`: the arm's HEAD or the parent of that HEAD. If `commit` is left out, the commit that is checked
 * out in the project is used.
 */
type Stand = { dir: string; tree: string; commit?: string | undefined };

/**
 * Gives an arm its own repository, so that git commands such as `describe`, `rev-parse` and `status` work there as in the project. The
 * arm's repository reads the project's git objects and has the project's tags. Everything that a program writes stays in the arm. If
 * `commit` has the arm's tree, HEAD is `commit`. Otherwise, HEAD is a new commit with the arm's tree on top of `commit`. The author,
 * message and date of the new commit are the same for both arms, so that the arms differ only in their trees.
 */
export async function giveRepository(repo: Place, { dir, tree, commit }: Stand): Promise<void> {
  const own = join(dir, '.git');
  const ask = async (...args: string[]) => (await git(repo, args)).trim();
  const { folder } = await bareBones(repo, own);
  const write = (path: string, text: string) => writeWhole(join(own, path), text);
  write('packed-refs', `${PACKED}\n${await git(repo, ['for-each-ref', `--format=${packedRef}`, 'refs/tags'])}`);
  for (const path of ['shallow', 'info/exclude']) {
    const file = join(folder, path);
    if (existsSync(file)) write(path, readFileSync(file, 'utf8'));
  }
  const on = commit ?? (await ask('rev-parse', '--verify', 'HEAD'));
  const isIt = commit !== undefined && (await treeOf(repo, commit)) === tree;
  write('refs/heads/main', `${isIt ? on : await commitOnTop({ root: dir, gitDir: own }, tree, on)}\n`);
  // The index is refreshed with the project's git configuration, because only this configuration can define filters. After the refresh, git
  // recognises unchanged files by their times.
  const file = join(own, 'index');
  const index = { env: { GIT_INDEX_FILE: file } };
  const place = { root: dir, gitDir: repo.gitDir };
  await git(place, ['read-tree', tree], index);
  // `update-index` exits with 1 if a submodule is missing.
  await tryGit(place, ['update-index', '-q', '--refresh'], index);
  // If a file is as new as the index, git compares the file's content again. In the arm, git would compare without the filters, so the
  // index gets a later time than all files.
  setTimes(file, statSync(file).mtimeMs / 1000 + 2);
}

/** The folder below an arm's `.git` in which a closed room shows the project's git objects. */
const SHOWN = 'shared';

/** The folder of the project's git objects, and its path inside a room. `at`: the path of the arm in that room. */
export async function objectsShown(repo: Place, at: string): Promise<{ folder: string; at: string }> {
  return { folder: join((await kept(repo)).folder, 'objects'), at: join(at, '.git', SHOWN) };
}

/** Makes an arm's repository read the project's git objects from the folder in which the room shows them. */
export function useShownObjects(arm: string): void {
  writeWhole(join(arm, '.git', 'objects/info/alternates'), `../${SHOWN}\n`);
}

/** The storage of a repository: the format of the ids, and the folder that all work trees of the repository share. */
type Kept = { format: string; folder: string };

async function kept(repo: Place): Promise<Kept> {
  const answer = await git(repo, ['rev-parse', '--show-object-format', '--git-common-dir']);
  const [format = '', ...path] = answer.split('\n'); // all further lines are one path, which can contain line feeds
  return { format, folder: resolve(repo.root, path.slice(0, -1).join('\n')) };
}

/** Makes a repository that has only the project's objects: no ref, setting, hook or attribute of the project. */
export async function bareBones(repo: Place, own: string): Promise<Kept> {
  const project = await kept(repo);
  for (const folder of ['objects/pack', 'refs/heads']) makeDir(join(own, folder));
  const write = (path: string, text: string) => writeWhole(join(own, path), text);
  write('HEAD', 'ref: refs/heads/main\n');
  write('config', configOf(project.format));
  write('objects/info/alternates', `${alternate(join(project.folder, 'objects'))}\n`);
  return project;
}

const PACKED = '# pack-refs with: peeled fully-peeled sorted ';
const packedRef = '%(objectname) %(refname)%(if)%(*objectname)%(then)%0a^%(*objectname)%(end)';

const configOf = (objectFormat: string) =>
  `[core]
	repositoryformatversion = 1
	bare = false
	filemode = true
[extensions]
	objectFormat = ${objectFormat}
[gc]
	auto = 0
[maintenance]
	auto = false
`;

/** A line of `alternates`. A path with a line feed must be quoted, because a line feed ends the line. */
function alternate(path: string): string {
  return path.includes('\n') ? `"${path.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n')}"` : path;
}

async function commitOnTop(arm: Place, tree: string, parent: string): Promise<string> {
  const date = `@${(await git(arm, ['show', '--no-patch', '--format=%ct', parent])).trim()} +0000`;
  const env = Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((role) => [
      [`GIT_${role}_NAME`, 'nobody'],
      [`GIT_${role}_EMAIL`, 'nobody@localhost'],
      [`GIT_${role}_DATE`, date],
    ]),
  );
  return (await git(arm, ['commit-tree', tree, '-p', parent, '-m', 'work in progress'], { env })).trim();
}
