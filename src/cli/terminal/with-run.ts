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
import type { Options, Tools } from '../command.ts';

/** Holds the work tree's lock while `act` runs: one perf-gate process at a time may write to a run. `died`: who was killed holding it. */
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

type How = { options: Options; tools: Tools; endedToo?: boolean; movedToo?: boolean };

/**
 * Opens the run that a command is about, for writing, and completes what a killed process had begun; `before` is the state that it left.
 * Throws `no_active_run` for one that has ended, and what a branch that was moved meanwhile keeps from being completed, unless that is fine.
 */
export async function withRun<T>(
  what: string,
  { options, tools, endedToo = false, movedToo = false }: How,
  act: (session: Session, before: RunState) => Promise<T>,
): Promise<T> {
  const repo = await openRepo(tools.cwd);
  const id = chooseRun(repo.project, typeof options.run === 'string' ? options.run : undefined);
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
