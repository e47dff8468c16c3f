import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sweepTemporary } from '../core/debris.ts';
import { failure } from '../core/errors.ts';
import { move, remove, setTimes, temporaryDir, tryLink, writeDurable } from '../core/fs.ts';
import { startOf } from '../core/processes.ts';
import { changes } from './changes.ts';
import { takeStep } from './commit.ts';
import { git, type Place } from './git.ts';
import { readRef, runRef, swapRef } from './refs.ts';
import { treeOf } from './repo.ts';
import { trackedChanges, writeToIndex } from './snapshot.ts';
import { copyUserIndex, type OwnIndex, withOwnIndex, writeTree } from './temporary-index.ts';
import { moveEntries, stagedAgainst } from './user-index.ts';

/**
 * `--include-dirty`: commits the tracked files as they are on disk on top of `tip`, and gives the new tip (the old one
 * when nothing differs). Before that the index is kept whole under the run's ref `index`. No file is written. Doing it
 * twice is doing it once. Throws `git_operation_in_progress` for an index with conflicts, `branch_changed`, `branch_moved`.
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
 * Puts the kept index back, byte for byte, while the index still is what the commit `tip` made of it. Returns false,
 * having done nothing, when something was staged since; the kept one stays under the run's ref. True when none was kept.
 */
export async function restoreIndex(repo: Place, { run, tip }: { run: string; tip: string }): Promise<boolean> {
  const saved = await readRef(repo, savedRef(run));
  if (!saved) return true;
  if ((await stagedAgainst(repo, tip)).length > 0) {
    return (await stagedAgainst(repo, `${saved}:staged`)).length === 0; // put back before
  }
  await replaceIndex(repo, await readBlob(repo, `${saved}:index`));
  return true;
}

/** A tree of two entries: the index file itself, and what it stages, which keeps those contents from being collected. */
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

/** A split index is half an index: its other half is a file that git removes some day. */
async function unsplit(repo: Place, index: OwnIndex): Promise<void> {
  const shared = await git(repo, ['rev-parse', '--shared-index-path']);
  if (shared.trim()) await git(repo, ['update-index', '--no-split-index', '--force-write-index'], { env: index });
}

/** By git's own protocol: whoever makes `index.lock` may replace the index. */
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

/** A lock that is the same file as one of ours was made below by a process that was killed before its next step. */
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

/** `git cat-file` would pass the bytes through text; `unpack-file` writes them to a file as they are. */
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

/** An index as old as this trusts no file's time: git compares contents once, where the copied times could deceive it. */
const distrusted = 1;
