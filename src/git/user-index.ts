import { type Change, isAfter, readRaw } from './changes.ts';
import { git, gitWithLock, type Place, tryGit } from './git.ts';
import { entryLines } from './temporary-index.ts';

/**
 * Brings entries of the user's index from their `from` side (which is what the tree `from` holds) to their `to` side.
 * An entry that is neither was staged by somebody: it stays, and its path is returned. All other entries stay too.
 */
export async function moveEntries(repo: Place, from: string, moves: readonly Change[]): Promise<string[]> {
  if (moves.length === 0) return [];
  const staged = await stagedAgainst(repo, from);
  const { free, left } = sortOut(staged, moves);
  if (free.length > 0) {
    await gitWithLock(repo, ['update-index', '-z', '--index-info'], { input: entryLines(free) });
    // Without times in the new entries, scripts that ask `git diff-index --quiet HEAD` would see changes. Best effort.
    await tryGit(repo, ['update-index', '-q', '--refresh']);
  }
  return left;
}

/** How the user's index differs from a tree: what is staged against it. A mere intent to add stages nothing. */
export async function stagedAgainst(repo: Place, tree: string): Promise<Change[]> {
  const format = ['-z', '--raw', '--full-index', '--no-renames', '--ignore-submodules=none'];
  const args = ['diff-index', '--cached', '--ita-invisible-in-index', ...format, '--end-of-options', tree];
  return readRaw(await git(repo, args));
}

/** Decides which moves may be made, given what is staged against their `from` side. */
function sortOut(staged: readonly Change[], moves: readonly Change[]): { free: Change[]; left: string[] } {
  const byPath = new Map(staged.map((entry) => [entry.path, entry]));
  const present = staged.filter(isAfter).map((entry) => entry.path);
  const inTheWay = (path: string) => present.some((p) => p.startsWith(`${path}/`) || path.startsWith(`${p}/`));
  const free: Change[] = [];
  const left: string[] = [];
  for (const move of moves) {
    const entry = byPath.get(move.path);
    if (entry ? !holdsResult(entry, move) : isAfter(move) && inTheWay(move.path)) left.push(move.path);
    else if (!entry) free.push(move);
  }
  return { free, left };
}

/** An unmerged entry reads as modified into nothing, and so never counts as a deletion that is done. */
function holdsResult(entry: Change, move: Change): boolean {
  if (!isAfter(move)) return entry.status === 'deleted';
  return entry.mode_to === move.mode_to && entry.blob_to === move.blob_to;
}
