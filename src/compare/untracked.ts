import { posix } from 'node:path';
import { matchesProtected } from '../contract/protects.ts';
import type { Contract } from '../contract/schema/contract.ts';
import { benchmarksOf } from '../contract/suite.ts';
import { failure, type GateError, isFailure } from '../core/errors.ts';
import { changes, changesInProject } from '../git/changes.ts';
import type { Repo } from '../git/repo.ts';
import { treeWithFiles, untrackedFiles } from '../git/snapshot.ts';

/** The trees of base and head, after the same files were added to both. `paths`: the added files, relative to the project. */
export type LaidOver = { base: string; head: string; paths: string[] };

/**
 * Adds untracked files to both trees if the contract protects them, so that an uncommitted benchmark judges both commits alike. If one of
 * the trees already holds a file at the path, the file is not added.
 */
export async function withUntracked(
  repo: Repo,
  trees: { base: string; head: string },
  patterns: string[],
): Promise<LaidOver> {
  const inProject = (path: string) => changesInProject(repo, [{ path }])[0]?.path;
  const untracked = await untrackedFiles(repo, { ignored: false });
  const own = untracked.flatMap((path) => inProject(path) ?? []);
  const wanted = matchesProtected(own, patterns).map((path) => repo.prefix + path);
  if (wanted.length === 0) return { ...trees, paths: [] };
  const added = async (tree: string) => {
    const found = await changes(repo, tree, await treeWithFiles(repo, tree, wanted));
    return found.filter(({ status }) => status === 'added').map(({ path }) => path);
  };
  const [missingInBase, missingInHead] = [await added(trees.base), await added(trees.head)];
  const files = missingInBase.filter((path) => missingInHead.includes(path));
  if (files.length === 0) return { ...trees, paths: [] };
  return {
    base: await treeWithFiles(repo, trees.base, files),
    head: await treeWithFiles(repo, trees.head, files),
    paths: files.map((path) => path.slice(repo.prefix.length)),
  };
}

/**
 * Runs `act`. If a command of the contract fails, and the command contains the path of a file that git does not track, the error names this
 * file.
 * @throws untracked_needed, and the errors of `act`
 */
export async function namingUntracked<T>(repo: Repo, contract: Contract, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!isFailure(error, 'command_failed')) throw error;
    throw (await untrackedIn(repo, contract, error.message)) ?? error;
  }
}

/**
 * The error for a failed command, if a command of the contract contains the path of an untracked file. The compared commits do not contain
 * this file, which is a likely reason for the failure. Undefined if no command contains such a path.
 */
export async function untrackedIn(repo: Repo, contract: Contract, failed: string): Promise<GateError | undefined> {
  const { script, setup, build, cwd } = contract.repro;
  const own = benchmarksOf(contract).map((benchmark) => benchmark.contract.repro.script);
  const commands = [script, ...own, setup, build, contract.guards.correctness];
  const inside = pathsNamed(repo, cwd, commands);
  if (inside.length === 0) return undefined;
  const found = await untrackedFiles(repo, { paths: inside, ignored: true });
  const files = found.filter((path) => inside.includes(path)).map((path) => path.slice(repo.prefix.length));
  return files.length === 0 ? undefined : failure('untracked_needed', { files, failed });
}

/**
 * The words of command lines that could be paths. The returned paths are relative to the root of the git repository. `cwd`: the folder in
 * which the commands run, relative to the project.
 */
export function pathsNamed(
  { prefix }: Pick<Repo, 'prefix'>,
  cwd: string,
  commands: readonly (string | undefined)[],
): string[] {
  const words = commands.flatMap((command) => command?.split(/[\s'"=;|&<>()]+/) ?? []);
  const paths = words.filter((word) => /^[\w.]/.test(word)).map((word) => posix.join(prefix, cwd, word));
  return [...new Set(paths)].filter((path) => !path.startsWith('..') && path !== '.' && !path.endsWith('/'));
}
