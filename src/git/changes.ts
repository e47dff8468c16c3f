import { failure } from '../core/errors.ts';
import { fields, git, type Place } from './git.ts';

/** A path that differs between two trees. A rename counts as a deletion and an addition. */
export type Change = {
  /** The path relative to git's top level, with `/` as the separator. */
  path: string;
  /** `type`: the entry changed from one type (file, link, submodule) to another. */
  status: 'added' | 'modified' | 'deleted' | 'type';
  /** File modes as git writes them: 100644, 100755 (executable), 120000 (link), 160000 (submodule). An absent path has the mode 000000. */
  mode_from: string;
  mode_to: string;
  /** Ids of the contents. The id of an absent path consists of zeros. */
  blob_from: string;
  blob_to: string;
  submodule: boolean;
};

/** The changes from one tree (or commit) to another, sorted by path, without `.perf-gate`. @throws path_not_utf8 */
export async function changes(repo: Place, from: string, to: string): Promise<readonly Change[]> {
  const between = [from, to].every((id) => /^[0-9a-f]{40,64}$/.test(id)) ? `${repo.gitDir} ${from} ${to}` : null;
  const before = between === null ? undefined : known.get(between);
  if (before) return before;
  const found = from === to ? [] : await diffTree(repo, from, to);
  if (between !== null) known.set(between, found);
  return found;
}

/** A cache of differences: the difference between two git objects never changes, and every stage of a run needs it. */
const known = new Map<string, readonly Change[]>();

async function diffTree(repo: Place, from: string, to: string): Promise<Change[]> {
  const args = ['diff-tree', '-r', '-z', '--raw', '--full-index', '--no-renames', '--ignore-submodules=none'];
  const found = readRaw(await git(repo, [...args, '--end-of-options', from, to]));
  refuseUnreadable(found.map((change) => change.path));
  return found;
}

/** The changes inside the project. Paths become relative to the project, as in a contract. Changes outside the project are left out. */
export function changesInProject<C extends { path: string }>(
  { prefix }: { prefix: string },
  changed: readonly C[],
): C[] {
  return changed
    .filter(({ path }) => path.startsWith(prefix))
    .map((change) => ({ ...change, path: change.path.slice(prefix.length) }));
}

/**
 * Refuses paths that are not UTF-8, because perf-gate cannot pass such a path to git unchanged.
 * @throws path_not_utf8
 */
export function refuseUnreadable(paths: readonly string[]): void {
  const path = paths.find((name) => name.includes('\uFFFD'));
  if (path !== undefined) throw failure('path_not_utf8', { path });
}

/** Reads git's raw format with `-z`: `:100644 100755 <id> <id> M NUL path NUL`. Leaves out `.perf-gate`. */
export function readRaw(text: string): Change[] {
  const found: Change[] = [];
  const all = fields(text);
  for (let i = 0; i + 1 < all.length; i += 2) {
    const [from = '', to = '', blobFrom = '', blobTo = '', letter = ''] = all[i]!.slice(1).split(' ');
    const path = all[i + 1]!;
    if (isOurs(path)) continue;
    found.push({
      path,
      status: statuses[letter[0] ?? ''] ?? 'modified',
      mode_from: from,
      mode_to: to,
      blob_from: blobFrom,
      blob_to: blobTo,
      submodule: from === '160000' || to === '160000',
    });
  }
  return found;
}

/** Whether a path lies in a `.perf-gate` folder, at any depth. Files in `.perf-gate` are never measured, committed or reverted. */
export function isOurs(path: string): boolean {
  return path.split('/').includes('.perf-gate');
}

/** Whether the path exists before the change. */
export function isBefore(change: Change): boolean {
  return change.mode_from !== absent;
}

/** Whether the path exists after the change. */
export function isAfter(change: Change): boolean {
  return change.mode_to !== absent;
}

/** Returns the change that undoes the given change. */
export function reversed(change: Change): Change {
  return {
    ...change,
    status: change.status === 'added' ? 'deleted' : change.status === 'deleted' ? 'added' : change.status,
    mode_from: change.mode_to,
    mode_to: change.mode_from,
    blob_from: change.blob_to,
    blob_to: change.blob_from,
  };
}

const absent = '000000';
const statuses: Record<string, Change['status']> = { A: 'added', M: 'modified', D: 'deleted', T: 'type' };

/** Fixed options of `git diff`, because its text is recorded and compared: no external diff program, no colours, no guessed renames. */
const plain = ['--no-color', '--no-ext-diff', '--no-textconv', '--no-renames', '--full-index', '-r'];

/** The table of `git diff --stat` between two trees. Empty if the trees are equal. */
export async function diffStat(repo: Place, from: string, to: string): Promise<string> {
  const text = await git(repo, ['diff-tree', '--stat=100', ...plain, '--end-of-options', from, to]);
  return text.trimEnd();
}

/** The patch between two trees for `git apply`, with binary contents. */
export function patch(repo: Place, from: string, to: string): Promise<string> {
  return git(repo, ['diff-tree', '--patch', '--binary', ...plain, '--end-of-options', from, to]);
}
