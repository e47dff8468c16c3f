import { refuseLinks } from '../artifact/own-folders.ts';
import { runLock } from '../artifact/paths.ts';
import { failure } from '../core/errors.ts';
import { type Holder, takeLock } from '../core/lock.ts';
import { sweepFoldersOf } from '../core/temporary-files.ts';
import type { Repo } from '../git/repo.ts';

const project = Symbol('project');

/**
 * Proof that this process holds the lock of a project. Only the process with the lock may write to the project's runs. Only the function
 * `locked` creates this proof, because the symbol `project` is private to this file. `died`: the process that was killed while it held the
 * lock.
 */
export type RunLock = { readonly [project]: string; readonly died: Holder | undefined };

/**
 * Takes the lock of a project, calls `act`, and releases the lock.
 * @throws run_locked: another process holds it
 */
export async function locked<T>(repo: Repo, what: string, act: (lock: RunLock) => Promise<T>): Promise<T> {
  refuseLinks(repo.project);
  const lock = takeLock(runLock(repo.project), what);
  if ('heldBy' in lock) throw failure('run_locked', lock.heldBy);
  if (lock.died) sweepFoldersOf(lock.died.pid);
  try {
    return await act({ [project]: repo.project, died: lock.died });
  } finally {
    lock.release();
  }
}

/** Checks that the lock belongs to the project. */
export function mustLock(lock: RunLock, repo: Repo): void {
  if (lock[project] !== repo.project)
    throw new Error(`the lock belongs to the project ${lock[project]}, not to ${repo.project}`);
}
