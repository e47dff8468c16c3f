import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { failure } from '../core/errors.ts';
import { move, remove, setTimes, temporaryDir, tryLink, writeDurable } from '../core/fs.ts';
import { startOf } from '../core/processes.ts';
import { sweepTemporary } from '../core/temporary-files.ts';
import { changes } from './changes.ts';
import { takeStep } from './commit.ts';
import { git, type Place } from './git.ts';
import { copyUserIndex, moveEntries, type OwnIndex, stagedAgainst, withOwnIndex, writeTree } from './index-files.ts';
import { readRef, runRef, swapRef } from './refs.ts';
import { treeOf } from './repo.ts';
import { trackedChanges, writeToIndex } from './snapshot.ts';

/**
 * `--include-dirty`: makes a commit on top of `tip` with the tracked files as they are on disk. Returns the new tip. If no tracked file
 * differs, returns the old tip. Before the commit, saves the whole index under the run's ref `index`. Writes no file. A repeated call
 * changes nothing.
 * @throws git_operation_in_progress: for an index with conflicts
 * @throws branch_changed
 * @throws branch_moved
 */
export async function commitDirty(
  repo: Place,
  { run, branch, tip }: { run: string; branch: string | null; tip: string },
): Promise<string> {
  const saved = (await readRef(repo, savedRef(run))) ?? (await saveIndex(repo, run));
  const tree = await withOwnIndex(async (index) => {
    writeDurable(index.GIT_INDEX_FILE, await readBlob(repo, `${saved}:index`));
    setTimes(index.GIT_INDEX_FILE, distrusted);
    await writeToIndex(repo, index, await trackedChanges(repo, index));
    return writeTree(repo, index);
  });
  const same = tree === (await treeOf(repo, tip));
  const commit = same ? tip : await takeStep(repo, { branch, tip, tree, message: 'perf-gate: base' });
  const staged = `${saved}:staged`;
  await moveEntries(repo, staged, await changes(repo, staged, tree));
  return commit;
}

/**
 * Restores the saved index, byte for byte, if the index still matches the commit `tip`. If something was staged in the meantime, returns
 * false and changes nothing. The saved index stays under the run's ref. Returns true if no index was saved.
 */
export async function restoreIndex(repo: Place, { run, tip }: { run: string; tip: string }): Promise<boolean> {
  const saved = await readRef(repo, savedRef(run));
  if (!saved) return true;
  if ((await stagedAgainst(repo, tip)).length > 0) {
    return (await stagedAgainst(repo, `${saved}:staged`)).length === 0; // true if an earlier call restored the index
  }
  await replaceIndex(repo, await readBlob(repo, `${saved}:index`));
  return true;
}

/**
 * Saves the index in a tree of two entries: the index file, and the tree of the staged contents. Because of the second entry, git's
 * garbage collection keeps the staged contents.
 */
async function saveIndex(repo: Place, run: string): Promise<string> {
  const conflicts = await git(repo, ['ls-files', '-z', '--unmerged']);
  if (conflicts) throw failure('git_operation_in_progress', { operation: 'merge with conflicts' });
  return withOwnIndex(async (index) => {
    copyUserIndex(repo, index);
    await unsplit(repo, index);
    const file = ['hash-object', '-w', '--no-filters', '--', index.GIT_INDEX_FILE];
    const blob = (await git(repo, file)).trim();
    const staged = await writeTree(repo, index);
    const entries = [`100644 blob ${blob}\tindex\0`, `040000 tree ${staged}\tstaged\0`];
    const tree = (await git(repo, ['mktree', '-z'], { input: entries.join('') })).trim();
    await swapRef(repo, savedRef(run), tree, null);
    return tree;
  });
}

/** Joins a split index, because a split index refers to a second file, which git could remove later. */
async function unsplit(repo: Place, index: OwnIndex): Promise<void> {
  const shared = await git(repo, ['rev-parse', '--shared-index-path']);
  if (shared.trim()) await git(repo, ['update-index', '--no-split-index', '--force-write-index'], { env: index });
}

/** Replaces the index as git itself does: only the process that creates `index.lock` may replace the index. */
async function replaceIndex(repo: Place, bytes: Uint8Array): Promise<void> {
  const file = join(repo.gitDir, 'index');
  const next = join(repo.gitDir, `perf-gate-index.${process.pid}`);
  dropOwnLock(repo);
  writeDurable(next, bytes);
  try {
    setTimes(next, distrusted);
    for (let tries = 0; !tryLink(next, `${file}.lock`); tries++) {
      if (tries >= 20) throw failure('index_locked', { file: `${file}.lock` });
      await pause(100);
    }
    move(`${file}.lock`, file);
  } finally {
    remove(next);
  }
}

/**
 * Removes an `index.lock` of a killed perf-gate process. perf-gate recognises this lock, because the lock is a hard link to a temporary
 * index of perf-gate.
 */
function dropOwnLock(repo: Place): void {
  sweepTemporary(repo.gitDir);
  const lock = join(repo.gitDir, 'index.lock');
  for (const name of readdirSync(repo.gitDir)) {
    const pid = /^perf-gate-index\.(\d+)$/.exec(name)?.[1];
    if (pid === undefined || startOf(Number(pid)) !== undefined) continue;
    const own = join(repo.gitDir, name);
    if (existsSync(lock) && statSync(lock).ino === statSync(own).ino) remove(lock);
    remove(own);
  }
}

/** Reads the bytes of a blob with `unpack-file`, because the output of `cat-file` is read as text. */
async function readBlob(repo: Place, blob: string): Promise<Uint8Array> {
  const root = temporaryDir(tmpdir(), 'perf-gate-blob-');
  try {
    const name = (await git({ root, gitDir: repo.gitDir }, ['unpack-file', blob])).trim();
    return readFileSync(join(root, name));
  } finally {
    remove(root);
  }
}

function savedRef(run: string): string {
  return runRef(run, 'index');
}

/**
 * The modification time (s since 1970) that a restored index file gets. Because this time is so old, git does not trust the file times in
 * the index, and compares the contents once.
 */
const distrusted = 1;
