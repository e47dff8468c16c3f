import { ownFolders } from '../../artifact/own-folders.ts';
import { runLock, runPaths } from '../../artifact/paths.ts';
import { sweepFoldersOf } from '../../core/debris.ts';
import { failure } from '../../core/errors.ts';
import { type Holder, takeLock } from '../../core/lock.ts';
import { openRepo, type Repo } from '../../git/repo.ts';
import { chooseRun } from '../../record/runs.ts';
import type { RunState } from '../../record/state.ts';
import { forgetBackground } from '../../run/background.ts';
import { openSession, type Session } from '../../run/open-run.ts';
import { catchUp, noteCrash } from '../../run/recover.ts';
import { isMoved } from '../../stages/work-tree.ts';
import type { Tools } from './tools.ts';

/**
 * Holds the work tree's lock while `act` runs: one perf-gate process at a time may write to a run. `died` is a process that was
 * killed while it held the lock.
 * @throws run_locked
 */
export async function locked<T>(repo: Repo, what: string, act: (died: Holder | undefined) => Promise<T>): Promise<T> {
  ownFolders(repo.project);
  const lock = takeLock(runLock(repo.project), what);
  if ('heldBy' in lock) throw failure('run_locked', lock.heldBy);
  if (lock.died) sweepFoldersOf(lock.died.pid);
  try {
    return await act(lock.died);
  } finally {
    lock.release();
  }
}

/** Which runs a command accepts besides an active one: `endedToo`, and `movedToo`, one whose branch somebody moved. */
type Accepts = { endedToo?: boolean; movedToo?: boolean };

/**
 * Opens the run that a command changes, and first completes what a killed process had begun. `before` is the state that the process
 * left.
 * @throws no_active_run: the run has ended
 * @throws run_locked
 */
export async function withRun<T>(
  what: string,
  { tools, endedToo = false, movedToo = false }: Accepts & { tools: Tools },
  act: (session: Session, before: RunState) => Promise<T>,
): Promise<T> {
  const repo = await openRepo(tools.cwd);
  const id = chooseRun(repo.project);
  return locked(repo, what, async (died) => {
    ownFolders(repo.project, id);
    forgetBackground(runPaths(repo.project, id));
    const session = openSession(repo, id, tools);
    const before = session.run.state;
    if (died) noteCrash(session, died);
    await catchUp(session).catch((error: unknown) => {
      if (!movedToo || !isMoved(error)) throw error;
    });
    if (session.run.state.ended && !endedToo)
      throw failure('no_active_run', { run: id, ended: session.run.state.ended });
    return act(session, before);
  });
}
