import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../core/hash.ts';
import { fields, git, gitIn, type Place } from './git.ts';

/** The mode of a submodule in a tree. */
export const GITLINK = '160000';

/**
 * The folders of repositories inside the work tree, including submodules in the index, each with a slash at its end. `ignored`: whether to
 * include repositories that git ignores, such as clones by a package manager.
 */
export async function nestedRepositories(repo: Place, { ignored }: { ignored: boolean }): Promise<string[]> {
  const args = ['ls-files', '-z', '--others', ...(ignored ? [] : ['--exclude-standard'])];
  const others = fields(await git(repo, args)).filter((path) => path.endsWith('/'));
  const staged = fields(await git(repo, ['ls-files', '-z', '--stage'])).filter((line) => line.startsWith(GITLINK));
  return [...others, ...staged.map((line) => `${line.slice(line.indexOf('\t') + 1)}/`)];
}

/**
 * The states of the nested repositories that git does not ignore. Each key is a folder, and each value is a hash of the checked-out commit
 * and the uncommitted changes.
 */
export async function statesOfNested(repo: Place): Promise<Record<string, string>> {
  const all = await nestedRepositories(repo, { ignored: false });
  const folders = all.filter((folder) => existsSync(join(repo.root, folder, '.git')));
  const asked = [
    ['rev-parse', 'HEAD'],
    ['status', '--porcelain=v2', '-z', '--untracked-files=all'],
    ['diff', 'HEAD'],
  ];
  const states = folders.map(async (folder): Promise<[string, string]> => {
    const said = await Promise.all(asked.map((args) => gitIn(join(repo.root, folder), args)));
    return [folder, sha256(said.map(({ stdout }) => stdout).join('\0'))];
  });
  return Object.fromEntries(await Promise.all(states));
}
